/**
 * A head and its promises on items that had no part in them: how often it is right, what it takes for
 * what, whether its probabilities mean what they say, and how often each promise is kept.
 */
import { type Key, Problem } from "../../base/index.ts";
import {
  bootstrapScores,
  countClasses,
  type Groups,
  type Interval,
  type Matrix,
  type Rate,
  scorePredictions,
  weightedRate,
} from "../measure/index.ts";
import type { Answering, FittedClassifier } from "./classifier.ts";
import type { Promises } from "./promises.ts";
import { type Reliability, reliability } from "./reliability.ts";
import { likeliest } from "./temperature.ts";

export interface JudgedItems {
  readonly matrix: Matrix;
  /** All labelled: numbers of classes, also of those that the head does not know. */
  readonly codes: Int32Array;
  readonly classes: number;
  readonly groups?: Groups | undefined;
  /** Parts of the items to show coverage by, such as days: a name for each item, or undefined. */
  readonly slices?: readonly (string | undefined)[];
  /** How many items each stands for, where some were likelier to be drawn; default: 1. */
  readonly weights?: ArrayLike<number> | undefined;
}

export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

export interface Coverage {
  /** Sets that hold the true class. */
  readonly all: Rate;
  readonly byClass: readonly (Rate | undefined)[];
  readonly bySlice: readonly { readonly name: string; readonly rate: Rate }[];
  readonly meanSize: number;
  readonly single: number;
  readonly empty: number;
}

export interface Confused {
  readonly class: number;
  /** What it was taken for. */
  readonly as: number;
  /** Items, as they are. */
  readonly count: number;
  readonly of: number;
  /** Rows of `matrix`, the surest mistake first. */
  readonly rows: readonly number[];
}

export interface Judgement {
  readonly items: number;
  readonly accuracy: Estimate;
  readonly balanced: Estimate;
  /** Share of the commonest class: what always naming it would give. */
  readonly commonest: number;
  /** Items of each class, and how many of them were found. */
  readonly byClass: readonly (Rate | undefined)[];
  /** Items of classes that the head has no label of: each is wrong. */
  readonly unknown: number;
  readonly reliability: Reliability;
  /** `[classes, classes]`: rows are what items are, columns what they were taken for. */
  readonly confusion: Matrix;
  readonly confused: readonly Confused[];
  readonly coverage?: Coverage;
  /** Answers that were given, and those of them that were wrong. */
  readonly answered?: { readonly given: Rate; readonly wrong: Rate | undefined };
  /** Items that were called unlike anything seen. */
  readonly unlike?: Rate;
}

const examplesKept = 6;

export async function judge(
  classifier: Pick<FittedClassifier, "classes"> & Answering,
  promises: Promises,
  items: JudgedItems & { readonly key: Key },
): Promise<Judgement> {
  const { matrix, codes, classes, groups, weights, key } = items;
  if (codes.length === 0) throw new Problem("heads/nothing-to-judge", {});
  const probabilities = await classifier.probabilities(matrix);
  const own = codes.map((code) => classifier.classes.indexOf(code));
  const { predicted: columns, confidence } = likeliest(probabilities);
  const predicted = columns.map((c) => classifier.classes[c]);
  const scores = scorePredictions(predicted, codes, classes);
  const intervals = bootstrapScores(scores.correct, codes, { key, groups, weights });
  const all = [...codes.keys()];
  const byClass = ratesByClass(items, (i) => predicted[i] === codes[i]);
  const found = byClass.flatMap((rate) => (rate ? [rate] : []));
  const total = found.reduce((sum, { of }) => sum + of, 0);
  const { sets, abstention, novelty } = promises;
  return {
    items: codes.length,
    accuracy: {
      value: found.reduce((sum, { count }) => sum + count, 0) / total,
      interval: intervals.accuracy,
    },
    balanced: {
      value: found.reduce((sum, { rate }) => sum + rate / found.length, 0),
      interval: intervals.balanced,
    },
    commonest: Math.max(...found.map(({ of }) => of)) / total,
    byClass,
    unknown: own.filter((code) => code < 0).length,
    reliability: reliability(probabilities, own, { weights }),
    ...confusionOf({ predicted, codes, classes, confidence }),
    ...(sets.held && { coverage: coverageOf(sets.held.sets(probabilities), own, items) }),
    ...(abstention.held && {
      answered: answeredOf(abstention.held.confidence, { confidence, ...scores, weights }),
    }),
    ...(novelty.held && {
      unlike: unlikeOf(await novelty.held.judge(matrix), { ...novelty.held, all, weights }),
    }),
  };
}

