/** A network's weights under names that sort as its parameters were made, for a peer to load. */
import { type ProgramSpec, placeholdersOf } from "../../src/engine/index.ts";
import type { StoredTensor } from "../../src/formats/safetensors/index.ts";

export function inOrder(
  owned: Readonly<Record<string, Float32Array>>,
  spec: ProgramSpec,
): Record<string, StoredTensor> {
  const shapes = new Map(
    placeholdersOf(spec).map(({ attributes }) => [attributes.name, attributes.shape]),
  );
  return Object.fromEntries(
    Object.entries(owned).map(([name, values], i) => [
      `${String(i).padStart(3, "0")} ${name}`,
      { shape: shapes.get(name) ?? [values.length], values },
    ]),
  );
}
