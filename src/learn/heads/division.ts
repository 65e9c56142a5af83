/**
 * Labels divided by what they are for, each used for one thing: training, calibration, evaluation. The
 * evaluation items are given (the frozen split). Of the others whole groups are drawn at random for
 * calibration, so that promises hold for items like them; the rest trains. What was chosen to be
 * labelled is no sample of anything and trains. A class that one group alone
 * has is trained on, as nothing could be told of it otherwise.
 */
import { fork, type Key, uniform } from "../../base/index.ts";
import { type Groups, labelledRows } from "../measure/index.ts";

export interface Shelved {
  /** Of every row; -1 = no label. */
  readonly codes: Int32Array;
  /** Of every row: what belongs together is never divided. */
  readonly groups: Groups;
  /** 1 where a row is set aside to judge by. */
  readonly aside: ArrayLike<number | boolean>;
  /** 1 where a row was chosen to be labelled, not drawn at random. */
  readonly chosen?: ArrayLike<number | boolean>;
}

export interface Division {
  /** Rows with a label, ascending by the keyed draw of their groups, so that their order says nothing. */
  readonly training: Uint32Array;
  readonly calibration: Uint32Array;
  readonly evaluation: Uint32Array;
  /** Classes of which one group alone is labelled outside the evaluation. */
  readonly single: readonly number[];
}

export interface DivisionOptions {
  readonly key: Key;
  /** Labels for calibration; the last group may bring a few more. */
  readonly calibration: number;
}

export function divideLabels(
  { codes, groups, aside, chosen }: Shelved,
  { key, calibration }: DivisionOptions,
): Division {
  const labelled = labelledRows(codes);
  const evaluation = labelled.filter((row) => aside[row]);
  const own = labelled.filter((row) => !aside[row]);
  const members = new Map<string | number, number[]>();
  const holders = new Map<number, Set<string | number>>();
  for (const row of own) {
    const group = groups[row];
    members.set(group, [...(members.get(group) ?? []), row]);
    holders.set(codes[row], (holders.get(codes[row]) ?? new Set()).add(group));
  }
  const single = [...holders].flatMap(([code, of]) => (of.size === 1 ? [code] : []));
  const bound = new Set(single.flatMap((code) => [...(holders.get(code) ?? [])]));
  const drawn = [...members]
    .map(([group, rows]) => ({ group, rows, draw: uniform(fork(key, "group", group), 1)[0] }))
    .sort((a, b) => a.draw - b.draw);
  const [training, held]: [number[], number[]] = [[], []];
  for (const { group, rows } of drawn) {
    const isDrawn = !rows.some((row) => chosen?.[row]);
    const isHeld = held.length < calibration && isDrawn && !bound.has(group);
    (isHeld ? held : training).push(...rows);
  }
  return {
    training: Uint32Array.from(training),
    calibration: Uint32Array.from(held),
    evaluation,
    single: single.sort((a, b) => a - b),
  };
}
