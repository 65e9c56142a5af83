/** Files that a person named: read whole, or a sentence that says why not. */
import { readFileSync } from "node:fs";
import { Problem } from "../base/index.ts";

export function readFileBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new Problem("app/file-unreadable", { path, reason }, { cause });
  }
}
