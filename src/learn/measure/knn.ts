/**
 * k nearest neighbours by cosine (Wu et al., "Instance Discrimination", CVPR 2018; the protocol of
 * lightly and DINO): each neighbour at similarity s votes exp(s / 0.1). Deviation: k is clipped to
 * the smallest class of the training rows, or a small class could never win. Order by similarity,
 * then by row; equal votes go to the lower class. A float32 product finds the candidates;
 * the k are then chosen and voted on in float64.
 */
import { countClasses, labelledRows } from "./labels.ts";
import { blocks, type Matrix, type Product, pickRows, rowBlock } from "./matrix.ts";
import { plainProduct } from "./product.ts";
import { normaliseRows } from "./protocol.ts";

export interface KnnOptions {
  /** Numbers of neighbours; all of them are answered from one search. */
  readonly neighbours?: readonly number[];
  readonly temperature?: number;
  readonly product?: Product;
}

export interface KnnAnswer {
  readonly asked: number;
  /** After clipping to the smallest class. */
  readonly neighbours: number;
  readonly predicted: Int32Array;
}

export const knnDefaults = { neighbours: [20, 200], temperature: 0.1 };

export async function knnPredictions(
  train: { readonly matrix: Matrix; readonly codes: Int32Array; readonly classes: number },
  test: Matrix,
  options: KnnOptions = {},
): Promise<KnnAnswer[]> {
  const { neighbours, temperature, product = plainProduct } = { ...knnDefaults, ...options };
  const rows = labelledRows(train.codes);
  const bank = normaliseRows(pickRows(train.matrix, rows));
  const queries = normaliseRows(test);
  const codes = Int32Array.from(rows, (row) => train.codes[row]);
  const smallest = countClasses(codes, train.classes).reduce(
    (least, count) => (count > 0 ? Math.min(least, count) : least),
    rows.length,
  );
  const answers = neighbours.map((asked) => ({
    asked,
    neighbours: Math.min(asked, smallest),
    predicted: new Int32Array(test.rows),
  }));
  const most = Math.max(...answers.map((answer) => answer.neighbours));
  for (const [from, to] of blocks(test.rows, queriesAtOnce)) {
    const { values } = await product(rowBlock(queries, from, to), bank);
    for (let query = from; query < to; query++) {
      const row = (query - from) * bank.rows;
      const nearest = nearestRows(values.subarray(row, row + bank.rows), most, (at) =>
        cosine(queries, query, bank, at),
      );
      for (const answer of answers) {
        answer.predicted[query] = vote(nearest, codes, {
          neighbours: answer.neighbours,
          classes: train.classes,
          temperature,
        });
      }
    }
  }
  return answers;
}

interface Neighbour {
  readonly row: number;
  readonly similarity: number;
}

/** The `count` most similar rows in order: candidates by float32, then float64. */
function nearestRows(
  similarities: Float32Array,
  count: number,
  exact: (row: number) => number,
): Neighbour[] {
  return candidates(similarities, count)
    .map((row) => ({ row, similarity: exact(row) }))
    .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
    .slice(0, count);
}

/**
 * Rows that may be among the `count` most similar. When features have collapsed nearly all rows
 * may: then float32 decides, and the first rows are taken.
 */
function candidates(similarities: Float32Array, count: number): number[] {
  const edge = largest(similarities, count);
  const [near, above, level]: number[][] = [[], [], []];
  for (let row = 0; row < similarities.length; row++) {
    if (similarities[row] < edge - slack) continue;
    near.push(row);
    if (similarities[row] > edge) above.push(row);
    else if (similarities[row] === edge) level.push(row);
  }
  const most = 8 * (count + 8);
  return near.length <= most ? near : [...above, ...level].slice(0, most);
}

/** The `count`-th largest value, through a heap of the largest seen so far. */
function largest(values: Float32Array, count: number): number {
  const heap = values.slice(0, count).sort();
  for (let i = count; i < values.length; i++) {
    const value = values[i];
    if (value <= heap[0]) continue;
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && heap[child + 1] < heap[child]) child++;
      if (heap[child] >= value) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
  return heap[0];
}

function vote(
  nearest: readonly Neighbour[],
  codes: Int32Array,
  rule: { readonly neighbours: number; readonly classes: number; readonly temperature: number },
): number {
  const votes = new Float64Array(rule.classes);
  let best = 0;
  for (let n = 0; n < Math.min(rule.neighbours, nearest.length); n++) {
    const { row, similarity } = nearest[n];
    votes[codes[row]] += Math.exp(similarity / rule.temperature);
  }
  for (let c = 1; c < rule.classes; c++) if (votes[c] > votes[best]) best = c;
  return best;
}

function cosine(left: Matrix, i: number, right: Matrix, j: number): number {
  const [a, b] = [i * left.columns, j * left.columns];
  let dot = 0;
  for (let p = 0; p < left.columns; p++) dot += left.values[a + p] * right.values[b + p];
  return dot;
}

/** Twice what a float32 sum of unit vectors may be off. */
const slack = 2e-5;

/** Keeps a block of similarities below 64 MB at 60,000 training rows. */
const queriesAtOnce = 256;
