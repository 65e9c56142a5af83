/**
 * k nearest neighbours by cosine (Wu et al., "Instance Discrimination", CVPR 2018; the protocol of
 * lightly and DINO): each neighbour at similarity s votes exp(s / 0.1). Deviation: k is clipped to
 * the smallest class of the training rows, or a small class could never win. Order by similarity,
 * then by row; equal votes go to the lower class. A float32 product finds the candidates; wherever
 * its error could change who is among the k, or who wins, float64 decides.
 */
import { countClasses, labelledRows } from "./labels.ts";
import type { Matrix, Product } from "./matrix.ts";
import { type Candidates, cosineError, nearestRows } from "./nearest-rows.ts";
import { nthGreatest } from "./nearest-so-far.ts";
import { plainProduct } from "./product.ts";

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
  const { matrix: bank, codes, classes } = train;
  const rows = labelledRows(codes);
  const smallest = countClasses(codes, classes).reduce(
    (least, count) => (count > 0 ? Math.min(least, count) : least),
    rows.length,
  );
  const answers = neighbours.map((asked) => ({
    asked,
    neighbours: Math.min(asked, smallest),
    predicted: new Int32Array(test.rows),
  }));
  const count = Math.max(...answers.map((answer) => answer.neighbours));
  await nearestRows({ bank, rows, queries: test, count, product }, (found) => {
    const exact = (row: number) => cosine(bank, row, test, found.query);
    for (const answer of answers) {
      const rule = { neighbours: answer.neighbours, codes, classes, temperature, exact };
      answer.predicted[found.query] = decide(found, rule, cosineError(bank.columns));
    }
  });
  return answers;
}

interface Rule {
  readonly neighbours: number;
  readonly codes: Int32Array;
  readonly classes: number;
  readonly temperature: number;
  /** Similarity of a row of the bank in float64. */
  readonly exact: (row: number) => number;
}

/** The vote in float32 where no error could change it, else in float64. */
function decide(found: Candidates, rule: Rule, error: number): number {
  const nearest = chosen(found, rule, 2 * error);
  const votes = new Float64Array(rule.classes);
  for (const at of nearest) {
    votes[rule.codes[found.rows[at]]] += Math.exp(found.similarities[at] / rule.temperature);
  }
  let best = 0;
  let next = 0;
  for (let c = 1; c < votes.length; c++) {
    if (votes[c] > votes[best]) {
      next = votes[best];
      best = c;
    } else if (votes[c] > next) next = votes[c];
  }
  // Each similarity is off by `error` at most, so each sum by a factor of exp(error / temperature).
  if (votes[best] > next * Math.exp((2 * error) / rule.temperature + rounding)) return best;
  return exactVote(
    nearest.map((at) => found.rows[at]),
    rule,
  );
}

/** Far above what summing the votes of thousands of neighbours in float64 can be off. */
const rounding = 1e-12;

/** Places of the most similar candidates; those within `slack` of the last one by float64. */
function chosen(
  { rows, similarities }: Candidates,
  { neighbours, exact }: Rule,
  slack: number,
): number[] {
  const edge = nthGreatest(similarities.slice(), neighbours);
  const [sure, near]: number[][] = [[], []];
  for (let at = 0; at < rows.length; at++) {
    if (similarities[at] > edge + slack) sure.push(at);
    else if (similarities[at] >= edge - slack) near.push(at);
  }
  const left = neighbours - sure.length;
  if (near.length === left) return [...sure, ...near];
  const decided = near
    .map((at) => ({ at, similarity: exact(rows[at]) }))
    .sort((a, b) => b.similarity - a.similarity || rows[a.at] - rows[b.at]);
  return [...sure, ...decided.slice(0, left).map(({ at }) => at)];
}

function exactVote(rows: readonly number[], { codes, classes, temperature, exact }: Rule): number {
  const votes = new Float64Array(classes);
  const nearest = rows
    .map((row) => ({ row, similarity: exact(row) }))
    .sort((a, b) => b.similarity - a.similarity || a.row - b.row);
  for (const { row, similarity } of nearest) {
    votes[codes[row]] += Math.exp(similarity / temperature);
  }
  return votes.indexOf(Math.max(...votes));
}

/** In float64; 0 where a row is all zeros. */
function cosine(left: Matrix, i: number, right: Matrix, j: number): number {
  const dot = dot64(left, i, right, j);
  return dot === 0 ? 0 : dot / Math.sqrt(dot64(left, i, left, i) * dot64(right, j, right, j));
}

function dot64(left: Matrix, i: number, right: Matrix, j: number): number {
  const [a, b] = [i * left.columns, j * right.columns];
  let [even, odd] = [0, 0];
  let p = 0;
  for (; p + 1 < left.columns; p += 2) {
    even += left.values[a + p] * right.values[b + p];
    odd += left.values[a + p + 1] * right.values[b + p + 1];
  }
  if (p < left.columns) even += left.values[a + p] * right.values[b + p];
  return even + odd;
}
