/** The map of the shelf: UMAP (McInnes, Healy, Melville 2018) of a matrix down to two coordinates. */
import { fork, integer, type Key } from "../../base/index.ts";
import { checkMatrix, type Matrix } from "./matrix.ts";

export interface MapOptions {
  readonly key: Key;
  /** Size of the neighbourhood that is kept together; clipped to the number of rows less one. */
  readonly neighbours?: number;
  readonly minimumDistance?: number;
  readonly onProgress?: (share: number) => void;
}

/**
 * Coordinates `[rows, 2]` by cosine distance. Neighbourhoods mean something, axes and distances
 * between far groups do not. The implementation is embedding-atlas' (a WebAssembly port of
 * umap-learn), loaded when first called; equal keys give equal maps on one machine.
 */
export async function layOutMap(matrix: Matrix, options: MapOptions): Promise<Matrix> {
  const { key, neighbours = 15, minimumDistance = 0.1, onProgress } = options;
  checkMatrix(matrix, "map");
  const { rows, columns, values } = matrix;
  if (rows < smallest) return { rows, columns: 2, values: onCircle(rows) };
  const { createUMAP } = await import("#umap");
  const umap = await createUMAP(rows, columns, 2, values, {
    metric: "cosine",
    nNeighbors: Math.min(neighbours, rows - 1),
    minDist: minimumDistance,
    seed: integer(fork(key, "map"), 2 ** 31),
    ...(onProgress && { progress: onProgress }),
  });
  try {
    await umap.run();
    return { rows, columns: 2, values: umap.embedding.slice() };
  } finally {
    umap.destroy();
  }
}

/** Below this many rows a neighbour graph says nothing; the points are set on a circle. */
const smallest = 4;

function onCircle(count: number): Float32Array {
  return Float32Array.from({ length: 2 * count }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / 2)) / count;
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
}
