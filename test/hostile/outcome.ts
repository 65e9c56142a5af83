/** What a reader made of a file: taken, refused with a sentence, or a defect; and how long it took. */

import { fork, keyFromSeed, Problem } from "../../src/base/index.ts";
import { mutate, mutations } from "./mutate.ts";
import type { Seed } from "./seeds.ts";

/** No file may take longer. */
export const longestMilliseconds = 10_000;

export interface Outcome {
  readonly name: string;
  /** "taken", or the code of the refusal. */
  readonly end: string;
  readonly milliseconds: number;
  /** What was thrown that is no Problem: every one is a fault of ours. */
  readonly defect?: string;
}

export async function outcomeOf(
  { name, bytes }: Seed,
  read: (file: Seed) => unknown,
): Promise<Outcome> {
  const started = performance.now();
  const before = process.cpuUsage();
  // On a busy machine a file takes longer than it works; what waits for ever ends the test itself.
  const spent = () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(performance.now() - started, (user + system) / 1000);
  };
  try {
    await read({ name, bytes });
    return { name, end: "taken", milliseconds: spent() };
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code !== "internal/defect") {
      return { name, end: thrown.code, milliseconds: spent() };
    }
    const defect = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { name, end: "defect", milliseconds: spent(), defect };
  }
}

/** Every seed broken in every way, `times` over; names keep their ending. */
export function mutants(seeds: readonly Seed[], times: number): Seed[] {
  return seeds.flatMap(({ name, bytes }) =>
    Object.keys(mutations).flatMap((kind) =>
      Array.from({ length: times }, (_, n) => {
        const key = fork(keyFromSeed(2026), name, kind, n);
        return {
          name: `${kind.replaceAll(" ", "-")}-${n}-${name}`,
          bytes: mutate(bytes, kind, key),
        };
      }),
    ),
  );
}

/** What must not be: defects, and files that took too long. */
export function faults(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ name, defect, milliseconds }) => {
    if (defect !== undefined) return `${name}: ${defect}`;
    return milliseconds > longestMilliseconds ? `${name}: ${Math.round(milliseconds)} ms` : [];
  });
}

/** How many ended how, most first, with the slowest: for the record of a run. */
export function tally(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { end } of outcomes) counts.set(end, (counts.get(end) ?? 0) + 1);
  const slowest = outcomes.reduce((worst, next) =>
    next.milliseconds > worst.milliseconds ? next : worst,
  );
  const ends = [...counts].sort((a, b) => b[1] - a[1]).map(([end, count]) => `${count} ${end}`);
  const slow = `slowest ${slowest.name} ${Math.round(slowest.milliseconds)} ms`;
  return `${outcomes.length} files: ${ends.join(", ")}; ${slow}`;
}
