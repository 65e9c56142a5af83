/** Walks over elements: every movement of data is a shape, strides and a start. */
import type { Shape } from "../../graph/index.ts";

/** How far apart neighbours along each axis lie in a plain row-major array. */
export function stridesOf(shape: Shape): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const size of [...shape].reverse()) {
    strides.unshift(stride);
    stride *= size;
  }
  return strides;
}

/** Where each element of `shape`, in row-major order, lies in an array with these strides. */
export function walk(shape: Shape, strides: readonly number[], start = 0): number[] {
  let offsets = [start];
  for (const [axis, size] of shape.entries()) {
    const steps = Array.from({ length: size }, (_, i) => i * strides[axis]);
    offsets = offsets.flatMap((offset) => steps.map((step) => offset + step));
  }
  return offsets;
}

/** Where each element of `target` takes its value from when `shape` is broadcast to it. */
export function walkBroadcast(shape: Shape, target: Shape): number[] {
  const lead = target.length - shape.length;
  const strides = stridesOf(shape);
  return walk(
    target,
    target.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : strides[axis - lead])),
  );
}

/** The shape with these axes reduced to size 1. */
export function reducedShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
}
