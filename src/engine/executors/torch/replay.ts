/** Whether an earlier plan can be followed again: the same library, device and ways give the same bits. */
import { type Json, Problem } from "../../../base/index.ts";

type Plan = { readonly [part: string]: Json };

/** Throws `engine/plan-differs` naming the first part in which the plans are not the same. */
export function checkReplay(earlier: Json, now: Plan): void {
  const was: Plan = isPlan(earlier) ? earlier : {};
  for (const part of new Set([...Object.keys(now), ...Object.keys(was)])) {
    const [before, after] = [show(was[part]), show(now[part])];
    if (before === after) continue;
    const reason = part === "nodes" ? part : `${part} ${before} → ${after}`;
    throw new Problem("engine/plan-differs", { reason });
  }
}

function isPlan(value: Json): value is Plan {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As text, whatever the order in which a checkpoint kept the names. */
function show(value: Json | undefined): string {
  if (value === undefined) return "–";
  if (!isPlan(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${name}: ${show(member)}`);
  return `{${members.sort().join(", ")}}`;
}
