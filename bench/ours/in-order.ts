/** Weights under names that sort as they were made, for a peer to load by order. */
import { type ProgramSpec, placeholdersOf } from "../../src/engine/index.ts";
import type { StoredTensor } from "../../src/formats/safetensors/index.ts";
import type { ValueTree } from "../../src/learn/nn/index.ts";

export function inOrder(
  tensors: readonly (readonly [name: string, tensor: StoredTensor])[],
): Record<string, StoredTensor> {
  return Object.fromEntries(
    tensors.map(([name, tensor], i) => [`${String(i).padStart(3, "0")} ${name}`, tensor]),
  );
}

/** What a network owns of these names, with the shapes that its program gives them. */
export function ownedInOrder(
  owned: ValueTree,
  spec: ProgramSpec,
  names: readonly string[] = Object.keys(owned),
): Record<string, StoredTensor> {
  const shapes = new Map(
    placeholdersOf(spec).map(({ attributes }) => [attributes.name, attributes.shape]),
  );
  return inOrder(
    names.map((name) => {
      const values = owned[name];
      return [name, { shape: shapes.get(name) ?? [values.length], values }];
    }),
  );
}
