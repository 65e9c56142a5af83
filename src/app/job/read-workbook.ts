/**
 * A workbook read in a process of its own: over a file with a few wrong bits the library may loop
 * for ever, take all memory or bring V8 down. That process is ended after a while, and its memory is
 * bounded.
 */
import { spawnSync } from "node:child_process";
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { deserialize } from "node:v8";
import { type Code, type Evidence, Problem } from "../../base/index.ts";
import { readSheet, type Sheet } from "../../formats/spreadsheet/index.ts";

export type WorkbookAnswer =
  | { readonly sheet: Sheet }
  | { readonly code: Code; readonly values: Evidence };

interface ApartOptions {
  /** How long a small workbook may take; a large one gets a second more for each megabyte. */
  readonly patience?: number;
  /** The built child; from TypeScript sources there is none, and the file is read in this process. */
  readonly child?: URL | undefined;
}

const megabyte = 1 << 20;
/** Cells become objects, and a zip holds many in few bytes. */
const memory = { least: 1 << 30, timesFile: 64 } as const;

/** The sheet of that name, else the first, as `readSheet`. */
export function readWorkbookApart(
  bytes: Uint8Array,
  file: string,
  name?: string,
  { patience = 8_000, child = builtChild() }: ApartOptions = {},
): Sheet {
  if (child === undefined) return readSheet(bytes, file, name);
  const limit = Math.min(totalmem() / 2, memory.least + memory.timesFile * bytes.length);
  const megabytes = Math.ceil(limit / megabyte);
  const words = [`--max-old-space-size=${megabytes}`, fileURLToPath(child), file];
  const { output, error } = spawnSync(
    process.execPath,
    name === undefined ? words : [...words, name],
    {
      input: bytes,
      stdio: ["pipe", "ignore", "ignore", "pipe"],
      timeout: Math.ceil(patience + bytes.length / 1000),
      killSignal: "SIGKILL",
      maxBuffer: Math.ceil(limit),
    },
  );
  const answer = output?.[3] as unknown as Buffer | null | undefined;
  if (!answer?.length) {
    const isSlow = error !== undefined && "code" in error && error.code === "ETIMEDOUT";
    const values = { file, end: isSlow ? "time" : "memory", limit: megabytes };
    throw new Problem("formats/file-contradicts", values);
  }
  const found: WorkbookAnswer = deserialize(answer);
  if ("sheet" in found) return found.sheet;
  throw new Problem(found.code, found.values);
}

function builtChild(): URL | undefined {
  const isSource = import.meta.url.endsWith(".ts");
  return isSource ? undefined : new URL("./workbook-child.js", import.meta.url);
}
