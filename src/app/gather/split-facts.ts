/** Accuracy under random splits beside splits by day, lot, line or camera, on stored features. */
import { fork, type Key, permutation } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import {
  bootstrapScores,
  headlineFeatures,
  judgeable,
  leftOutPredictions,
  type Matrix,
  type Product,
  pickRows,
  withFeatures,
} from "../../learn/measure/index.ts";
import type { SplitFacts } from "../../report/index.ts";
import { type Facet, facetsOf } from "./facets.ts";

const limits = {
  /** Values with labelled pictures, and labelled pictures, below which a split says nothing. */
  values: 3,
  items: 30,
  /** Whole days, lots or cameras are dealt to at most this many parts. */
  parts: 10,
  /** Rows beyond this are sampled. */
  rows: 4000,
  neighbours: 5,
} as const;

export interface SplitTask {
  readonly document: DatasetVersion;
  /** Of all items. */
  readonly features: Matrix;
  readonly labelSet: string;
  readonly product: Product;
  readonly key: Key;
}

/** Both heads for each facet that has enough values; facets in the document's order. */
export async function splitFacts(task: SplitTask): Promise<SplitFacts[]> {
  const { document, labelSet } = task;
  const set = document.labelSets.find(({ name }) => name === labelSet);
  if (!set) return [];
  const facts: SplitFacts[] = [];
  for (const facet of facetsOf(document, set)) facts.push(...(await factsOf(facet, set, task)));
  return facts;
}

async function factsOf(
  facet: Facet,
  set: LabelSet,
  { features, product, key: given }: SplitTask,
): Promise<SplitFacts[]> {
  const key = fork(given, "splits", facet.name);
  const labelled = [...set.codes.keys()].filter((i) => set.codes[i] >= 0 && facet.codes[i] >= 0);
  const order = permutation(fork(key, "rows"), labelled.length).subarray(0, limits.rows).sort();
  const rows = Array.from(order, (at) => labelled[at]);
  const values = Int32Array.from(rows, (i) => facet.codes[i]);
  const count = new Set(values).size;
  if (count < limits.values || rows.length < limits.items) return [];
  const codes = Int32Array.from(rows, (i) => set.codes[i]);
  const matrix = withFeatures(pickRows(features, rows), headlineFeatures);
  const parts = dealt(values);
  const shuffled = permutation(fork(key, "random"), rows.length);
  const random = Int32Array.from(shuffled, (at) => parts[at]);
  const predict = (of: Int32Array) =>
    leftOutPredictions(
      { matrix, codes, classes: set.classes.length, parts: of },
      { neighbours: limits.neighbours, product },
    );
  const [apart, mixed] = [await predict(parts), await predict(random)];
  const judged = judgeable({ codes, parts });
  const kept = [...codes.keys()].filter((row) => judged[row]);
  if (kept.length < limits.items) return [];
  return (["knn", "ncc"] as const).map((head) => {
    const right = (predicted: Int32Array) =>
      Float32Array.from(kept, (row) => (predicted[row] === codes[row] ? 1 : 0));
    const [byFacet, byChance] = [right(apart[head]), right(mixed[head])];
    const judgedCodes = Int32Array.from(kept, (row) => codes[row]);
    const groups = Int32Array.from(kept, (row) => values[row]);
    const bound = (scores: Float32Array, name: string, isGrouped: boolean) => {
      const options = { key: fork(key, head, name), ...(isGrouped && { groups }) };
      const { low, high } = bootstrapScores(scores, judgedCodes, options).balanced;
      return { value: balancedMean(scores, judgedCodes), low, high };
    };
    const worst = worstOf(byFacet, groups, facet);
    return {
      labelSet: set.name,
      facet: facet.name,
      values: count,
      items: kept.length,
      unjudged: rows.length - kept.length,
      head,
      random: bound(byChance, "random", false),
      byFacet: bound(byFacet, "facet", true),
      difference: bound(
        byFacet.map((score, i) => score - byChance[i]),
        "difference",
        true,
      ),
      ...(worst && { worst }),
    };
  });
}

/** Whole values to parts of about one size: the largest first, each to the smallest part so far. */
function dealt(values: Int32Array): Int32Array {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  const parts = new Array<number>(Math.min(limits.parts, sizes.size)).fill(0);
  const home = new Map<number, number>();
  for (const [value, size] of [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const part = parts.indexOf(Math.min(...parts));
    parts[part] += size;
    home.set(value, part);
  }
  return values.map((value) => home.get(value) ?? 0);
}

function balancedMean(scores: Float32Array, codes: Int32Array): number {
  const sums = new Map<number, [sum: number, count: number]>();
  for (const [i, code] of codes.entries()) {
    const [sum, count] = sums.get(code) ?? [0, 0];
    sums.set(code, [sum + scores[i], count + 1]);
  }
  return [...sums.values()].reduce((total, [sum, count]) => total + sum / count / sums.size, 0);
}

/** Of values with enough pictures, the one with the smallest share right. */
function worstOf(right: Float32Array, groups: Int32Array, { values }: Facet): SplitFacts["worst"] {
  const found = new Map<number, [right: number, of: number]>();
  for (const [i, value] of groups.entries()) {
    const [sum, count] = found.get(value) ?? [0, 0];
    found.set(value, [sum + right[i], count + 1]);
  }
  const [worst] = [...found]
    .filter(([, [, of]]) => of >= 10)
    .sort(([, a], [, b]) => a[0] / a[1] - b[0] / b[1]);
  return worst && { value: values[worst[0]], right: worst[1][0], of: worst[1][1] };
}
