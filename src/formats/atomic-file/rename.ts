/** Renames where another program may hold the file for a moment: a virus scanner, a sync client. */
import { renameSync } from "node:fs";
import { systemCode } from "./write-problem.ts";

/** What Windows says of a file that somebody has open. */
const held: readonly string[] = ["EBUSY", "EPERM", "EACCES"];
/** Milliseconds between attempts, a little over three seconds in all. */
const pauses = [10, 20, 50, 100, 200, 400, 800, 1600] as const;

export interface Renaming {
  rename(from: string, to: string): void;
  /** Synchronous, as all writing here is. */
  pause(milliseconds: number): void;
  /** Where only a permission can be the reason, waiting is of no use. */
  readonly isWorthWaiting: boolean;
}

const usual: Renaming = {
  rename: renameSync,
  pause: (milliseconds) =>
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
  isWorthWaiting: process.platform === "win32",
};

/** As `renameSync`; throws what it threw last. */
export function renamePatiently(from: string, to: string, by: Renaming = usual): void {
  for (const pause of pauses) {
    try {
      by.rename(from, to);
      return;
    } catch (error) {
      const code = systemCode(error);
      const isHeld = code === "EBUSY" || (by.isWorthWaiting && held.includes(code ?? ""));
      if (!isHeld) throw error;
      by.pause(pause);
    }
  }
  by.rename(from, to);
}
