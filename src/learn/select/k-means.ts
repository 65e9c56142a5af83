/**
 * k-means: Lloyd's algorithm (1982) from k-means++ centres (Arthur & Vassilvitskii 2007), on at most
 * `rows` items drawn by the key; every row then takes its nearest centre. A centre that loses all its
 * rows goes to the row that is farthest from its own. Draws are exponential races by item
 * (argmin -log u / weight), so that they do not depend on the order of the rows.
 */
import { fork, type Key, threefry } from "../../base/index.ts";
import { classMeans, type Matrix, nearestCentres, type Product } from "../measure/index.ts";
import { allRows, chances, drawRows, type Frame, type Shelf } from "./shelf.ts";

export interface KMeansOptions {
  readonly key: Key;
  readonly clusters: number;
  readonly product: Product;
  readonly rounds?: number;
  /** Most rows that the centres are fitted on, and that the first centres are drawn from. */
  readonly rows?: number;
}

const seedRows = 4096;

/** The cluster of each row named. Clusters may be fewer than asked where rows are equal. */
export async function kMeans(
  { shelf, frame }: { readonly shelf: Shelf; readonly frame: Frame },
  { key, clusters, product, rounds = 25, rows = 20_000 }: KMeansOptions,
): Promise<Int32Array> {
  const drawn = drawRows(allRows(frame.rows), rows, chances(shelf, fork(key, "fitted")));
  const sample = frame.take(drawn);
  let centres = firstCentres({ shelf, frame }, { key, clusters });
  let assigned = await nearestCentres(sample, centres, { product });
  for (let round = 0; round < rounds; round++) {
    centres = moved(sample, assigned, centres);
    const next = await nearestCentres(sample, centres, { product });
    const isSettled = next.every((cluster, i) => cluster === assigned[i]);
    assigned = next;
    if (isSettled) break;
  }
  if (drawn.length === frame.rows) return assigned;
  const all = new Int32Array(frame.rows);
  for (let from = 0; from < frame.rows; from += rows) {
    const part = allRows(frame.rows).subarray(from, from + rows);
    all.set(await nearestCentres(frame.take(part), centres, { product }), from);
  }
  return all;
}

function firstCentres(
  { shelf, frame }: { readonly shelf: Shelf; readonly frame: Frame },
  { key, clusters }: { readonly key: Key; readonly clusters: number },
): Float64Array {
  const most = Math.max(seedRows, 4 * clusters);
  const drawn = drawRows(allRows(frame.rows), most, chances(shelf, fork(key, "seeds")));
  const { columns, values } = frame.take(drawn);
  const centres = new Float64Array(clusters * columns);
  const nearest = new Float64Array(drawn.length).fill(Number.POSITIVE_INFINITY);
  const keys = Array.from(drawn, (row) => fork(key, "centre", shelf.ids ? shelf.ids[row] : row));
  for (let c = 0; c < clusters; c++) {
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let i = 0; i < drawn.length; i++) {
      const weight = c === 0 ? 1 : nearest[i];
      const chance = (threefry(keys[i], c, 0)[0] + 0.5) / 2 ** 32;
      const time = weight > 0 ? -Math.log(chance) / weight : Number.POSITIVE_INFINITY;
      if (time < least) [best, least] = [i, time];
    }
    const own = values.subarray(best * columns, (best + 1) * columns);
    centres.set(own, c * columns);
    for (let i = 0, at = 0; i < drawn.length; i++) {
      let square = 0;
      for (let p = 0; p < columns; p++, at++) square += (values[at] - own[p]) ** 2;
      if (square < nearest[i]) nearest[i] = square;
    }
  }
  return centres;
}

function moved(sample: Matrix, assigned: Int32Array, centres: Float64Array): Float64Array {
  const { columns, rows, values } = sample;
  const clusters = centres.length / columns;
  const means = classMeans(sample, assigned, clusters);
  const counts = new Int32Array(clusters);
  for (const cluster of assigned) counts[cluster]++;
  if (counts.every((count) => count > 0)) return means;
  const squares = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let p = 0; p < columns; p++, at++) {
      squares[i] += (values[at] - means[assigned[i] * columns + p]) ** 2;
    }
  }
  for (let c = 0; c < clusters; c++) {
    if (counts[c] > 0) continue;
    const farthest = squares.indexOf(squares.reduce((most, square) => Math.max(most, square)));
    squares[farthest] = 0;
    means.set(values.subarray(farthest * columns, (farthest + 1) * columns), c * columns);
  }
  return means;
}
