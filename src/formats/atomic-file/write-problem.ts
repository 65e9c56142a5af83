/** What the system says when writing fails, as a problem with path, free space and cure. */
import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../../base/index.ts";

/** Runs `write`; a full disk or a place that may not be written becomes a problem naming `path`. */
export function explainWriting<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw writeProblem(path, error);
  }
}

/** The problem for an error of the file system, or the error itself if it is another one. */
export function writeProblem(path: string, error: unknown): unknown {
  switch (systemCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new Problem("registry/disk-full", { path, free: freeBytes(path) }, { cause: error });
    case "EBUSY":
      return new Problem("registry/held", { path }, { cause: error });
    case "EACCES":
    case "EPERM":
    case "EROFS": {
      const reason = systemCode(error) ?? "";
      return new Problem("registry/not-writable", { path, reason }, { cause: error });
    }
    default:
      return error;
  }
}

/** The system's name for an error, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Bytes that an ordinary user may still write where `path` lies; 0 where it cannot be told. */
export function freeBytes(path: string): number {
  for (let at = path; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = statfsSync(at);
      return bavail * bsize;
    } catch {
      if (dirname(at) === at) return 0;
    }
  }
}
