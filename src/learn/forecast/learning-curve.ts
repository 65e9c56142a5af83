/**
 * The learning curve by resampling: R random orders of the labelled pool, and of each order its first
 * n items for growing n (nested draws), a head fitted on them and judged on items set apart. Random
 * orders imitate labelling at random; labels that were selected do not forecast it.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import { type HeadName, headKinds, shelfFrame, softmax } from "../heads/index.ts";
import {
  type Frame,
  labelledRows,
  type Matrix,
  openTurning,
  type Product,
  pickRows,
  plainProduct,
  rowsByClass,
} from "../measure/index.ts";
import { errorOf, type Goal, judgedItems } from "./goal.ts";

export interface Pool {
  readonly matrix: Matrix;
  /** -1 = no label. */
  readonly codes: Int32Array;
  readonly classes: number;
}

export interface CurveOptions {
  readonly key: Key;
  readonly goal: Goal;
  /** Numbers of labels; default: a geometric grid up to the whole pool. */
  readonly sizes?: readonly number[];
  readonly repeats?: number;
  /** Labels as they come, or of each class in turn. */
  readonly draw?: "random" | "stratified";
  readonly head?: HeadName;
  readonly setting?: number;
  readonly product?: Product;
}

export interface LearningCurve {
  readonly points: readonly CurvePoint[];
  /** Evaluation items that the error is a share of. */
  readonly items: number;
  /** Labels that the draws were made from. */
  readonly pool: number;
  readonly draw: "random" | "stratified";
  readonly head: HeadName;
}

export interface CurvePoint {
  readonly labels: number;
  /** By draw, the same draw at the same place at every size. */
  readonly errors: Float64Array;
  readonly mean: number;
  /** Of one draw (n - 1). */
  readonly variance: number;
}

export async function learningCurve(
  pool: Pool,
  test: { readonly matrix: Matrix; readonly codes: Int32Array },
  options: CurveOptions,
): Promise<LearningCurve> {
  const { key, goal, repeats = 20, draw = "random", head = "ncc" } = options;
  const { product = plainProduct } = options;
  const kind = headKinds.find(({ name }) => name === head) ?? headKinds[0];
  const setting = options.setting ?? kind.settings[Math.floor(kind.settings.length / 2)];
  const rows = labelledRows(pool.codes);
  const frame = await shelfFrame(pool.matrix, { key, product });
  const features = await inFrame(pickRows(pool.matrix, rows), frame, product);
  const codes = Int32Array.from(rows, (row) => pool.codes[row]);
  const judged = labelledRows(test.codes);
  const judgedFeatures = await inFrame(pickRows(test.matrix, judged), frame, product);
  const judgedCodes = Int32Array.from(judged, (row) => test.codes[row]);
  const still = { ...frame, means: new Float64Array(frame.columns), scale: 1, axes: undefined };
  const sizes = options.sizes ?? geometricSizes(rows.length, pool.classes);
  const errors = sizes.map(() => new Float64Array(repeats));
  for (let r = 0; r < repeats; r++) {
    const drawKey = fork(key, "draw", r);
    const order =
      draw === "random"
        ? permutation(drawKey, rows.length)
        : inTurn(codes, { key: drawKey, classes: pool.classes });
    for (const [s, size] of sizes.entries()) {
      const chosen = order.subarray(0, size);
      const classes = [...new Set(Array.from(chosen, (at) => codes[at]))].sort((a, b) => a - b);
      const train = {
        features: pickRows(features, chosen),
        codes: Int32Array.from(chosen, (at) => classes.indexOf(codes[at])),
        classes: classes.length,
        weights: new Float64Array(classes.length).fill(1),
      };
      const [score] = await kind.fit(train, [setting], { frame: still, product });
      const probabilities = softmax(await score(judgedFeatures), 1);
      const answers = { probabilities, classes, codes: judgedCodes, count: pool.classes };
      errors[s][r] = errorOf(goal, answers);
    }
  }
  const points = sizes.map((labels, s) => ({ labels, errors: errors[s], ...momentsOf(errors[s]) }));
  const items = judgedItems(goal, judgedCodes);
  return { points, items, pool: rows.length, draw, head: kind.name };
}

/** From two labels a class, doubling by half steps, to all there are. */
export function geometricSizes(labels: number, classes: number): number[] {
  const sizes: number[] = [];
  for (let size = 2 * classes; size < 0.9 * labels; size *= Math.SQRT2)
    sizes.push(Math.round(size));
  return [...sizes, labels];
}

export function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: values.length > 1 ? square / (values.length - 1) : 0 };
}

/** One of each class, again and again, in a random order within each round. */
function inTurn(
  codes: Int32Array,
  { key, classes }: { readonly key: Key; readonly classes: number },
): Uint32Array {
  const { order, start } = rowsByClass(codes, classes);
  const own = Array.from({ length: classes }, (_, c) =>
    Array.from(permutation(fork(key, c), start[c + 1] - start[c]), (at) => order[start[c] + at]),
  );
  const rounds = Math.max(...own.map((rows) => rows.length));
  return Uint32Array.from(
    Array.from({ length: rounds }, (_, round) =>
      Array.from(permutation(fork(key, "round", round), classes), (c) => own[c][round]).filter(
        (row) => row !== undefined,
      ),
    ).flat(),
  );
}

async function inFrame(matrix: Matrix, frame: Frame, product: Product): Promise<Matrix> {
  await using turning = await openTurning(frame, { product, rows: matrix.rows });
  const { values } = await turning.apply(matrix);
  return { ...matrix, values: values.slice(0, matrix.values.length) };
}
