/**
 * Percentile bootstrap (Efron 1979) of accuracy-like scores over items, or over whole groups when
 * the items of a group hang together (cluster bootstrap). What was trained stays as it is: the
 * interval is about the evaluation items, not about the training split or the seed.
 */
import { fork, type Key, threefry } from "../../base/index.ts";
import { type Interval, level } from "./interval.ts";
import { type Groups, numberGroups } from "./labels.ts";

export interface BootstrapOptions {
  readonly key: Key;
  /** The group of each scored item. */
  readonly groups?: Groups | undefined;
  /** How many items each stands for; default: 1. */
  readonly weights?: ArrayLike<number> | undefined;
  readonly repeats?: number;
}

export interface ScoreIntervals {
  /** Of the mean over items. */
  readonly accuracy: Interval;
  /** Of the mean over classes of the means over their items; a class absent from a draw is left out. */
  readonly balanced: Interval;
}

/** `scores[i]` of item i of class `codes[i]`: 0 or 1, or differences of two such scores. */
export function bootstrapScores(
  scores: Float32Array,
  codes: Int32Array,
  { key, groups, weights, repeats = 1000 }: BootstrapOptions,
): ScoreIntervals {
  const classes = codes.reduce((most, code) => Math.max(most, code), -1) + 1;
  const { order, start } = units(groups, scores.length);
  const drawUnit = indexStream(fork(key, "bootstrap"), start.length - 1);
  const [accuracies, balances] = [new Float64Array(repeats), new Float64Array(repeats)];
  const [sums, counts] = [new Float64Array(classes), new Float64Array(classes)];
  for (let repeat = 0; repeat < repeats; repeat++) {
    sums.fill(0);
    counts.fill(0);
    for (let draw = 1; draw < start.length; draw++) {
      const unit = drawUnit();
      for (let at = start[unit]; at < start[unit + 1]; at++) {
        const item = order[at];
        const weight = weights?.[item] ?? 1;
        sums[codes[item]] += weight * scores[item];
        counts[codes[item]] += weight;
      }
    }
    let [total, items, balance, present] = [0, 0, 0, 0];
    for (let c = 0; c < classes; c++) {
      if (counts[c] === 0) continue;
      total += sums[c];
      items += counts[c];
      balance += sums[c] / counts[c];
      present++;
    }
    accuracies[repeat] = total / items;
    balances[repeat] = balance / present;
  }
  const method = groups ? "bootstrap over groups" : "bootstrap over items";
  return {
    accuracy: { ...percentiles(accuracies), level, method },
    balanced: { ...percentiles(balances), level, method },
  };
}

/** Items ordered by their unit of drawing: unit u is `order[start[u]…start[u + 1]]`. */
function units(groups: Groups | undefined, items: number) {
  if (!groups) {
    const order = Uint32Array.from({ length: items }, (_, i) => i);
    return { order, start: Uint32Array.from({ length: items + 1 }, (_, i) => i) };
  }
  const { codes, count } = numberGroups(groups);
  const start = new Uint32Array(count + 1);
  for (const code of codes) start[code + 1]++;
  for (let u = 0; u < count; u++) start[u + 1] += start[u];
  const next = start.slice();
  const order = new Uint32Array(items);
  codes.forEach((code, item) => {
    order[next[code]++] = item;
  });
  return { order, start };
}

function percentiles(values: Float64Array): { readonly low: number; readonly high: number } {
  const sorted = values.slice().sort();
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

/**
 * Integers uniform on 0 … bound - 1, tens of millions of them: sfc32 (Doty-Humphrey, PractRand),
 * its state filled from the key. The bias of scaling 32 bits is below bound / 2^32.
 */
function indexStream(key: Key, bound: number): () => number {
  let [a, b] = threefry(key, 0, 0);
  let c = threefry(key, 1, 0)[0];
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return Math.floor(((sum >>> 0) / 2 ** 32) * bound);
  };
  for (let warmUp = 0; warmUp < 16; warmUp++) next();
  return next;
}
