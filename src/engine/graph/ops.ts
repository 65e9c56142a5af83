/**
 * The op table: every primitive, its attributes and what it means. An op is here because vendor
 * libraries have a primitive for it and its gradient, or because nothing else composes to it; all
 * else is composition (`compose.ts`). Every transformation is a total table over `OpName`.
 */

export type DType = "f32" | "i32";
export type Shape = readonly number[];

/** `input`: given at each run; `parameter` and `state`: owned by the program, read and written by name. */
export type Role = "input" | "parameter" | "state";

/** Spatial pairs are [height, width]; series use height 1. */
export interface Window {
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
}

export interface PoolWindow {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
}

interface None {
  readonly [name: string]: never;
}

interface Reduction {
  readonly axes: readonly number[];
  readonly keepDimensions: boolean;
}

export interface OpAttributes {
  // Leaves. `identity` keeps two placeholders of equal name and shape apart.
  placeholder: { name: string; role: Role; shape: Shape; dtype: DType; identity: number };
  constant: { values: readonly number[]; shape: Shape; dtype: DType };

  // Elementwise with NumPy broadcasting. Comparisons give 1 or 0 as f32; `equal` also takes i32.
  add: None;
  subtract: None;
  multiply: None;
  divide: None;
  maximum: None;
  equal: None;
  greater: None;
  /** (condition, whenTrue, whenFalse): condition ≠ 0. */
  select: None;

  negate: None;
  exp: None;
  log: None;
  sqrt: None;
  tanh: None;
  erf: None;
  /** x·Φ(x), by the error function itself: libraries have it and its gradient as one pass each. */
  gelu: None;
  /** (x, dy) → dy·(Φ(x) + x·φ(x)). */
  geluGradient: None;
  sin: None;
  cos: None;
  abs: None;
  relu: None;
  /** The identity, through which no gradient passes. */
  stopGradient: None;

  sum: Reduction;
  /** Equals share the gradient. */
  max: Reduction;
  softmax: { axis: number };
  /** (y, dy) → y·(dy − Σ y·dy), y being the softmax: one pass in libraries, three if composed. */
  softmaxGradient: { axis: number };
  logSoftmax: { axis: number };

  /** [..., m, k] · [..., k, n] with broadcast batch dimensions. */
  matmul: None;

  reshape: { shape: Shape };
  transpose: { permutation: readonly number[] };
  broadcastTo: { shape: Shape };
  /** Elements `starts[i] … ends[i] - 1` of each axis. */
  slice: { starts: readonly number[]; ends: readonly number[] };
  concatenate: { axis: number };
  /** Zeros before and after each axis. */
  pad: { before: readonly number[]; after: readonly number[] };
  /** (table [rows, ...], indexes i32 [...]) → [...indexes, ...]. An index outside 0 … rows − 1 is an error. */
  gather: None;
  /** (updates [...indexes, ...], indexes i32) → [rows, ...]; equal indexes add up. */
  scatterAdd: { rows: number };

  /** (x [n, c, h, w], weight [o, c, kh, kw]) → [n, o, h', w']: cross-correlation, no bias. */
  convolution: Window;
  /** (dy, weight) → dx of `inputShape`. */
  convolutionDataGradient: Window & { inputShape: Shape };
  /** (x, dy) → dweight with spatial size `kernel`. */
  convolutionWeightGradient: Window & { kernel: readonly [number, number] };

  /** x [n, c, h, w] → y, workspace. Padding never wins; of equals the first in row order takes the gradient. */
  maxPool: PoolWindow;
  /** (x, dy, workspace of the forward) → dx. */
  maxPoolGradient: PoolWindow;

  /** (x [n, c, ...], scale [c], shift [c]) → y, mean [c], biased variance [c], saved: over all but axis 1. */
  batchNorm: { epsilon: number };
  /** (x, scale, dy, mean, variance, saved of the forward) → dx, dscale, dshift. */
  batchNormGradient: { epsilon: number };
  /** (x, scale, shift, mean, variance) → y with the given statistics. */
  batchNormInference: { epsilon: number };

  /** (x [..., d], scale [d], shift [d]) → y, saved: over the last axis. */
  layerNorm: { epsilon: number };
  /** (x, scale, dy, saved of the forward) → dx, dscale, dshift. */
  layerNormGradient: { epsilon: number };
}

export type OpName = keyof OpAttributes;
