/** The thread behind `createViewWorkers`: takes pixels in shared memory and keys, fills views. */
import { parentPort, workerData } from "node:worker_threads";
import type { Key } from "../../base/index.ts";
import { fillViews } from "./batch.ts";
import type { Recipe } from "./recipe.ts";

export type ViewJob = {
  readonly id: number;
  readonly key: Key;
  /** The stretch of the batch that this thread fills. */
  readonly from: number;
  readonly to: number;
  /** Per place in the batch: the picture's number, its size, and where its bytes end. */
  readonly indexes: Float64Array;
  readonly heights: Int32Array;
  readonly widths: Int32Array;
  readonly ends: Float64Array;
  readonly pixels: SharedArrayBuffer;
  readonly views: SharedArrayBuffer;
  /** Byte at which the batch's views begin. */
  readonly viewsFrom: number;
};

export type ViewAnswer = { readonly id: number; readonly problem?: string };

const recipes: readonly Recipe[] = workerData;

parentPort?.on("message", (job: ViewJob) => {
  const answer = { id: job.id };
  try {
    fill(job);
    parentPort?.postMessage(answer satisfies ViewAnswer);
  } catch (error) {
    const problem = error instanceof Error ? error.message : "?";
    parentPort?.postMessage({ ...answer, problem } satisfies ViewAnswer);
  }
});

function fill({ key, from, to, indexes, heights, widths, ends, pixels, ...job }: ViewJob): void {
  const places = new Map<number, number>();
  for (let i = from; i < to; i++) places.set(indexes[i], i);
  const place = (index: number) => places.get(index) ?? -1;
  const pictures = {
    size: (index: number) => ({ height: heights[place(index)], width: widths[place(index)] }),
    read: (index: number) => {
      const i = place(index);
      const length = 3 * heights[i] * widths[i];
      return new Uint8Array(pixels, ends[i] - length, length);
    },
  };
  fillViews(pictures, indexes, {
    recipes,
    key,
    out: new Float32Array(job.views, job.viewsFrom),
    from,
    to,
  });
}
