/**
 * One writer at a time. The lock is a chain of records: the file `lock`, then for a record with
 * token T its only possible successor, the file `lock.after-T`. The last record holds the lock.
 *
 * Taking over a dead lock means to append to it. A name can be made only once, so of any number of
 * processes one succeeds, and since tokens never come again a slow process cannot append to
 * something else than what it judged. It may append to a record that has left the chain meanwhile;
 * therefore nobody holds the lock before having found its own record on the way from `lock`. The
 * new holder then renames its record to `lock`, which shortens the chain to one.
 */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../base/index.ts";
import {
  asidePath,
  explainWriting,
  placeExclusively,
  systemCode,
} from "../formats/atomic-file/index.ts";
import { judge, type ProcessRecord, processRecord } from "./process-record.ts";

export interface Lock {
  release(): void;
}

/** Takes the lock at `file`, or says who has it. Never waits for another process's work. */
export function acquireLock(file: string, own: ProcessRecord): Lock {
  explainWriting(file, () => {
    for (;;) {
      const end = lastOf(file);
      if (end !== undefined) refuseUnlessDead(file, end);
      const at = end === undefined ? file : successor(file, end.token);
      if (!append(at, own)) continue;
      if (at === file) break;
      if (lastOf(file)?.token === own.token) {
        renameSync(at, file);
        break;
      }
      rmSync(at, { force: true });
    }
    sweep(file);
  });
  const release = () => {
    process.removeListener("exit", release);
    if (read(file)?.token === own.token) rmSync(file, { force: true });
  };
  process.once("exit", release);
  return { release };
}

/** Who holds the lock just now, for readers and messages. */
export function lockHolder(file: string): ProcessRecord | undefined {
  const end = lastOf(file);
  return end !== undefined && judge(end) === "dead" ? undefined : end;
}

function lastOf(file: string): ProcessRecord | undefined {
  let record = read(file);
  for (let next = record; next !== undefined; ) {
    record = next;
    next = read(successor(file, record.token));
  }
  return record;
}

function successor(file: string, token: string): string {
  return `${file}.after-${token}`;
}

function append(path: string, record: ProcessRecord): boolean {
  const aside = asidePath(dirname(path));
  writeFileSync(aside, JSON.stringify(record), { flag: "wx", flush: true });
  const placed = placeExclusively(aside, path);
  if (!placed) rmSync(aside, { force: true });
  return placed;
}

function read(path: string): ProcessRecord | undefined {
  // Without hard links a record is empty for a moment before it is filled.
  for (let tries = 0; tries < 50; tries++) {
    try {
      const parsed = processRecord.safeParse(JSON.parse(readFileSync(path, "utf8")));
      if (parsed.success) return parsed.data;
    } catch (error) {
      if (systemCode(error) === "ENOENT") return undefined;
      if (!(error instanceof SyntaxError)) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  throw new Problem("registry/lock-unreadable", { file: path });
}

function refuseUnlessDead(file: string, holder: ProcessRecord): void {
  const verdict = judge(holder);
  if (verdict === "dead") return;
  const { pid, command, since, host } = holder;
  const workspace = dirname(dirname(file));
  if (verdict === "alive") {
    throw new Problem("registry/locked", { workspace, pid, command, since });
  }
  throw new Problem("registry/locked-elsewhere", { workspace, host, pid, command, since, file });
}

/** Only by the holder: records that are on no chain any more. */
function sweep(file: string): void {
  const folder = dirname(file);
  const prefix = successor(file, "").slice(folder.length + 1);
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix)) rmSync(join(folder, name), { force: true });
  }
}
