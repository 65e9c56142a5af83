/**
 * Directional CDNV (Luthra, Yang, Galanti, NeurIPS 2025, arXiv 2506.04411; paper.md §A5): the spread
 * that matters for telling two classes apart. With D = mu_j - mu_i,
 * Vt_ij = E_i[((f - mu_i) · D)²] / ‖D‖⁴, mean over ordered pairs.
 */
import { coincidentPairs, type PairMeasure, summary, usableDistances } from "./cdnv.ts";
import type { ClassStatistics } from "./class-statistics.ts";
import { rowsByClass } from "./labels.ts";
import { blocks, type Matrix, type Product, transpose } from "./matrix.ts";
import { plainProduct } from "./product.ts";

export interface DirectionalOptions {
  readonly product?: Product;
}

/** The plug-in form, over all rows of a class. */
export async function directionalCdnv(
  matrix: Matrix,
  codes: Int32Array,
  statistics: ClassStatistics,
  { product = plainProduct }: DirectionalOptions = {},
): Promise<PairMeasure> {
  const { classes, counts, means } = statistics;
  const distances = usableDistances(statistics);
  const { order } = rowsByClass(codes, classes);
  const along = await projections(matrix, { order, own: codes, means, directions: means }, product);
  const pairs = new Float64Array(classes * classes);
  for (let r = 0; r < order.length; r++) {
    const i = codes[order[r]];
    const toOwn = along[r * classes + i];
    for (let j = 0; j < classes; j++) {
      const at = i * classes + j;
      along[r * classes + j] -= toOwn;
      pairs[at] += along[r * classes + j] ** 2 / (counts[i] * distances[at] ** 2);
    }
  }
  for (let at = 0; at < pairs.length; at++) if (Number.isNaN(distances[at])) pairs[at] = Number.NaN;
  const terms = { matrix, codes, statistics, distances, order, along, pairs };
  return {
    ...summary(pairs),
    pairs,
    coincident: coincidentPairs(statistics, distances),
    influence: await influences(terms, product),
  };
}

/**
 * (f - mean) · direction for the rows in `order` and all directions, `[order, directions]`, up to a
 * term that all directions share: only differences along a row mean something. `own` tells which of
 * `means` a row deviates from. Deviations are taken before the float32 product, so it loses little.
 */
export async function projections(
  matrix: Matrix,
  terms: {
    readonly order: Uint32Array;
    readonly own: Int32Array;
    readonly means: Float64Array;
    readonly directions: Float64Array;
  },
  product: Product,
): Promise<Float32Array> {
  const { order, own, means, directions } = terms;
  const { columns } = matrix;
  const count = directions.length / columns;
  const right = { rows: count, columns, values: withoutMean(directions, columns) };
  const along = new Float32Array(order.length * count);
  for (const [from, to] of blocks(order.length)) {
    const deviations = deviationBlock(matrix, order.subarray(from, to), own, means);
    along.set((await product(deviations, right)).values, from * count);
  }
  return along;
}

/** Each row less its own mean, in float64, then rounded. */
function deviationBlock(
  { columns, values }: Matrix,
  rows: Uint32Array,
  own: Int32Array,
  means: Float64Array,
): Matrix {
  const deviations = new Float32Array(rows.length * columns);
  for (let r = 0; r < rows.length; r++) {
    const [p, q] = [rows[r] * columns, own[rows[r]] * columns];
    for (let k = 0; k < columns; k++) {
      deviations[r * columns + k] = values[p + k] - means[q + k];
    }
  }
  return { rows: rows.length, columns, values: deviations };
}

interface Terms {
  readonly matrix: Matrix;
  readonly codes: Int32Array;
  readonly statistics: ClassStatistics;
  readonly distances: Float64Array;
  readonly order: Uint32Array;
  readonly along: Float32Array;
  readonly pairs: Float64Array;
}

/**
 * First-order change of the mean over pairs when row x of class c, at deviation e from its mean,
 * gains weight. With q_j = e · (mu_j - mu_c), S = Vt D², D the squared distance and
 * w_ij = E_i[q_j e], it is the sum over j of
 * (q_j² - S_cj) / D² + 4 (S_cj + S_jc) q_j / D³ - 2 e · w_cj / D² + 2 e · w_jc / D².
 */
async function influences(terms: Terms, product: Product): Promise<Float64Array> {
  const { matrix, codes, statistics, distances, order, along, pairs } = terms;
  const { classes, columns, counts, means } = statistics;
  const counted = pairs.filter((value) => !Number.isNaN(value)).length;
  const influence = new Float64Array(codes.length);
  if (counted === 0) return influence;
  const turn = await turningVectors(terms, product);
  for (let r = 0; r < order.length; r++) {
    const x = order[r];
    const c = codes[x];
    let change = 0;
    for (let j = 0; j < classes; j++) {
      const distance = distances[c * classes + j];
      if (Number.isNaN(distance)) continue;
      const q = along[r * classes + j];
      change += (q / distance) ** 2 - pairs[c * classes + j];
      change += (4 * (pairs[c * classes + j] + pairs[j * classes + c]) * q) / distance;
    }
    for (let p = x * columns, t = c * columns; t < (c + 1) * columns; p++, t++) {
      change += (matrix.values[p] - means[t]) * turn[t];
    }
    influence[x] = change / (counts[c] * counted);
  }
  return influence;
}

/** 2 Σ_j (w_jc - w_cj) / D² for each class c: how a shift of mu_c turns the directions. */
async function turningVectors(terms: Terms, product: Product): Promise<Float64Array> {
  const { matrix, codes, statistics, distances, order, along } = terms;
  const { classes, columns, counts, means } = statistics;
  const turn = new Float64Array(classes * columns);
  for (const [from, to] of blocks(order.length)) {
    const size = to - from;
    const deviations = deviationBlock(matrix, order.subarray(from, to), codes, means);
    const weights = new Float32Array(classes * size);
    for (let r = 0; r < size; r++) {
      const i = codes[order[from + r]];
      let own = 0;
      for (let j = 0; j < classes; j++) {
        const distance = distances[i * classes + j];
        if (Number.isNaN(distance)) continue;
        const weight = (2 * along[(from + r) * classes + j]) / (counts[i] * distance ** 2);
        weights[j * size + r] = weight;
        own -= weight;
      }
      weights[i * size + r] = own;
    }
    const part = await product(
      { rows: classes, columns: size, values: weights },
      transpose(deviations),
    );
    for (let t = 0; t < turn.length; t++) turn[t] += part.values[t];
  }
  return turn;
}

function withoutMean(centres: Float64Array, columns: number): Float32Array {
  const classes = centres.length / columns;
  const mean = new Float64Array(columns);
  for (let q = 0; q < centres.length; q++) mean[q % columns] += centres[q] / classes;
  return Float32Array.from(centres, (value, q) => value - mean[q % columns]);
}
