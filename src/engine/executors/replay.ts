/** Whether a plan that was kept can be replayed: bits follow from library, version and threads. */
import { canonicalJson, type Json, Problem } from "../../base/index.ts";

/** Throws unless the plan was made by what `description` describes, naming what is different now. */
export function requireSamePlan(
  plan: Json | undefined,
  description: { readonly [name: string]: Json },
): void {
  if (plan === undefined) return;
  const before = isRecord(plan) ? plan : {};
  const different = Object.entries(description).filter(
    ([name, now]) => written(before[name]) !== written(now),
  );
  if (different.length === 0) return;
  const reason = different.map(
    ([name, now]) => `${name} ${written(before[name])} → ${written(now)}`,
  );
  throw new Problem("engine/plan-differs", { reason: reason.join(", ") });
}

function isRecord(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function written(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined ? "–" : canonicalJson(value);
}
