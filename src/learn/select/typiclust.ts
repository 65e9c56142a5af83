/**
 * TypiClust (Hacohen, Dekel, Weinshall, ICML 2022, arXiv 2202.02794; constants from the authors' code):
 * k-means with min(labelled + count, 500) clusters; clusters of 5 items or fewer are dropped; the rest
 * are visited in order of fewest labels, then of size, round and round; each gives its unlabelled item
 * of greatest typicality, 1 / (mean distance to the min(20, size / 2) nearest in the cluster + 1e-5).
 *
 * Deviations: small clusters stay, as the last, where the others have too few items; one that is exhausted is passed over; in
 * a cluster of more than 4,096 items that many are candidates, drawn, each judged against all.
 */
import { fork } from "../../base/index.ts";
import { blocks, type Product, plainProduct } from "../measure/index.ts";
import { explain } from "./explain.ts";
import { kMeans } from "./k-means.ts";
import type { Chosen, Selection } from "./selection.ts";
import {
  chances,
  drawRows,
  type Frame,
  openShelf,
  type SelectOptions,
  type Shelf,
  squaredNorms,
} from "./shelf.ts";

export const typiclustConstants = {
  mostClusters: 500,
  smallCluster: 5,
  neighbours: 20,
  epsilon: 1e-5,
  candidates: 4096,
};

export async function typiclust(
  shelf: Shelf,
  { count, key, product = plainProduct, limits }: SelectOptions,
): Promise<Selection> {
  const { mostClusters, candidates } = typiclustConstants;
  const frame = openShelf(shelf, count);
  const labelled = new Set(Array.from(shelf.labelled ?? []));
  const clusters = Math.min(mostClusters, labelled.size + count);
  const assigned = await kMeans(
    { shelf, frame },
    { key: fork(key, "clusters"), clusters, product },
  );
  const visited = clustersInOrder(assigned, { clusters, labelled, count });
  const chance = chances(shelf, fork(key, "candidates"));
  const chosen: Chosen[] = [];
  for (let turn = 0; chosen.length < count; turn++) {
    const { left, size } = visited[turn % visited.length];
    if (left.length === 0) continue;
    const pool = drawRows(Uint32Array.from(left), candidates, chance);
    const { at, distance } = await mostTypical(frame, { pool, left, product });
    const cluster = size / frame.rows;
    chosen.push({ row: pool[at], why: { kind: "typical", cluster, distance } });
    left.splice(left.indexOf(pool[at]), 1);
  }
  return explain(shelf, chosen, { strategy: "typiclust", frame, key, product, limits });
}

interface Cluster {
  /** Its unlabelled rows that were not chosen yet. */
  readonly left: number[];
  readonly size: number;
  readonly labels: number;
}

function clustersInOrder(
  assigned: Int32Array,
  terms: {
    readonly clusters: number;
    readonly labelled: ReadonlySet<number>;
    readonly count: number;
  },
): Cluster[] {
  const rows = Array.from({ length: terms.clusters }, (): number[] => []);
  assigned.forEach((cluster, row) => {
    rows[cluster].push(row);
  });
  const all = rows.map((own): Cluster => {
    const left = own.filter((row) => !terms.labelled.has(row));
    return { left, size: own.length, labels: own.length - left.length };
  });
  const order = (a: Cluster, b: Cluster) => a.labels - b.labels || b.size - a.size;
  const large = all.filter(({ size }) => size > typiclustConstants.smallCluster).sort(order);
  if (large.reduce((sum, { left }) => sum + left.length, 0) >= terms.count) return large;
  return [...large, ...all.filter((cluster) => !large.includes(cluster)).sort(order)];
}

/** Where in the pool the most typical row is, and its mean distance to its neighbours. */
async function mostTypical(
  frame: Frame,
  terms: {
    readonly pool: Uint32Array;
    readonly left: readonly number[];
    readonly product: Product;
  },
) {
  const { pool, left, product } = terms;
  const { neighbours } = typiclustConstants;
  const count = Math.max(1, Math.min(neighbours, Math.floor(left.length / 2)));
  const cluster = frame.take(left);
  const norms = squaredNorms(cluster);
  let best = { at: 0, distance: Number.POSITIVE_INFINITY };
  for (const [from, to] of blocks(pool.length, 512)) {
    const block = frame.take(pool.subarray(from, to));
    const own = squaredNorms(block);
    const found = await product(block, cluster);
    for (let i = 0; i < block.rows; i++) {
      const distances = new Float64Array(left.length);
      for (let j = 0; j < left.length; j++) {
        const square = own[i] + norms[j] - 2 * found.values[i * found.columns + j];
        distances[j] = left[j] === pool[from + i] ? 0 : Math.sqrt(Math.max(0, square));
      }
      // The nearest is the row itself.
      const nearest = distances.sort().subarray(1, 1 + count);
      const distance = nearest.reduce((sum, value) => sum + value / nearest.length, 0);
      if (distance < best.distance) best = { at: from + i, distance };
    }
  }
  return best;
}
