/**
 * Which pictures to judge by where one class is rare: drawn by chance in strata by how likely a head
 * holds them for that class, so that few labels find many of it. Each stands for as many as were not
 * drawn of its stratum, and those labelled earlier for themselves alone: together for all set aside, so
 * sums over them are unbiased however bad the head is.
 */
import { fork, type Key, Problem, permutation } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import { drawStrata, strataOf } from "../../learn/forecast/index.ts";
import { fitClassifier } from "../../learn/heads/index.ts";
import { pickRows } from "../../learn/measure/index.ts";
import { nearest } from "../../registry/index.ts";
import { itemsOf } from "../dataset.ts";
import type { Chosen, Shelf } from "./labelling.ts";
import { isAnswered, itemsToFill, type SetToFill } from "./to-fill.ts";

export interface DrawingInStrata {
  readonly class: string;
  readonly count: number;
  readonly key: Key;
}

export interface DrawnInStrata extends Chosen {
  readonly standsFor: readonly number[];
  /** Items of the class to be expected among those drawn, and among as many drawn all alike. */
  readonly expected: { readonly strata: number; readonly random: number };
}

const mostStrata = 5;
/** Of a stratum: of one alone nobody knows how much it varies. */
const leastDrawn = 2;
/** Labels that the head is fitted on; more make it no better a guide. */
const mostLabels = 5000;

export async function drawInStrata(
  shelf: Shelf,
  { class: name, count, key }: DrawingInStrata,
): Promise<DrawnInStrata> {
  const { dataset, set } = shelf;
  const { document } = dataset;
  requireOneDraw(document, set);
  const rows = itemsToFill(document, set, "evaluation");
  const open = [...rows.keys()].filter((row) => !isAnswered(document, set, rows[row]));
  if (count > open.length) {
    throw new Problem("select/count-unusable", { count, left: open.length, rows: rows.length });
  }
  const items = Uint32Array.from(open, (row) => rows[row]);
  const probability = await likelihoods(shelf, { name, items, key: fork(key, "head") });
  const strata = Math.max(1, Math.min(mostStrata, Math.floor(count / leastDrawn)));
  const found = strataOf(probability, { count, strata });
  const drawn = drawStrata(found, fork(key, "strata"));
  // Who stops half-way has then labelled some of every stratum.
  const order = permutation(fork(key, "order"), drawn.length);
  const labelled = rows.length - open.length;
  let covered = labelled / rows.length;
  const picks = Array.from(order, (at) => {
    const share = drawn[at].weight / rows.length;
    covered = Math.min(1, covered + share);
    const why = { kind: "drawn" } as const;
    return { row: open[drawn[at].item], why, share, coverage: covered };
  });
  const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
  return {
    ...{ dataset, set, rows, labelled },
    strategy: "strata",
    standsFor: Array.from(order, (at) => drawn[at].weight),
    expected: {
      strata: sum(drawn.map(({ item }) => probability[item])),
      random: (count * sum(probability)) / open.length,
    },
    found: {
      picks,
      before: labelled / rows.length,
      coverage: covered,
      sizes: { references: rows.length, candidates: open.length, judged: rows.length, error: 0 },
    },
  };
}

/** The items of an earlier draw stand for others already: a second one would count those twice. */
export function requireOneDraw({ items }: DatasetVersion, { name, answers = [] }: SetToFill): void {
  const aside = new Set(items.id.filter((_, i) => items.split[i] === "evaluation"));
  const before = answers.filter(({ item, chosen }) => chosen === "strata" && aside.has(item));
  const count = new Set(before.map(({ item }) => item)).size;
  if (count > 0) throw new Problem("app/strata-drawn-before", { count, labels: name });
}

interface Asked {
  readonly name: string;
  /** Items of the dataset whose probability is asked. */
  readonly items: Uint32Array;
  readonly key: Key;
}

/** By a head on labelled pictures to train on: chosen ones among them, which a mere guide may have. */
async function likelihoods(
  { dataset: { document }, set, features, product }: Shelf,
  { name, items, key }: Asked,
): Promise<Float64Array> {
  const { codes = [], classes } = set;
  const code = classes.indexOf(name);
  const train = itemsOf(document, "train").filter((item) => (codes[item] ?? -1) >= 0);
  const about = { class: name, labels: set.name, nearest: nearest(name, classes) };
  if (train.length === 0) throw new Problem("app/strata-unlabelled", about);
  if (code < 0 || !train.some((item) => codes[item] === code)) {
    const known = classes.filter((_, c) => train.some((item) => codes[item] === c));
    const values = { ...about, known: known.slice(0, 20).join(", ") };
    throw new Problem("app/strata-class-unknown", values);
  }
  const kept = permutation(fork(key, "labels"), train.length).subarray(0, mostLabels).sort();
  const labelled = Uint32Array.from(kept, (at) => train[at]);
  const classifier = await fitClassifier(
    {
      matrix: pickRows(features, labelled),
      codes: Int32Array.from(labelled, (item) => codes[item]),
      classes: classes.length,
    },
    { key, kinds: ["ridge"], product },
  );
  const found = await classifier.probabilities(pickRows(features, items));
  const column = classifier.classes.indexOf(code);
  return Float64Array.from(items, (_, i) => found.values[i * found.columns + column]);
}
