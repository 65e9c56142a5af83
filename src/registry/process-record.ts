/** Which process holds or writes something, and whether it still does. */
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";
import type { Clock } from "../base/index.ts";
import { processLives, processStart } from "../formats/atomic-file/index.ts";

export const processRecord = z.object({
  format: z.literal(1),
  /** Names this record and no other, ever. */
  token: z.string(),
  pid: z.int(),
  /** When the process began, so that its number can be given again; null where unknown. */
  start: z.string().nullable(),
  host: z.string(),
  /** What tells machines of one name apart, and one start of a machine from the next. */
  machine: z.string().nullable(),
  boot: z.string().nullable(),
  /** Process numbers mean something only inside one of these (containers). */
  namespace: z.string().nullable(),
  command: z.string(),
  since: z.string(),
});

export type ProcessRecord = z.infer<typeof processRecord>;

let counter = 0;

/** The record of this process. */
export function ownRecord(command: readonly string[], clock: Clock): ProcessRecord {
  counter++;
  const since = clock.now().toISOString();
  const start = processStart(process.pid) ?? null;
  const { host, machine, boot, namespace } = here();
  // Unique without chance: no two processes share machine, boot, number and start.
  const token = [process.pid, start, boot?.slice(0, 8), namespace, Date.parse(since), counter]
    .join("-")
    .replace(/[^0-9A-Za-z-]/g, "");
  return {
    format: 1,
    token,
    pid: process.pid,
    start,
    host,
    machine,
    boot,
    namespace,
    command: command.join(" "),
    since,
  };
}

/** Whether the process of a record lives; `elsewhere` where that cannot be seen from here. */
export function judge(record: ProcessRecord): "alive" | "dead" | "elsewhere" {
  const { host, machine, boot, namespace } = here();
  if (record.host !== host) return "elsewhere";
  if (differ(record.machine, machine)) return "elsewhere";
  if (differ(record.boot, boot)) return "dead";
  if (differ(record.namespace, namespace)) return "elsewhere";
  return processLives(record.pid, record.start) ? "alive" : "dead";
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function here() {
  return {
    host: hostname(),
    machine: attempt(() => readFileSync("/etc/machine-id", "latin1").trim() || null),
    boot: attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()),
    namespace: attempt(() => readlinkSync("/proc/self/ns/pid")),
  };
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
