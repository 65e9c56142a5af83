/**
 * Predictions for each row by rows of all other parts: what a head would answer on a day, lot or
 * camera of which it has seen no label. The encoder stays as it is.
 */
import { knnPredictions } from "./knn.ts";
import { type Matrix, type Product, pickRows } from "./matrix.ts";
import { nccPredictions } from "./ncc.ts";
import { plainProduct } from "./product.ts";

export interface PartedRows {
  readonly matrix: Matrix;
  /** Class of each row. */
  readonly codes: Int32Array;
  readonly classes: number;
  /** The part of each row. */
  readonly parts: Int32Array;
}

export interface LeftOutOptions {
  readonly neighbours?: number;
  readonly product?: Product;
}

/** Predicted classes by nearest centre and by nearest neighbours; -1 where no other part can answer. */
export async function leftOutPredictions(
  { matrix, codes, classes, parts }: PartedRows,
  { neighbours = 5, product = plainProduct }: LeftOutOptions = {},
): Promise<{ readonly ncc: Int32Array; readonly knn: Int32Array }> {
  const ncc = new Int32Array(matrix.rows).fill(-1);
  const knn = new Int32Array(matrix.rows).fill(-1);
  for (const part of new Set(parts)) {
    const inside: number[] = [];
    const others: number[] = [];
    for (const [row, own] of parts.entries()) (own === part ? inside : others).push(row);
    const known = presentClasses(others, codes);
    if (known.length === 0) continue;
    const number = new Int32Array(classes).fill(-1);
    known.forEach((code, i) => {
      number[code] = i;
    });
    const train = {
      matrix: pickRows(matrix, others),
      codes: Int32Array.from(others, (row) => number[codes[row]]),
      classes: known.length,
    };
    const test = pickRows(matrix, inside);
    const centres = await nccPredictions(train, test, { product });
    const [near] = await knnPredictions(train, test, { neighbours: [neighbours], product });
    inside.forEach((row, i) => {
      ncc[row] = known[centres[i]];
      knn[row] = known[near.predicted[i]];
    });
  }
  return { ncc, knn };
}

/** For each row whether another part has its class: elsewhere nothing could be learnt of it. */
export function judgeable({ codes, parts }: Pick<PartedRows, "codes" | "parts">): boolean[] {
  const home = new Map<number, number>();
  const spread = new Set<number>();
  for (const [row, code] of codes.entries()) {
    const first = home.get(code) ?? parts[row];
    home.set(code, first);
    if (first !== parts[row]) spread.add(code);
  }
  return Array.from(codes, (code) => spread.has(code));
}

function presentClasses(rows: readonly number[], codes: Int32Array): number[] {
  return [...new Set(rows.map((row) => codes[row]))].sort((a, b) => a - b);
}
