/** Names of runs: readable, sorted by time, and unlikely to meet in two workspaces. */
import { type Key, uniform } from "../base/index.ts";

const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** Such as `20260131-093000-123-pretrain-k3fq`: UTC time to the millisecond, kind, four letters. */
export function runId(kind: string, { time, key }: { time: Date; key: Key }): string {
  const digits = time.toISOString().replace(/\D/g, "");
  const stamp = `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14, 17)}`;
  const tail = Array.from(uniform(key, 4), (draw) => letters[Math.floor(draw * letters.length)]);
  return `${stamp}-${kind}-${tail.join("")}`;
}
