/**
 * The learning curve by resampling: R random orders of the labelled pool, and of each order its first
 * n items for growing n (nested draws), a head fitted on them and judged on items set apart. Random
 * orders imitate labelling at random; labels that were selected do not forecast it.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import {
  type Examples,
  type HeadName,
  headKinds,
  likeliest,
  shelfFrame,
  softmax,
} from "../heads/index.ts";
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
import { chanceError, errorOf, type Goal, type JudgedItems, judgedItems } from "./goal.ts";

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
  /** Whether classes count alike when fitting, however many labels each has. */
  readonly weights?: "balanced" | "none";
  /**
   * Each classifier also labels the rest of the shelf; of what it calls a class the surer half is
   * learned from as if it were labelled (pseudo-labels, Lee 2013), once.
   */
  readonly selfTraining?: boolean;
  readonly product?: Product;
  /** From `shelfFrame`, for several curves on one shelf. */
  readonly frame?: Frame;
  readonly signal?: AbortSignal;
  /** After each draw. */
  readonly onDraw?: (done: number) => void;
}

export interface LearningCurve {
  readonly points: readonly CurvePoint[];
  /** Evaluation items that the error is a share of. */
  readonly items: number;
  /** Labels that the draws were made from. */
  readonly pool: number;
  readonly classes: number;
  /** What a guess errs. */
  readonly chance: number;
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
  test: JudgedItems & { readonly matrix: Matrix },
  options: CurveOptions,
): Promise<LearningCurve> {
  const { key, goal, repeats = 20, draw = "random", head = "ncc" } = options;
  const { product = plainProduct, weights = "none", selfTraining = false } = options;
  const kind = headKinds.find(({ name }) => name === head) ?? headKinds[0];
  const setting = options.setting ?? kind.settings[Math.floor(kind.settings.length / 2)];
  const rows = labelledRows(pool.codes);
  const frame = options.frame ?? (await shelfFrame(pool.matrix, { key, product }));
  const features = await inFrame(pickRows(pool.matrix, rows), frame, product);
  const codes = Int32Array.from(rows, (row) => pool.codes[row]);
  const judged = labelledRows(test.codes);
  const judgedFeatures = await inFrame(pickRows(test.matrix, judged), frame, product);
  const stand = test.weights;
  const judgedOnes = {
    codes: Int32Array.from(judged, (row) => test.codes[row]),
    weights: stand && Float64Array.from(judged, (row) => stand[row]),
  };
  const shelf = selfTraining ? await inFrame(pool.matrix, frame, product) : undefined;
  const still = { ...frame, means: new Float64Array(frame.columns), scale: 1, axes: undefined };
  const sizes = options.sizes ?? geometricSizes(rows.length, pool.classes);
  const errors = sizes.map(() => new Float64Array(repeats));
  const learn = async (examples: Labelled) => {
    const weighted = { ...examples, weights: classWeights(examples, weights) };
    const [score] = await kind.fit(weighted, [setting], { frame: still, product });
    return async (of: Matrix) => softmax(await score(of), 1);
  };
  for (let r = 0; r < repeats; r++) {
    const drawKey = fork(key, "draw", r);
    const order =
      draw === "random"
        ? permutation(drawKey, rows.length)
        : inTurn(codes, { key: drawKey, classes: pool.classes });
    for (const [s, size] of sizes.entries()) {
      const chosen = order.subarray(0, size);
      const own = Int32Array.from(chosen, (at) => codes[at]);
      const train = examplesOf(pickRows(features, chosen), own);
      const first = await learn(train);
      const rest = shelf && pickRows(shelf, othersThan(chosen, { rows, of: shelf.rows }));
      const answer = rest ? await learn(withOwnLabels(train, rest, await first(rest))) : first;
      const probabilities = await answer(judgedFeatures);
      const answers = { probabilities, classes: train.present, count: pool.classes, ...judgedOnes };
      errors[s][r] = errorOf(goal, answers);
    }
    options.signal?.throwIfAborted();
    options.onDraw?.(r + 1);
  }
  const points = sizes.map((labels, s) => ({ labels, errors: errors[s], ...momentsOf(errors[s]) }));
  const items = judgedItems(goal, judgedOnes);
  const { classes } = pool;
  const chance = chanceError(goal, classes);
  return { points, items, pool: rows.length, classes, chance, draw, head: kind.name };
}

interface Labelled extends Omit<Examples, "weights"> {
  /** Numbers of the classes that occur. */
  readonly present: readonly number[];
}

function examplesOf(features: Matrix, codes: Int32Array): Labelled {
  const present = [...new Set(codes)].sort((a, b) => a - b);
  const own = codes.map((code) => present.indexOf(code));
  return { features, codes: own, classes: present.length, present };
}

function classWeights({ codes, classes }: Labelled, rule: "balanced" | "none"): Float64Array {
  const counts = new Int32Array(classes);
  for (const code of codes) counts[code]++;
  return Float64Array.from(counts, (n) => (rule === "none" ? 1 : codes.length / (classes * n)));
}

/** Rows of the shelf but those chosen, which are numbered among the labelled `rows`. */
function othersThan(
  chosen: Uint32Array,
  { rows, of }: { readonly rows: Uint32Array; readonly of: number },
): Uint32Array {
  const taken = new Set(Array.from(chosen, (at) => rows[at]));
  return Uint32Array.from({ length: of }, (_, row) => row).filter((row) => !taken.has(row));
}

/** The labelled rows, and of the shelf's rows called a class the half that is called so most surely. */
function withOwnLabels(train: Labelled, shelf: Matrix, probabilities: Matrix): Labelled {
  const { predicted, confidence } = likeliest(probabilities);
  const sure = Array.from({ length: train.classes }, (_, c) =>
    [...predicted.keys()]
      .filter((row) => predicted[row] === c)
      .sort((a, b) => confidence[b] - confidence[a]),
  ).flatMap((rows) => rows.slice(0, Math.ceil(rows.length / 2)));
  const { features, codes, classes, present } = train;
  const { rows, columns } = features;
  const values = new Float32Array((rows + sure.length) * columns);
  values.set(features.values);
  values.set(pickRows(shelf, sure).values, rows * columns);
  return {
    features: { rows: rows + sure.length, columns, values },
    codes: Int32Array.from([...codes, ...sure.map((row) => predicted[row])]),
    classes,
    present,
  };
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
