/** How values are kept while a program runs: storages, and the forms in which a value lies in them. */
import type { Shape } from "../../graph/index.ts";
import type { ElementType, Layout } from "./library.ts";

/** A stretch of memory that lives from the first step that writes it to the last that reads it. */
export interface Storage {
  readonly bytes: number;
  /** Kept storages (parameters, state, constants) keep their place between runs. */
  readonly kept: boolean;
}

/** One form of a value. `strides` (in elements) are absent where the library chose the layout. */
export interface Held {
  readonly storage: Storage;
  readonly layout: Layout;
  /** Elements from the start of the storage. */
  readonly offset: number;
  readonly strides?: readonly number[];
}

export interface Strided extends Held {
  readonly strides: readonly number[];
}

export const bytesOf: { readonly [T in ElementType]: number } = { f32: 4, bf16: 2, s32: 4 };

export function isStrided(held: Held): held is Strided {
  return held.strides !== undefined;
}

export function rowMajor(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * Math.max(1, shape[axis + 1]);
  }
  return strides;
}

/** Whether the elements lie one after the other in row-major order. */
export function isDense({ layout: { dims }, strides }: Strided): boolean {
  const dense = rowMajor(dims);
  return dims.every((size, axis) => size === 1 || strides[axis] === dense[axis]);
}
