/**
 * MaxHerding (Bae, Noh, Sutherland, "Generalized Coverage for More Robust Low-Budget Active
 * Learning", ECCV 2024, arXiv 2407.12212): greedy max of mean_x max_l k(x, l) with the kernel
 * k = exp(-‖x - l‖² / σ²). Here σ² is the mean squared distance from the mean, half that of two items,
 * which for features of unit length about the origin is the paper's σ = 1 [constant from memory].
 *
 * Exact while the shelf has no more than 20,000 items; beyond, 16,384 references and 8,192 candidates
 * are drawn by the key.
 */
import { fork } from "../../base/index.ts";
import { plainProduct } from "../measure/index.ts";
import { coverGreedily } from "./cover.ts";
import { explain } from "./explain.ts";
import type { Selection } from "./selection.ts";
import {
  allRows,
  chances,
  drawRows,
  openShelf,
  type SelectOptions,
  type Shelf,
  selectLimits,
  unlabelledRows,
} from "./shelf.ts";

export async function maxHerding(
  shelf: Shelf,
  { count, key, product = plainProduct, limits = selectLimits }: SelectOptions,
): Promise<Selection> {
  const frame = openShelf(shelf, count);
  const drawn = drawCover(shelf, { count, key, limits });
  const chosen = await coverGreedily({
    frame,
    ...drawn,
    labelled: shelf.labelled ?? [],
    count,
    worth: (square) => Math.exp(-Math.max(0, square)),
    product,
  });
  const [references, candidates] = [drawn.references.length, drawn.candidates.length];
  const told = { strategy: "max-herding", frame, key, product, limits } as const;
  return explain(shelf, chosen, { ...told, references, candidates });
}

/** Who is covered, who may be chosen, and who goes first of equals. */
export function drawCover(shelf: Shelf, { count, key, limits = selectLimits }: SelectOptions) {
  const { rows } = shelf.matrix;
  const chance = chances(shelf, fork(key, "equals"));
  const unlabelled = unlabelledRows(shelf);
  if (rows <= limits.all) return { references: allRows(rows), candidates: unlabelled, chance };
  const draw = (name: string, from: Uint32Array, most: number) =>
    drawRows(from, most, chances(shelf, fork(key, name)));
  return {
    references: draw("references", allRows(rows), limits.references),
    candidates: draw("candidates", unlabelled, Math.max(limits.candidates, count)),
    chance,
  };
}
