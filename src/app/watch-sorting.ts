/**
 * NCC while training, on training pictures alone: half of the groups give the centres, the other half
 * are sorted by them. Without labels it is sample-level NCC: is a picture known again in other views?
 */
import { fork, type Key, permutation } from "../base/index.ts";
import type { DatasetVersion, LabelSet } from "../formats/documents/index.ts";
import type { Recipe } from "../learn/augment/index.ts";
import type { Pictures } from "../learn/data/index.ts";
import {
  headlineFeatures,
  type Matrix,
  nccPredictions,
  type Product,
  pickRows,
  rowBlock,
  sampleNcc,
  scorePredictions,
  spectrum,
  withFeatures,
} from "../learn/measure/index.ts";
import {
  centred,
  drawn,
  type Embedder,
  type Evaluation,
  type Inputs,
} from "../learn/train/index.ts";

const limits = { items: 1500, samples: 100, centreViews: 8, judgedViews: 4 } as const;

export interface SortingWatch {
  readonly kind: "labels" | "sample";
  readonly labelSet?: string;
  readonly evaluate: Evaluation["run"];
}

export interface WatchOptions {
  readonly document: DatasetVersion;
  /** Positions of the training items in the dataset, in the order of `pictures`. */
  readonly items: Uint32Array;
  readonly pictures: Pictures;
  readonly recipe: Recipe;
  readonly key: Key;
  readonly product: Product;
  /** Hears the numbers of each look: NCC, and RankMe where there are no labels. */
  readonly onLook: (seen: { readonly ncc: number; readonly rankme?: number }) => void;
}

export function watchSorting(options: WatchOptions): SortingWatch {
  const set = options.document.labelSets.find((one) => isUsable(one, options.items));
  return set ? watchLabels(set, options) : watchSamples(options);
}

function watchLabels(set: LabelSet, options: WatchOptions): SortingWatch {
  const { document, items, pictures, recipe, key, product, onLook } = options;
  const labelled = [...items.keys()].filter((i) => set.codes[items[i]] >= 0);
  const order = permutation(fork(key, "watched"), labelled.length);
  const chosen = Array.from(order.subarray(0, limits.items), (i) => labelled[i]);
  const side = halves(chosen.map((i) => document.items.group[items[i]]));
  const [bank, judged] = [0, 1].map((half) => chosen.filter((_, i) => side[i] === half));
  const codes = (list: readonly number[]) => Int32Array.from(list, (i) => set.codes[items[i]]);
  const inputs = centred(pictures, recipe, [...bank, ...judged]);
  const classes = set.classes.length;
  return {
    kind: "labels",
    labelSet: set.name,
    evaluate: async (_, embedder) => {
      const matrix = await embedOnly(embedder, inputs);
      const [centres, rest] = [
        rowBlock(matrix, 0, bank.length),
        rowBlock(matrix, bank.length, matrix.rows),
      ];
      const train = { matrix: centres, codes: codes(bank), classes };
      const predicted = await nccPredictions(train, rest, { product });
      const value = scorePredictions(predicted, codes(judged), classes).balanced;
      onLook({ ncc: value });
      return { name: `NCC ${set.name}`, value };
    },
  };
}

function watchSamples({
  items,
  pictures,
  recipe,
  key,
  product,
  onLook,
}: WatchOptions): SortingWatch {
  const count = Math.min(limits.samples, items.length);
  const indexes = permutation(fork(key, "samples"), items.length).subarray(0, count);
  const views = limits.centreViews + limits.judgedViews;
  const inputs = drawn(pictures, recipe, { indexes, views, key: fork(key, "sample-views") });
  const rows = Array.from({ length: count * views }, (_, row) => row);
  const [bank, judged] = [
    rows.filter((row) => row % views < limits.centreViews),
    rows.filter((row) => row % views >= limits.centreViews),
  ];
  return {
    kind: "sample",
    evaluate: async ({ step }, embedder) => {
      const matrix = await embedOnly(embedder, inputs);
      const viewsOf = (list: readonly number[]) => ({
        matrix: pickRows(matrix, list),
        items: Int32Array.from(list, (row) => Math.floor(row / views)),
      });
      const { accuracy } = await sampleNcc(viewsOf(bank), viewsOf(judged), { product });
      const { rankMe } = spectrum(matrix, { key: fork(key, "rank", step) });
      onLook({ ncc: accuracy, rankme: rankMe });
      return { name: "NCC", value: accuracy };
    },
  };
}

async function embedOnly(embedder: Embedder, inputs: Inputs): Promise<Matrix> {
  const [matrix] = Object.values(await embedder.embed(inputs));
  return withFeatures(matrix, headlineFeatures);
}

/** 0 or 1 for each item: every second group, so that a group is never on both sides. */
function halves(groups: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return groups.map((group) => {
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    return number % 2;
  });
}

/** A set that says something here: at least two classes among at least 20 labelled pictures. */
function isUsable({ codes }: LabelSet, items: Uint32Array): boolean {
  const labelled = Array.from(items, (i) => codes[i]).filter((code) => code >= 0);
  return labelled.length >= 20 && new Set(labelled).size >= 2;
}
