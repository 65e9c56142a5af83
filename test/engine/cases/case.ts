/** What a case of an op is: inputs to draw and what to build on them. One table serves four uses. */
import { fork, type Key, normal, permutation, uniform } from "../../../src/base/index.ts";
import type { DType, OpName, Shape, Tensor } from "../../../src/engine/index.ts";

export interface Draw {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly values: (key: Key) => ArrayLike<number>;
  /** Not differentiated by: conditions, indexes. */
  readonly fixed?: boolean;
}

export interface Case {
  readonly name: string;
  readonly inputs: readonly Draw[];
  /** Gradients are checked of the first output: only that one is differentiable. */
  readonly build: (...inputs: Tensor[]) => Tensor | readonly Tensor[];
  /** Why no finite differences are taken here: the point lies on a kink or outside the domain. */
  readonly kinks?: string;
}

/** How near to the reference, as normalised mean squared error, and why not nearer. */
export interface Tolerance {
  readonly nmse: number;
  readonly because: string;
}

/**
 * What NaN or an infinity in an input does. `as reference`: the same special values at the same
 * places. `free`: the executor may hide it, but what is finite in the reference stays right.
 * `spreads`: it may reach more outputs, but nothing that it reaches in the reference comes out finite.
 */
export type Special = "as reference" | { readonly free: string } | { readonly spreads: string };

export interface OpCases {
  readonly cases: readonly Case[];
  readonly tolerance: Tolerance;
  /** Of the gradient's program; the same as `tolerance` unless written. */
  readonly gradientTolerance?: Tolerance;
  /** `checked` by finite differences (draws keep away from kinks), or why there is nothing to check. */
  readonly gradient: "checked" | { readonly refused: string } | { readonly zero: string };
  readonly nan: Special;
  readonly infinity: Special;
  /** A size at which speed matters. */
  readonly speed: Case;
}

export type CaseTable = { readonly [K in OpName]: OpCases };

/** Two or three float32 roundings an element. */
export const rounding: Tolerance = { nmse: 1e-13, because: "a few float32 roundings an element" };

/** Approximations of transcendental functions in vendor libraries are good to about 1e-6 relative. */
export const approximated: Tolerance = {
  nmse: 1e-11,
  because: "vendor approximations of transcendental functions",
};

/** Sums of n products round n times, in any order. */
export const secondOrder = { refused: "first order only" } as const;

export const erfByVendor: Tolerance = {
  nmse: 1e-10,
  because: "vendors approximate the error function to some 1e-6",
};

export const summed: Tolerance = { nmse: 1e-11, because: "float32 sums of up to 2,250 products" };

/** Data is moved, never changed. */
export const exact: Tolerance = { nmse: 0, because: "nothing is computed" };

export function gaussian(...shape: number[]): Draw {
  return { shape, dtype: "f32", values: (key) => normal(key, sizeOf(shape)) };
}

/** Uniform on [0.5, 2). */
export function positive(...shape: number[]): Draw {
  return {
    shape,
    dtype: "f32",
    values: (key) => uniform(key, sizeOf(shape)).map((u) => 0.5 + 1.5 * u),
  };
}

/** At least 0.25 from 0, of either sign. */
export function awayFromZero(...shape: number[]): Draw {
  return {
    shape,
    dtype: "f32",
    values: (key) => normal(key, sizeOf(shape)).map((x) => x + 0.25 * (x < 0 ? -1 : 1)),
  };
}

/** All at least 0.01 from each other, in random order around 0. */
export function apart(...shape: number[]): Draw {
  const count = sizeOf(shape);
  return {
    shape,
    dtype: "f32",
    values: (key) =>
      Float64Array.from(permutation(key, count), (rank) => (rank - count / 2) * 0.01),
  };
}

/** Whole numbers 0 … below − 1, as floats or, with `indexes`, as i32. */
export function whole(below: number, ...shape: number[]): Draw {
  return {
    shape,
    dtype: "f32",
    values: (key) => uniform(key, sizeOf(shape)).map((u) => Math.floor(u * below)),
    fixed: true,
  };
}

export function indexes(below: number, ...shape: number[]): Draw {
  return { ...whole(below, ...shape), dtype: "i32" };
}

export function given(values: readonly number[], shape: Shape = [values.length]): Draw {
  return { shape, dtype: "f32", values: () => values };
}

/** The inputs' values, rounded to what the executor is given. */
export function drawInputs({ name, inputs }: Case, key: Key): (Float32Array | Int32Array)[] {
  return inputs.map(({ dtype, values }, i) => {
    const drawn = values(fork(key, name, i));
    return dtype === "f32" ? Float32Array.from(drawn) : Int32Array.from(drawn);
  });
}

export function asList(built: Tensor | readonly Tensor[]): readonly Tensor[] {
  return Array.isArray(built) ? built : [built as Tensor];
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
