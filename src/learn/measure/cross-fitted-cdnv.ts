/**
 * Directional CDNV without its small-sample bias. The plug-in form is distorted twice at n rows a
 * class: ‖D‖² is too large by tr(Cov) / n, and D leans towards the rows that are then judged along
 * it. Two folds keyed at random, with centres and D', D" from each, undo the first order of both:
 * Vt_ij = D'ᵀ S_i D" / (D' · D")², S_i the covariance of class i about its fold's means (n - 2).
 * For normal rows, means and covariance are independent, so numerator and D' · D" are unbiased.
 * Not in the paper; cross-fitting is standard. Pairs with D' · D" ≤ 0 are not separable at this n:
 * they have no value and are counted. Classes with fewer than four rows, or one group, take no part.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import { summary } from "./cdnv.ts";
import { classMeans } from "./class-statistics.ts";
import { projections } from "./directional-cdnv.ts";
import { countClasses, type Groups, numberGroups, rowsByClass } from "./labels.ts";
import type { Matrix, Product } from "./matrix.ts";
import { plainProduct } from "./product.ts";

export interface CrossFitOptions {
  readonly key: Key;
  /** Rows of one group stay in one fold. */
  readonly groups?: Groups | undefined;
  readonly product?: Product;
}

export interface CrossFitted {
  readonly mean: number;
  readonly median: number;
  /** `[classes, classes]`, ordered; NaN on the diagonal and for pairs without a value. */
  readonly pairs: Float64Array;
  /** Ordered pairs of classes large enough, of which D' · D" ≤ 0. */
  readonly inseparable: number;
  readonly leftOut: readonly number[];
}

export async function crossFittedCdnv(
  matrix: Matrix,
  labels: { readonly codes: Int32Array; readonly classes: number },
  { key, groups, product = plainProduct }: CrossFitOptions,
): Promise<CrossFitted> {
  const { codes, classes } = labels;
  const { order, start } = rowsByClass(codes, classes);
  const folds = twoFolds({ order, start }, groups, key);
  // Class c of fold h is number h · classes + c: a row deviates from the mean of its own fold.
  const own = codes.map((code, row) => (code < 0 ? -1 : folds[row] * classes + code));
  const means = classMeans(matrix, own, 2 * classes, { threads: product.threads });
  const along = await projections(matrix, { order, own, means, directions: means }, product);
  const sizes = countClasses(own, 2 * classes);
  const leftOut = Array.from({ length: classes }, (_, c) => c).filter(
    (c) => sizes[c] + sizes[classes + c] < 4 || sizes[c] === 0 || sizes[classes + c] === 0,
  );
  const pairs = new Float64Array(classes * classes);
  for (let r = 0; r < order.length; r++) {
    const i = codes[order[r]];
    const freedom = start[i + 1] - start[i] - 2;
    const [first, second] = [2 * r * classes, (2 * r + 1) * classes];
    for (let j = 0; j < classes; j++) {
      const alongFirst = along[first + j] - along[first + i];
      const alongSecond = along[second + j] - along[second + i];
      pairs[i * classes + j] += (alongFirst * alongSecond) / freedom;
    }
  }
  const inseparable = divideByDistances(pairs, means, leftOut);
  return { ...summary(pairs), pairs, inseparable, leftOut };
}

/** Divides the numerators by (D' · D")², in place; returns how many pairs have D' · D" ≤ 0. */
function divideByDistances(
  pairs: Float64Array,
  means: Float64Array,
  leftOut: readonly number[],
): number {
  const classes = Math.sqrt(pairs.length);
  const half = means.length / 2;
  const columns = half / classes;
  let inseparable = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      let common = 0;
      for (let p = i * columns, q = j * columns; q < (j + 1) * columns; p++, q++) {
        common += (means[q] - means[p]) * (means[half + q] - means[half + p]);
      }
      const takesPart = i !== j && !leftOut.includes(i) && !leftOut.includes(j);
      if (takesPart && common <= 0) inseparable++;
      if (takesPart && common > 0) pairs[i * classes + j] /= common ** 2;
      else pairs[i * classes + j] = Number.NaN;
    }
  }
  return inseparable;
}

/** 0 or 1 for each row: within a class, groups in random order each join the smaller fold. */
function twoFolds(
  { order, start }: { readonly order: Uint32Array; readonly start: Uint32Array },
  groups: Groups | undefined,
  key: Key,
): Uint8Array {
  const folds = new Uint8Array(order.reduce((most, row) => Math.max(most, row), -1) + 1);
  for (let c = 0; c + 1 < start.length; c++) {
    const rows = order.subarray(start[c], start[c + 1]);
    const members = groups ? numberGroups(groups, rows) : undefined;
    const units: number[][] = Array.from({ length: members?.count ?? rows.length }, () => []);
    rows.forEach((row, r) => {
      units[members ? members.codes[r] : r].push(row);
    });
    const sizes = [0, 0];
    for (const unit of permutation(fork(key, "folds", c), units.length)) {
      const fold = sizes[0] <= sizes[1] ? 0 : 1;
      sizes[fold] += units[unit].length;
      for (const row of units[unit]) folds[row] = fold;
    }
  }
  return folds;
}
