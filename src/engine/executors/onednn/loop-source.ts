/**
 * Elementwise arithmetic as one loop: from nodes of one shape to the source of a function over typed
 * arrays. Each element is computed in float64 and rounded once, where it is stored; sums and maxima
 * of a loop are kept in float64 to its end.
 */
import type { Shape } from "../../graph/index.ts";
import { erf } from "../reference/index.ts";

export interface LoopInput {
  /** Elements between neighbours along each axis of the loop; 0 where the value is repeated. */
  readonly strides: readonly number[];
}

/** An expression over `x0`, `x1` … (inputs at the element) and `t0`, `t1` … (earlier terms). */
export interface LoopTerm {
  readonly expression: string;
}

export type LoopResult =
  | { readonly kind: "store"; readonly term: string }
  | {
      readonly kind: "sum" | "max";
      readonly term: string;
      /** As of an input: 0 along the axes that are reduced. */
      readonly strides: readonly number[];
      readonly size: number;
    };

export interface LoopSource {
  readonly shape: Shape;
  readonly inputs: readonly LoopInput[];
  readonly terms: readonly LoopTerm[];
  readonly results: readonly LoopResult[];
}

type Arrays = readonly (Float32Array | Int32Array)[];
export type Loop = (
  inputs: Arrays,
  outputs: readonly Float32Array[],
  scratch: readonly Float64Array[],
) => void;

const compiled = new Map<string, Loop>();

/** Loops of equal source are one function, so that the compiler warms it up once. */
export function compileLoop(source: LoopSource): Loop {
  const text = sourceOf(collapse(source));
  const known = compiled.get(text);
  if (known) return known;
  const made = new Function("erf", `"use strict"; return (xs, ys, accs) => {\n${text}\n};`)(
    erf,
  ) as Loop;
  compiled.set(text, made);
  return made;
}

/** Neighbouring axes that every operand walks evenly become one; axes of size 1 go. */
export function collapse(source: LoopSource): LoopSource {
  const { shape, inputs, results } = source;
  const reductions = results.map((result) =>
    result.kind === "store" ? undefined : result.strides,
  );
  const walks = [
    ...inputs.map((input) => input.strides),
    ...reductions.filter((one) => one !== undefined),
  ];
  const kept: number[] = [];
  const sizes: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const before = kept.at(-1);
    const joins =
      before !== undefined &&
      walks.every((strides) => strides[before] === strides[axis] * shape[axis]);
    if (joins) {
      sizes[sizes.length - 1] *= shape[axis];
      kept[kept.length - 1] = axis;
    } else {
      kept.push(axis);
      sizes.push(shape[axis]);
    }
  }
  const along = (strides: readonly number[]) => kept.map((axis) => strides[axis]);
  return {
    ...source,
    shape: sizes,
    inputs: inputs.map(({ strides }) => ({ strides: along(strides) })),
    results: results.map((result) =>
      result.kind === "store" ? result : { ...result, strides: along(result.strides) },
    ),
  };
}

/** The body of the loop: one nest over the shape, walking every operand by its strides. */
export function sourceOf({ shape, inputs, terms, results }: LoopSource): string {
  const rank = shape.length;
  const lines: string[] = [];
  const walked = [
    ...inputs.map((input, i) => ({ name: `i${i}`, strides: input.strides })),
    ...results.flatMap((result, i) =>
      result.kind === "store" ? [] : [{ name: `r${i}`, strides: result.strides }],
    ),
  ];
  const reductions = results.flatMap((result, i) =>
    result.kind === "store" ? [] : [{ ...result, i }],
  );
  for (const i of inputs.keys()) lines.push(`const a${i} = xs[${i}];`);
  for (const i of results.keys()) lines.push(`const y${i} = ys[${i}];`);
  for (const { i, kind } of reductions) {
    lines.push(`const s${i} = accs[${i}]; s${i}.fill(${kind === "sum" ? 0 : "-Infinity"});`);
  }
  lines.push("let o = 0;");
  const inner = rank - 1;
  for (const { name } of walked) lines.push(`let ${name}_0 = 0;`);
  for (let axis = 0; axis < rank; axis++) {
    if (axis === inner) {
      for (const { i, kind, strides } of reductions) {
        if (strides[inner] === 0) lines.push(`let l${i} = ${kind === "sum" ? 0 : "-Infinity"};`);
      }
    }
    lines.push(`for (let n${axis} = 0; n${axis} < ${shape[axis]}; n${axis}++) {`);
    if (axis < inner)
      for (const { name } of walked) lines.push(`let ${name}_${axis + 1} = ${name}_${axis};`);
  }
  const at = Math.max(0, inner);
  for (const i of inputs.keys()) lines.push(`const x${i} = a${i}[i${i}_${at}];`);
  for (const [i, { expression }] of terms.entries()) lines.push(`const t${i} = ${expression};`);
  for (const [i, result] of results.entries()) {
    const value = result.term;
    if (result.kind === "store") lines.push(`y${i}[o] = ${value};`);
    else {
      const local = rank > 0 && result.strides[inner] === 0;
      const target = local ? `l${i}` : `s${i}[r${i}_${at}]`;
      lines.push(
        result.kind === "sum"
          ? `${target} += ${value};`
          : `${target} = Math.max(${target}, ${value});`,
      );
    }
  }
  lines.push("o++;");
  for (let axis = rank - 1; axis >= 0; axis--) {
    for (const { name, strides } of walked) {
      if (strides[axis] !== 0) lines.push(`${name}_${axis} += ${strides[axis]};`);
    }
    lines.push("}");
    if (axis === inner) {
      for (const { i, kind, strides } of reductions) {
        if (strides[inner] !== 0) continue;
        const target = `s${i}[r${i}_${inner}]`;
        lines.push(
          kind === "sum" ? `${target} += l${i};` : `${target} = Math.max(${target}, l${i});`,
        );
      }
    }
  }
  for (const { i } of reductions) lines.push(`y${i}.set(s${i});`);
  return lines.join("\n");
}