function ratesByClass(
  { codes, classes, weights }: Pick<JudgedItems, "codes" | "classes" | "weights">,
  holds: (item: number) => boolean,
): (Rate | undefined)[] {
  const members: number[][] = Array.from({ length: classes }, () => []);
  codes.forEach((code, i) => {
    members[code].push(i);
  });
  return members.map((own) => (own.length > 0 ? weightedRate(own, holds, weights) : undefined));
}

interface Answers {
  readonly predicted: Int32Array;
  readonly codes: Int32Array;
  readonly classes: number;
  readonly confidence: Float64Array;
}

function confusionOf({ predicted, codes, classes, confidence }: Answers) {
  const confusion = { rows: classes, columns: classes, values: new Float32Array(classes ** 2) };
  const wrong = new Map<number, number[]>();
  const counts = countClasses(codes, classes);
  codes.forEach((code, i) => {
    const at = code * classes + predicted[i];
    confusion.values[at]++;
    if (code !== predicted[i]) wrong.set(at, [...(wrong.get(at) ?? []), i]);
  });
  const confused = [...wrong]
    .map(([at, rows]) => ({
      class: Math.floor(at / classes),
      as: at % classes,
      count: rows.length,
      of: counts[Math.floor(at / classes)],
      rows: rows.sort((a, b) => confidence[b] - confidence[a] || a - b).slice(0, examplesKept),
    }))
    .sort((a, b) => b.count - a.count || a.class - b.class || a.as - b.as);
  return { confusion, confused };
}

function coverageOf(
  sets: readonly (readonly number[])[],
  own: Int32Array,
  items: JudgedItems,
): Coverage {
  const { codes, slices, weights } = items;
  const isIn = (i: number) => sets[i].includes(own[i]);
  const names = [...new Set(slices)].filter((name) => name !== undefined).sort();
  const rateOf = (rows: readonly number[]) => weightedRate(rows, isIn, weights);
  const all = [...codes.keys()];
  const weightOf = (i: number) => weights?.[i] ?? 1;
  const total = all.reduce((sum, i) => sum + weightOf(i), 0);
  return {
    all: rateOf(all),
    byClass: ratesByClass(items, isIn),
    bySlice: names.map((name) => ({
      name,
      rate: rateOf(all.filter((i) => slices?.[i] === name)),
    })),
    meanSize: sets.reduce((sum, set, i) => sum + (weightOf(i) * set.length) / total, 0),
    single: sets.filter((set) => set.length === 1).length,
    empty: sets.filter((set) => set.length === 0).length,
  };
}

interface Given extends Pick<JudgedItems, "weights"> {
  readonly confidence: Float64Array;
  readonly correct: Float32Array;
}

function answeredOf(from: number, { confidence, correct, weights }: Given) {
  const isGiven = (i: number) => confidence[i] >= from;
  const given = [...confidence.keys()].filter(isGiven);
  return {
    given: weightedRate(confidence.keys(), isGiven, weights),
    wrong: given.length > 0 ? weightedRate(given, (i) => !correct[i], weights) : undefined,
  };
}

interface Unlike extends Pick<JudgedItems, "weights"> {
  readonly all: readonly number[];
  readonly alpha: number;
}

function unlikeOf(p: Float64Array, { all, alpha, weights }: Unlike): Rate {
  return weightedRate(all, (i) => p[i] <= alpha, weights);
}
