/**
 * Checks indexes on the host before a run. Whole numbers are moved but never computed in a program, so
 * the host knows them all: nothing has to come back from the device, and a wrong one changes no state.
 */
import { Problem } from "../../../base/index.ts";
import { isOp, nodesOf, type ProgramSpec, placeholdersOf, type Tensor } from "../../graph/index.ts";
import type { Values } from "../executor.ts";
import { evaluate } from "../reference/index.ts";
import { asTensor } from "./operands.ts";

export type IndexCheck = (inputs: Readonly<Record<string, Values>>) => void;

/** Throws `engine/index-outside` for an index that is no row of its table. */
export function indexChecksOf(spec: ProgramSpec): IndexCheck {
  const uses = nodesOf(spec).flatMap((node) => {
    if (isOp(node, "gather")) {
      const [table, indexes] = node.inputs.map(asTensor);
      return [useOf(node.op, indexes, table.shape[0])];
    }
    if (isOp(node, "scatterAdd")) {
      return [useOf(node.op, asTensor(node.inputs[1]), node.attributes.rows)];
    }
    return [];
  });
  return (inputs) => {
    for (const { op, rows, valuesFrom } of uses) {
      const found = valuesFrom(inputs).find((index) => index < 0 || index >= rows);
      if (found !== undefined)
        throw new Problem("engine/index-outside", { op, index: found, rows });
    }
  };
}

interface Use {
  readonly op: string;
  readonly rows: number;
  readonly valuesFrom: (inputs: Readonly<Record<string, Values>>) => Values | Float64Array;
}

function useOf(op: string, indexes: Tensor, rows: number): Use {
  const { node } = indexes;
  if (isOp(node, "placeholder")) {
    return { op, rows, valuesFrom: (inputs) => inputs[node.attributes.name] };
  }
  const names = placeholdersOf({ outputs: { indexes } }).map(({ attributes }) => attributes.name);
  const evaluated = (inputs: Readonly<Record<string, Values>>) => {
    const given = names.map((name) => [name, Float64Array.from(inputs[name])] as const);
    return evaluate([indexes], new Map(given))[0];
  };
  if (names.length > 0) return { op, rows, valuesFrom: evaluated };
  const constant = evaluated({});
  return { op, rows, valuesFrom: () => constant };
}
