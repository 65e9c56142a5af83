/** The plan of a program: what decides its bits, and whether an earlier one can be followed. */
import { type Json, Problem } from "../../../base/index.ts";
import type { Precision } from "./lowering.ts";

export interface Plan {
  readonly executor: "onednn";
  readonly library: "oneDNN";
  readonly version: string;
  readonly threads: number;
  /** The type of activations. */
  readonly precision: Precision;
  /** Whether operands of single convolutions may be bf16. */
  readonly mixed: boolean;
  /** The way taken for each key that had several. */
  readonly choices: Readonly<Record<string, string>>;
  /** One line for each unit, in the order they run: nodes, shapes, type, kernel. */
  readonly units: readonly string[];
}

/** Reads a stored plan; throws `engine/plan-differs` where it is another executor's. */
export function readPlan(stored: Json, here: Pick<Plan, "version" | "threads">): Plan {
  const plan = asPlan(stored);
  if (!plan) differs("executor", nameOf(stored), "onednn");
  if (plan.version !== here.version) differs("oneDNN", plan.version, here.version);
  if (plan.threads !== here.threads) differs("threads", plan.threads, here.threads);
  return plan;
}

/** Throws `engine/plan-differs` at the first unit that another kernel would compute. */
export function requireSameUnits(before: Plan, now: Plan): void {
  const at = before.units.findIndex((unit, i) => unit !== now.units[i]);
  if (at >= 0 || before.units.length !== now.units.length) {
    differs("unit", before.units[at] ?? "–", now.units[at] ?? "–");
  }
}

function differs(what: string, before: string | number, now: string | number): never {
  throw new Problem("engine/plan-differs", { reason: `${what} ${before} → ${now}` });
}

function asPlan(stored: Json): Plan | undefined {
  if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return undefined;
  const { executor, version, threads, precision, mixed, choices, units } = stored as {
    readonly [name: string]: Json;
  };
  if (executor !== "onednn" || typeof version !== "string" || typeof threads !== "number")
    return undefined;
  if ((precision !== "f32" && precision !== "bf16") || typeof mixed !== "boolean") return undefined;
  if (typeof choices !== "object" || choices === null || Array.isArray(choices)) return undefined;
  if (!Array.isArray(units)) return undefined;
  const ways = Object.entries(choices).map(([key, way]) => [key, String(way)] as const);
  return {
    executor,
    library: "oneDNN",
    version,
    threads,
    precision,
    mixed,
    choices: Object.fromEntries(ways),
    units: units.map(String),
  };
}

function nameOf(stored: Json): string {
  const named = typeof stored === "object" && stored !== null && "executor" in stored;
  return named ? String(stored.executor) : "–";
}
