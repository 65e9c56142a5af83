/** How likely items of the shelf are of one class, by a head that was not fitted on them. */
import { fork, type Key } from "../../base/index.ts";
import { fitClassifier } from "../../learn/heads/index.ts";
import { labelledRows, type Matrix, type Product, pickRows } from "../../learn/measure/index.ts";
import { someRows } from "./some-rows.ts";

export interface Asked {
  readonly key: Key;
  readonly product: Product;
  /** Number of the class, and its share among the items. */
  readonly class: number;
  readonly share: number;
}

const mostRows = 5000;

/** Cross-validated on labelled rows, and scaled so that its mean is the class's share. */
export async function classProbability(
  pool: { readonly matrix: Matrix; readonly codes: Int32Array; readonly classes: number },
  { key, product, class: number, share }: Asked,
): Promise<Float64Array | undefined> {
  const rows = someRows(labelledRows(pool.codes), mostRows, fork(key, "class-rows"));
  const labelled = {
    matrix: pickRows(pool.matrix, rows),
    codes: Int32Array.from(rows, (row) => pool.codes[row]),
    classes: pool.classes,
  };
  const options = { key: fork(key, "class"), kinds: ["ridge"] as const, product };
  const { heldOut, classes } = await fitClassifier(labelled, options);
  const column = classes.indexOf(number);
  if (!heldOut || column < 0) return undefined;
  const { rows: count, columns, values } = heldOut.probabilities;
  const own = Float64Array.from({ length: count }, (_, i) => values[i * columns + column]);
  const mean = own.reduce((sum, p) => sum + p / count, 0);
  return own.map((p) => Math.min(1, (p * share) / mean));
}
