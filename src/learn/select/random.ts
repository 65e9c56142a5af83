/** Chance: what every strategy has to beat, and the only fair choice for evaluation labels. */
import { fork } from "../../base/index.ts";
import { explain } from "./explain.ts";
import type { Chosen, Selection } from "./selection.ts";
import { chances, openShelf, type SelectOptions, type Shelf, unlabelledRows } from "./shelf.ts";

export async function randomChoice(
  shelf: Shelf,
  { count, key, product, limits }: SelectOptions,
): Promise<Selection> {
  const frame = openShelf(shelf, count);
  const chance = chances(shelf, fork(key, "drawn"));
  const order = unlabelledRows(shelf).sort((a, b) => chance[a] - chance[b] || a - b);
  const chosen = Array.from(
    order.subarray(0, count),
    (row): Chosen => ({ row, why: { kind: "drawn" } }),
  );
  return explain(shelf, chosen, { strategy: "random", frame, key, product, limits });
}
