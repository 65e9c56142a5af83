/** What a head is: a classifier on frozen features, from few labels. Heads of one kind share this form. */
import {
  type Frame,
  type Groups,
  type Matrix,
  openBank,
  openTurning,
  type Product,
  rowBlock,
} from "../measure/index.ts";

export type HeadName = "ncc" | "ridge" | "logistic" | "knn";

/** Rows of the shelf, some of them labelled. */
export interface Labelled {
  readonly matrix: Matrix;
  /** -1 = no label. */
  readonly codes: Int32Array;
  readonly classes: number;
  /** Of every row: what belongs together is held out together. */
  readonly groups?: Groups | undefined;
}

/** Labelled rows alone, in the frame; every class occurs. */
export interface Examples {
  readonly features: Matrix;
  readonly codes: Int32Array;
  readonly classes: number;
  /** Of each class; 1 for all, or n / (classes · n_c), so that classes count alike. */
  readonly weights: Float64Array;
}

export interface Fitting {
  readonly frame: Frame;
  readonly product: Product;
}

/** What a fit found, in numbers alone and for features in the frame: enough to score again. */
export type HeadForm =
  | {
      readonly kind: "linear";
      /** `[classes, columns]`. */
      readonly weights: Matrix;
      readonly bias: Float64Array;
    }
  | {
      readonly kind: "neighbours";
      /** The labelled rows, and the class of each. */
      readonly bank: Matrix;
      readonly codes: Int32Array;
      /** Of each class's votes. */
      readonly weights: Float64Array;
      /** How many neighbours vote. */
      readonly count: number;
    };

/** Gives `[n, classes]` scores to features as they come; their softmax is a probability once scaled. */
export interface Scorer {
  (matrix: Matrix): Promise<Matrix>;
  readonly form: HeadForm;
}

export interface HeadKind {
  readonly name: HeadName;
  /** What is tried, from the simplest: penalties from strong to weak, or numbers of neighbours. */
  readonly settings: readonly number[];
  /** Whether features on principal axes make the fit faster; no fit depends on them. */
  readonly isTurned?: boolean;
  /** One scorer for each setting; what they share is computed once. */
  fit(train: Examples, settings: readonly number[], fitting: Fitting): Promise<readonly Scorer[]>;
}

const rowsAtOnce = 4096;

/** The frame of features that are in a frame already. */
export function stillFrame(columns: number): Frame {
  return { columns, means: new Float64Array(columns), scale: 1, axes: undefined };
}

/** weights `[classes, columns]` · x + bias, both for features in the frame. */
export function linearScorer(
  values: Float32Array,
  bias: Float64Array,
  { frame, product }: Fitting,
): Scorer {
  const { columns } = frame;
  const classes = bias.length;
  const weights = { rows: classes, columns, values };
  // Weights are turned once instead of every row.
  const unturned = { ...frame, axes: undefined };
  const held = { ...weights, values: turnedBack(weights, frame) };
  const score = async (matrix: Matrix): Promise<Matrix> => {
    const scores = new Float32Array(matrix.rows * classes);
    const size = Math.min(rowsAtOnce, matrix.rows);
    await using bank = await openBank(product, { rows: classes, columns, queries: size });
    await bank.hold(held);
    await inFrame(matrix, { frame: unturned, product }, async (block, from) => {
      const found = await bank.times(block);
      for (let i = 0; i < block.rows; i++) {
        for (let c = 0; c < classes; c++) {
          scores[(from + i) * classes + c] = found.values[i * found.columns + c] + bias[c];
        }
      }
    });
    return { rows: matrix.rows, columns: classes, values: scores };
  };
  return Object.assign(score, { form: { kind: "linear", weights, bias } as const });
}

/** W · axes: for rows that are centred and scaled, but not turned. */
function turnedBack({ rows, columns, values }: Matrix, { axes }: Frame): Float32Array {
  if (!axes) return values;
  const turned = new Float64Array(columns);
  const out = new Float32Array(values.length);
  for (let c = 0; c < rows; c++) {
    turned.fill(0);
    for (let p = 0; p < columns; p++) {
      const weight = values[c * columns + p];
      for (let q = 0, at = p * columns; q < columns; q++, at++) {
        turned[q] += weight * axes.values[at];
      }
    }
    out.set(turned, c * columns);
  }
  return out;
}

/** Visits the rows in the frame, block by block. */
export async function inFrame(
  matrix: Matrix,
  { frame, product }: Fitting,
  visit: (block: Matrix, from: number) => Promise<void>,
): Promise<void> {
  const size = Math.min(rowsAtOnce, matrix.rows);
  await using turning = await openTurning(frame, { product, rows: size });
  for (let from = 0; from < matrix.rows; from += size) {
    const to = Math.min(matrix.rows, from + size);
    await visit(await turning.apply(rowBlock(matrix, from, to)), from);
  }
}
