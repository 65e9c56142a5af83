/**
 * ProbCover (Yehuda, Dekel, Hacohen, Weinshall, NeurIPS 2022, arXiv 2205.11320): greedy cover by balls
 * of one radius δ. δ is the largest at which 95 % of the balls are pure under k-means pseudo-labels
 * [purity from memory]: a ball is pure while δ is at most the distance to the nearest item of another
 * cluster, so δ is the 5th percentile of those distances (on 4,096 items at most). The paper clusters
 * into the number of classes, which is unknown here: there are as many clusters as labels in the end.
 * When all is covered, what is left is drawn.
 */
import { fork } from "../../base/index.ts";
import { blocks, type Product, plainProduct } from "../measure/index.ts";
import { coverGreedily } from "./cover.ts";
import { explain } from "./explain.ts";
import { kMeans } from "./k-means.ts";
import { drawCover } from "./max-herding.ts";
import type { Selection } from "./selection.ts";
import {
  allRows,
  chances,
  drawRows,
  type Frame,
  openShelf,
  type SelectOptions,
  type Shelf,
  selectLimits,
  squaredNorms,
} from "./shelf.ts";

const purity = 0.95;
const radiusRows = 4096;
const mostClusters = 500;

export async function probCover(
  shelf: Shelf,
  { count, key, product = plainProduct, limits = selectLimits }: SelectOptions,
): Promise<Selection> {
  const frame = openShelf(shelf, count);
  const labelled = shelf.labelled ?? [];
  const clusters = Math.max(2, Math.min(mostClusters, labelled.length + count));
  const assigned = await kMeans(
    { shelf, frame },
    { key: fork(key, "clusters"), clusters, product },
  );
  const chance = chances(shelf, fork(key, "radius"));
  const sample = drawRows(allRows(frame.rows), radiusRows, chance);
  const square = await pureSquare(frame, { sample, assigned, product });
  const drawn = drawCover(shelf, { count, key, limits });
  const worth = (found: number) => (found < square ? 1 : 0);
  const chosen = await coverGreedily({ frame, ...drawn, labelled, count, worth, product });
  const [references, candidates] = [drawn.references.length, drawn.candidates.length];
  const told = { strategy: "prob-cover", frame, key, product, limits } as const;
  return explain(shelf, chosen, { ...told, references, candidates });
}

/** δ². */
async function pureSquare(
  frame: Frame,
  terms: {
    readonly sample: Uint32Array;
    readonly assigned: Int32Array;
    readonly product: Product;
  },
): Promise<number> {
  const { sample, assigned, product } = terms;
  const matrix = frame.take(sample);
  const norms = squaredNorms(matrix);
  const nearest = new Float64Array(sample.length).fill(Number.POSITIVE_INFINITY);
  for (const [from, to] of blocks(sample.length, 1024)) {
    const found = await product(frame.take(sample.subarray(from, to)), matrix);
    for (let i = from; i < to; i++) {
      for (let j = 0; j < sample.length; j++) {
        if (assigned[sample[i]] === assigned[sample[j]]) continue;
        const square = norms[i] + norms[j] - 2 * found.values[(i - from) * found.columns + j];
        if (square < nearest[i]) nearest[i] = square;
      }
    }
  }
  return nearest.sort()[Math.floor((1 - purity) * sample.length)];
}
