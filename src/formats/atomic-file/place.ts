/** The last step of every write: a finished file or folder gets its name in one step. */
import { closeSync, existsSync, linkSync, openSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../../base/index.ts";
import { syncFolder } from "./aside.ts";
import { renamePatiently } from "./rename.ts";
import { systemCode } from "./write-problem.ts";

/**
 * What to do where the name is taken: `replace` it (files only), `refuse` with a problem, or `keep`
 * what is there and drop the new one (for content addresses, where both are equal).
 */
export type Existing = "replace" | "refuse" | "keep";

/** Gives the file `aside` the name `path`; returns whether it is now the one there. */
export function placeFile(aside: string, path: string, existing: Existing): boolean {
  if (existing === "replace") renamePatiently(aside, path);
  else if (!placeExclusively(aside, path)) return taken(aside, path, existing);
  syncFolder(dirname(path));
  return true;
}

/** As `placeFile`, for a folder; the system never replaces a folder that has something in it. */
export function placeFolder(aside: string, path: string, existing: Existing): boolean {
  if (existsSync(path)) return taken(aside, path, existing);
  try {
    renamePatiently(aside, path);
  } catch (error) {
    // Another process was faster; systems word that differently.
    if (!isFolder(path)) throw error;
    return taken(aside, path, existing);
  }
  syncFolder(dirname(path));
  return true;
}

/**
 * Moves a file to a name that must be free: of any number of processes one alone succeeds. Where
 * there are no hard links, an empty file claims the name for the moment before the rename.
 */
export function placeExclusively(aside: string, path: string): boolean {
  try {
    linkSync(aside, path);
  } catch (error) {
    const code = systemCode(error);
    if (code === "EEXIST") return false;
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code ?? "")) throw error;
    return claimThenRename(aside, path);
  }
  rmSync(aside, { force: true });
  return true;
}

function claimThenRename(aside: string, path: string): boolean {
  try {
    closeSync(openSync(path, "wx"));
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
  renamePatiently(aside, path);
  return true;
}

function taken(aside: string, path: string, existing: Existing): false {
  rmSync(aside, { recursive: true, force: true });
  if (existing === "keep") return false;
  throw new Problem("registry/exists", { path });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
