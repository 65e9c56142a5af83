/** What a bench hands back, as a table for people and as one JSON document. */
import type { Json } from "../../src/base/index.ts";
import { describeMachine, type Machine } from "./machine.ts";
import type { Standing } from "./race.ts";
import { short } from "./statistics.ts";

export interface Check {
  /** What was compared, and how far apart it was. */
  readonly name: string;
  readonly found: number;
  readonly limit: number;
}

export interface BenchReport {
  readonly bench: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  /** Done before anything was timed; a bench whose check fails ends instead. */
  readonly checks: readonly Check[];
  readonly races: readonly Standing[];
  readonly notes: readonly string[];
  /** What only this bench knows. */
  readonly more?: Json;
}

export function renderReport({ bench, machine, versions, checks, races, notes }: BenchReport) {
  const libraries = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${bench}`,
    `  ${describeMachine(machine)}`,
    `  ${libraries.join(", ")}`,
    ...checks.map(({ name, found, limit }) => `  checked: ${name}: ${short(found)} ≤ ${limit}`),
    ...races.flatMap((standing) => ["", ...renderStanding(standing)]),
    ...(notes.length > 0 ? ["", ...notes.map((note) => `  ${note}`)] : []),
  ].join("\n");
}

function renderStanding(standing: Standing): string[] {
  const { name, work, unit, rounds, rows, ratio, target, reached, better } = standing;
  const width = Math.max(...rows.map((row) => row.name.length));
  const table = rows.map(({ name, ours, spread: { min, median, max } }) => {
    const numbers = [median, min, max].map((value) => short(value).padStart(9)).join("");
    return `  ${ours ? "▸" : " "} ${name.padEnd(width)}${numbers}`;
  });
  const head = ["median", "min", "max"].map((title) => title.padStart(9)).join("");
  const lines = [
    `${name}: ${work} (${unit}, ${rounds} ${rounds === 1 ? "round" : "rounds"})`,
    `    ${"".padEnd(width)}${head}`,
    ...table,
  ];
  if (!ratio) return lines;
  const spread = `${ratio.median.toFixed(2)}× (${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)})`;
  const goal =
    target === undefined
      ? ""
      : `; to reach ${better === "higher" ? "≥" : "≤"} ${target}×: ${reached ? "reached" : "not reached"}`;
  return [...lines, `  ours ÷ ${ratio.against}: ${spread}${goal}`];
}
