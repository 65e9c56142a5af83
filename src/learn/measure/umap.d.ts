/** The part of the bundled UMAP (`vendor/umap.js`, made by `scripts/bundle-umap.mjs`) that is used. */

export interface Umap {
  readonly embedding: Float32Array;
  run(): Promise<void>;
  destroy(): void;
}

export function createUMAP(
  count: number,
  inputDimension: number,
  outputDimension: number,
  data: Float32Array,
  options?: {
    readonly metric?: "euclidean" | "cosine";
    readonly nNeighbors?: number;
    readonly minDist?: number;
    readonly nEpochs?: number;
    readonly seed?: number;
    readonly initializeMethod?: "spectral" | "random";
    readonly progress?: (share: number, stage: string) => void;
  },
): Promise<Umap>;
