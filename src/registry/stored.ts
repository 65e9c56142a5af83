/** Reading what is stored: a document, or a list of names, where absence is no error. */
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { type Emit, Problem } from "../base/index.ts";
import { systemCode } from "../formats/atomic-file/index.ts";
import { type DocumentKind, type DocumentOf, parseDocument } from "../formats/documents/index.ts";

/** The document in `file`, or undefined where there is no such file. */
export function readDocument<K extends DocumentKind>(
  kind: K,
  file: string,
): DocumentOf<K> | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parseDocument(kind, text, file);
}

export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Names in a folder, sorted; what begins with a dot is unfinished or not ours. */
export function namesIn(folder: string, kind: "folders" | "files"): string[] {
  const wanted = (entry: Dirent) =>
    kind === "folders" ? entry.isDirectory() || entry.isSymbolicLink() : !entry.isDirectory();
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && wanted(entry))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** `read(name)` of all names; one that cannot be read is told and left out of the list. */
export function readAll<T>(
  names: readonly string[],
  { read, emit }: { read: (name: string) => T | undefined; emit: Emit },
): T[] {
  return names.flatMap((name) => {
    try {
      const value = read(name);
      return value === undefined ? [] : [value];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const values = { name, code: error.code, file: error.values.file ?? name };
      emit({ type: "notice", level: "warning", code: "registry/left-out", values });
      return [];
    }
  });
}

function isAbsent(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
