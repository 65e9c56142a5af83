/**
 * Names for what is not finished: `.aside-<process>-<its start>-<number>`. They tell who is
 * writing, so that the leftovers of dead processes can be told from the work of living ones.
 */
import { closeSync, fsyncSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { processLives, processStart } from "./process-mark.ts";
import { systemCode } from "./write-problem.ts";

let own: string | undefined;
let counter = 0;

/** A path in `folder` that nobody else uses. Other programs should ignore names with a dot. */
export function asidePath(folder: string): string {
  own ??= `${process.pid}-${processStart(process.pid) ?? "unknown"}`;
  counter++;
  return join(folder, `.aside-${own}-${counter}`);
}

/** Removes what dead processes of this machine left unfinished in `folder`; returns the names. */
export function sweepAsides(folder: string): string[] {
  const swept = entriesOf(folder).filter((name) => {
    const [, pid, start] = /^\.aside-(\d+)-([0-9A-Za-z]+)-\d+$/.exec(name) ?? [];
    return pid !== undefined && !processLives(Number(pid), start === "unknown" ? null : start);
  });
  for (const name of swept) rmSync(join(folder, name), { recursive: true, force: true });
  return swept;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return [];
    throw error;
  }
}

/** Makes renames in `folder` last over a loss of power, where the system allows to ask for that. */
export function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, "r");
    fsyncSync(descriptor);
  } catch (error) {
    const refused = ["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP", "EBADF"];
    if (!refused.includes(systemCode(error) ?? "")) throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
