/**
 * Contestants measured in turn, round after round, so that what disturbs one disturbs all. Each
 * measurement is a line on standard error when it is there: races are long.
 */
import { setTimeout } from "node:timers/promises";
import type { Json } from "../../src/base/index.ts";
import { type Spread, short, spreadOf } from "./statistics.ts";

export interface Contestant {
  readonly name: string;
  readonly ours: boolean;
  /** One measurement, in the race's unit. */
  measure(): Promise<number>;
  /** What a reader should know of it: mode, batch, library. */
  readonly details?: Json;
}

export interface RaceOptions {
  readonly name: string;
  /** What each contestant does, in a sentence. */
  readonly work: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** What ours ÷ the best peer is to reach: at least, or at most where lower is better. */
  readonly target?: number;
  readonly rounds: number;
  readonly contestants: readonly Contestant[];
  /** Seconds to wait before each measurement, so that threads that spin have gone to sleep. */
  readonly pause?: number;
}

export interface Row {
  readonly name: string;
  readonly ours: boolean;
  readonly values: readonly number[];
  readonly spread: Spread;
  readonly details?: Json;
}

export interface Standing {
  readonly name: string;
  readonly work: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  readonly rounds: number;
  readonly rows: readonly Row[];
  /** Ours ÷ the best peer, of each round and their spread; absent where no peer took part. */
  readonly ratio?: Spread & { readonly against: string; readonly rounds: readonly number[] };
  readonly target?: number;
  /** Whether the median ratio reaches the target. */
  readonly reached?: boolean;
}

/** Each round begins with another contestant. The best peer is the one with the best median. */
export async function race(options: RaceOptions): Promise<Standing> {
  const { name, unit, contestants, rounds, pause = 0.3 } = options;
  const values = contestants.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const at = (round + turn) % contestants.length;
      await setTimeout(1000 * pause);
      values[at].push(await contestants[at].measure());
      const found = `${short(values[at][round])} ${unit}`;
      process.stderr.write(
        `${name}, round ${round + 1} of ${rounds}: ${contestants[at].name} ${found}\n`,
      );
    }
  }
  const rows = contestants.map(({ name, ours, details }, i) => ({
    name,
    ours,
    values: values[i],
    spread: spreadOf(values[i]),
    ...(details !== undefined && { details }),
  }));
  return standingOf(rows, options);
}

/** The same from values that were measured elsewhere, by round. */
export function standingOf(
  rows: readonly Row[],
  { name, work, unit, better, target, rounds }: Omit<RaceOptions, "contestants">,
): Standing {
  const standing = { name, work, unit, better, rounds, rows };
  const ours = bestOf(rows, true, better);
  const peer = bestOf(rows, false, better);
  if (!ours || !peer) return standing;
  const ratios = ours.values.map((value, i) => value / peer.values[i]);
  const ratio = { against: peer.name, ...spreadOf(ratios), rounds: ratios };
  if (target === undefined) return { ...standing, ratio };
  const reached = better === "higher" ? ratio.median >= target : ratio.median <= target;
  return { ...standing, ratio, target, reached };
}

/** Of ours or of the peers the one with the best median. */
export function bestOf(
  rows: readonly Row[],
  ours: boolean,
  better: "higher" | "lower",
): Row | undefined {
  const sign = better === "higher" ? -1 : 1;
  return rows
    .filter((row) => row.ours === ours)
    .toSorted((a, b) => sign * (a.spread.median - b.spread.median))[0];
}
