/** The folder a report goes to: made and found writable before any work begins. */
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../base/index.ts";
import { explainWriting, systemCode } from "../formats/atomic-file/index.ts";

export function prepareFolder(path: string): void {
  explainWriting(path, () => {
    try {
      // One by one: on some file systems (/proc) Node's recursive mkdir never comes back.
      for (const folder of missing(path)) mkdirSync(folder);
      accessSync(path, constants.W_OK | constants.X_OK);
    } catch (cause) {
      const reason = systemCode(cause);
      if (reason === "ENOENT" || reason === "ENOTDIR" || reason === "EEXIST") {
        throw new Problem("registry/not-writable", { path, reason }, { cause });
      }
      throw cause;
    }
  });
}

/** Folders on the way that are not there yet, outermost first. */
function missing(path: string): string[] {
  return existsSync(path) ? [] : [...missing(dirname(path)), path];
}
