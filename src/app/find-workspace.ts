/** Which folder is the workspace: the nearest one above that is marked as one, else where you stand. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Whether anything was kept in this folder before. */
export function isWorkspace(folder: string): boolean {
  return existsSync(join(folder, ".tanafuda"));
}

export function findWorkspace(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "tanafuda.yaml")) || isWorkspace(folder)) return folder;
    if (folder === dirname(folder)) return resolve(cwd);
  }
}
