/** Where an export goes: checked before any work, written aside, named once it has been compared. */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { Problem } from "../../base/index.ts";
import {
  asidePath,
  explainWriting,
  systemCode,
  writeFileAtomically,
  writeProblem,
} from "../../formats/atomic-file/index.ts";
import { nearest } from "../../registry/index.ts";
import { prepareFolder } from "../output-folder.ts";

/** Formats and the ending of their files. */
export const exportFormats = {
  onnx: ".onnx",
  safetensors: ".safetensors",
  page: ".html",
  "label-studio": ".json",
} as const;

export type ExportFormat = keyof typeof exportFormats;

/** What was asked for, else what the file's name says, else ONNX. */
export function formatOf(to: string | undefined, out: string | undefined): ExportFormat {
  const names = Object.keys(exportFormats) as ExportFormat[];
  const ending = out === undefined ? "" : extname(out).toLowerCase();
  if (to === undefined) return names.find((one) => exportFormats[one] === ending) ?? "onnx";
  const found = names.find((one) => one === to);
  if (found !== undefined) return found;
  const values = { name: to, known: names.join(", "), nearest: nearest(to, names) };
  throw new Problem("app/export-format-unknown", values);
}

export interface Target {
  readonly file: string;
  /**
   * Writes `contents` aside, hands that file to `check`, and gives it its name if `check` is content;
   * else nothing is left of it, and what lay there before is untouched.
   */
  write<T>(
    contents: string | Uint8Array | readonly Uint8Array[],
    check: (aside: string) => Promise<T>,
  ): Promise<T>;
}

/** Throws where the place is taken (unless `overwrite`), is a folder, or cannot be written. */
export function exportTarget(
  path: string,
  { cwd, overwrite = false }: { readonly cwd: string; readonly overwrite?: boolean | undefined },
): Target {
  const file = resolve(cwd, path);
  if (existsSync(file)) {
    if (statSync(file).isDirectory()) throw new Problem("app/export-onto-folder", { path: file });
    if (!overwrite) throw new Problem("app/export-exists", { path: file });
  }
  const folder = dirname(file);
  prepareFolder(folder);
  requireWritable(folder, file);
  return {
    file,
    async write(contents, check) {
      const aside = asidePath(folder);
      try {
        writeFileAtomically(aside, contents);
        const found = await check(aside);
        explainWriting(file, () => renameSync(aside, file));
        return found;
      } finally {
        rmSync(aside, { force: true });
      }
    },
  };
}

/** Some file systems say only when a file is made that none can be. */
function requireWritable(folder: string, path: string): void {
  const probe = asidePath(folder);
  try {
    closeSync(openSync(probe, "wx"));
  } catch (cause) {
    const problem = writeProblem(path, cause);
    if (problem instanceof Problem) throw problem;
    const reason = systemCode(cause) ?? String(cause);
    throw new Problem("registry/not-writable", { path, reason }, { cause });
  } finally {
    rmSync(probe, { force: true });
  }
}

/** A file's name for a reference such as `shop@2`. */
export function fileNameFor(reference: string, format: ExportFormat): string {
  return `${reference.replace("@", "-")}${exportFormats[format]}`;
}
