/** Compiles with chosen ways instead of measured ones, and holds results against the reference. */
import { expect } from "vitest";
import { fork, normal } from "../../../src/base/index.ts";
import type { Library } from "../../../src/engine/executors/onednn/library.ts";
import { lower } from "../../../src/engine/executors/onednn/lower.ts";
import { openLibrary } from "../../../src/engine/executors/onednn/open.ts";
import { createProgram } from "../../../src/engine/executors/onednn/program.ts";
import {
  type Program,
  type ProgramSpec,
  placeholdersOf,
  sizeOf,
  type Tensor,
} from "../../../src/engine/index.ts";
import { expectedOf, key } from "../build-case.ts";
import { nmse } from "../compare.ts";

const opened = new Map<string, Library>();

export function opening(path: string): Library {
  const library = opened.get(path) ?? openLibrary(path);
  opened.set(path, library);
  return library;
}

/** `prefer` picks among the ways of a convolution by their names; else the first is taken. */
export function compileWith(library: Library, spec: ProgramSpec, prefer = /^direct f32$/): Program {
  return library.scope(() => {
    const lowered = lower(spec, {
      library,
      precision: "f32",
      mixed: false,
      choose: (_, ways) => (ways.find(({ name }) => prefer.test(name)) ?? ways[0]).name,
    });
    return createProgram(library, spec, { lowered, plan: lowered.plan, threads: 2 });
  });
}

/** Drawn values for everything that a program is given; variances are positive. */
export function drawn(spec: ProgramSpec): Record<string, Float32Array> {
  return Object.fromEntries(
    placeholdersOf(spec).map(({ attributes: { name, shape } }) => {
      const values = Float32Array.from(normal(fork(key, name), sizeOf(shape)));
      return [name, /variance/.test(name) ? values.map((x) => 0.5 + x * x) : values];
    }),
  );
}

export async function runOn(
  program: Program,
  spec: ProgramSpec,
  values: Readonly<Record<string, Float32Array>>,
): Promise<Record<string, Float32Array>> {
  const inputs: Record<string, Float32Array> = {};
  for (const { attributes } of placeholdersOf(spec)) {
    if (attributes.role === "input") inputs[attributes.name] = values[attributes.name];
    else await program.write(attributes.name, values[attributes.name]);
  }
  return program.run(inputs);
}

/** Runs once and compares every output; gives the plan. */
export async function agree(
  library: Library,
  outputs: Readonly<Record<string, Tensor>>,
  { limit, prefer, scale = {} }: { limit: number; prefer?: RegExp; scale?: Record<string, number> },
): Promise<string[]> {
  const spec: ProgramSpec = { outputs };
  const values = drawn(spec);
  for (const [name, factor] of Object.entries(scale))
    values[name] = values[name].map((x) => x * factor);
  const program = compileWith(library, spec, prefer);
  try {
    const found = await runOn(program, spec, values);
    const expected = expectedOf(spec, values);
    for (const name of Object.keys(expected)) {
      expect(nmse(found[name], expected[name]), name).toBeLessThan(limit);
    }
    return (program.plan as readonly string[]).slice();
  } finally {
    await program.dispose();
  }
}
