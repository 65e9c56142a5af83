/**
 * k-centre, farthest first (Gonzalez 1985), the greedy part of CoreSet (Sener & Savarese, ICLR 2018,
 * arXiv 1708.00489): each pick is the item farthest from everything labelled. With nothing labelled
 * the first is drawn. It takes outliers while labels are few, and is often worse than chance then.
 */
import { fork } from "../../base/index.ts";
import { explain } from "./explain.ts";
import type { Chosen, Selection } from "./selection.ts";
import { chances, openShelf, type SelectOptions, type Shelf } from "./shelf.ts";

export async function kCentre(
  shelf: Shelf,
  { count, key, product, limits }: SelectOptions,
): Promise<Selection> {
  const frame = openShelf(shelf, count);
  const chance = chances(shelf, fork(key, "equals"));
  const nearest = new Float64Array(frame.rows).fill(Number.POSITIVE_INFINITY);
  const label = (row: number) => {
    frame.squaresTo(row).forEach((square, i) => {
      if (square < nearest[i]) nearest[i] = square;
    });
    // Never again, be its equals still to come.
    nearest[row] = -1;
  };
  for (const row of Array.from(shelf.labelled ?? [])) label(row);
  const chosen: Chosen[] = [];
  while (chosen.length < count) {
    let row = 0;
    for (let i = 1; i < frame.rows; i++) {
      const further = nearest[i] - nearest[row];
      if (further > 0 || (!(further < 0) && chance[i] < chance[row])) row = i;
    }
    const distance = Math.sqrt(nearest[row]);
    const isFirst = distance === Number.POSITIVE_INFINITY;
    chosen.push({ row, why: isFirst ? { kind: "drawn" } : { kind: "farthest", distance } });
    label(row);
  }
  return explain(shelf, chosen, { strategy: "k-centre", frame, key, product, limits });
}
