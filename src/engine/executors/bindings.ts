/** What every executor checks before it runs: names, sizes and types of the values it is given. */
import { Problem } from "../../base/index.ts";
import { type Node, type ProgramSpec, placeholdersOf, sizeOf } from "../graph/index.ts";
import type { Values } from "./executor.ts";

/** The placeholders of a program by name: what each run is given, and what the program owns. */
export interface Bindings {
  readonly inputs: ReadonlyMap<string, Node<"placeholder">>;
  readonly owned: ReadonlyMap<string, Node<"placeholder">>;
}

export function bindingsOf(spec: ProgramSpec): Bindings {
  const inputs = new Map<string, Node<"placeholder">>();
  const owned = new Map<string, Node<"placeholder">>();
  for (const node of placeholdersOf(spec)) {
    const { name, role } = node.attributes;
    (role === "input" ? inputs : owned).set(name, node);
  }
  return { inputs, owned };
}

/** Throws unless there is exactly one fitting array for each input. */
export function checkInputs({ inputs }: Bindings, given: Readonly<Record<string, Values>>): void {
  for (const [name, node] of inputs) {
    const values = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!values) {
      throw new Problem("engine/missing-input", { name, given: list(Object.keys(given)) });
    }
    checkValues(node, values);
  }
  const unknown = Object.keys(given).find((name) => !inputs.has(name));
  if (unknown !== undefined) {
    throw new Problem("engine/unknown-input", { name: unknown, known: list([...inputs.keys()]) });
  }
}

/** The outputs to bring back, in the program's order: all, or those that are asked for. */
export function wantedOutputs(
  { outputs }: ProgramSpec,
  wanted: readonly string[] | undefined,
): readonly string[] {
  const known = Object.keys(outputs);
  const unknown = wanted?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Problem("engine/unknown-output", { name: unknown, known: list(known) });
  }
  return wanted ? known.filter((name) => wanted.includes(name)) : known;
}

/** The parameter or state of this name. */
export function ownedNode({ owned }: Bindings, name: string): Node<"placeholder"> {
  const node = owned.get(name);
  if (node) return node;
  throw new Problem("engine/unknown-state", { name, known: list([...owned.keys()]) });
}

/** Throws unless the array has the placeholder's size and type. */
export function checkValues({ attributes }: Node<"placeholder">, values: Values): void {
  const { name, shape, dtype } = attributes;
  const expected = dtype === "f32" ? "Float32Array" : "Int32Array";
  const found = Object.prototype.toString.call(values).slice(8, -1);
  if (found !== expected) throw new Problem("engine/input-type", { name, expected, found });
  if (values.length !== sizeOf(shape)) {
    throw new Problem("engine/input-size", {
      name,
      shape: `[${shape.join(", ")}]`,
      expected: sizeOf(shape),
      found: values.length,
    });
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "–" : [...names].sort().join(", ");
}
