/**
 * Features to doubt labels by where there is no representation: edges and colours of each picture,
 * every column as broad as the others, brought to their principal components. Neighbours by these
 * share a label clearly more often than neighbours by the descriptors that find near-duplicates.
 */
import { fork, keyFromSeed } from "../../base/index.ts";
import { describeEdges, edgeColumns } from "../data/index.ts";
import { type Thumbnail, thumbnailSide } from "../looks/index.ts";
import { columnMoments, fitPca } from "../measure/index.ts";
import type { Features } from "./doubtful-labels.ts";

/** Components kept: more find no better neighbours, and cost memory. */
const width = 48;
const area = thumbnailSide * thumbnailSide;

export interface LookFeatures {
  add(i: number, picture: Thumbnail): void;
  finish(): Promise<Features>;
}

export function openLookFeatures(rows: number): LookFeatures {
  const columns = edgeColumns;
  const values = new Float32Array(rows * columns);
  const planes = new Float32Array(3 * area);
  return {
    add(i, picture) {
      toRgb(picture, planes);
      describeEdges(planes, thumbnailSide, values, i * columns);
    },
    async finish() {
      const matrix = { rows, columns, values };
      standardise(matrix);
      const { project } = await fitPca(matrix, { key: fork(keyFromSeed(0), "looks"), width });
      return await project(matrix);
    },
  };
}

/** Undoes ITU-R BT.601; 0 … 1. */
function toRgb(picture: Thumbnail, into: Float32Array): void {
  for (let i = 0; i < area; i++) {
    const luma = picture[i];
    const b = luma + (picture[area + i] - 128) / 0.564;
    const r = luma + (picture[2 * area + i] - 128) / 0.713;
    into[i] = r / 255;
    into[area + i] = (luma - 0.299 * r - 0.114 * b) / (0.587 * 255);
    into[2 * area + i] = b / 255;
  }
}

/** In place: mean 0, standard deviation 1; columns that never change stay 0. */
function standardise({
  rows,
  columns,
  values,
}: Features & { readonly values: Float32Array }): void {
  const { means, variances } = columnMoments({ rows, columns, values });
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      const deviation = Math.sqrt(variances[k]);
      const at = i * columns + k;
      values[at] = deviation > 1e-6 ? (values[at] - means[k]) / deviation : 0;
    }
  }
}
