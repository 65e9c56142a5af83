/** Which process is meant, so that a recycled process number is never taken for the old process. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process began, in the machine's own terms: on Linux the clock tick since boot, elsewhere
 * what `ps` prints, as letters and digits. Null where it cannot be known (Windows), undefined where
 * there is no such process.
 */
export function processStart(pid: number): string | null | undefined {
  if (process.platform === "linux") {
    try {
      // The command's name may hold blanks and brackets; the fields are counted after the last one.
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
    } catch {
      return answers(pid) ? null : undefined;
    }
  }
  if (!answers(pid)) return undefined;
  if (process.platform === "win32") return null;
  const asked = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], {
    encoding: "utf8",
    env: { LC_ALL: "C", PATH: process.env.PATH },
  });
  return asked.stdout?.replace(/[^0-9A-Za-z]/g, "") || null;
}

/** Whether the process that was marked by `pid` and `start` still runs on this machine. */
export function processLives(pid: number, start: string | null): boolean {
  const now = processStart(pid);
  if (now === undefined) return false;
  return now === null || start === null || now === start;
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
