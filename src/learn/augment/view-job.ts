/**
 * A batch as threads share it. Each takes the next few pictures that nobody took, so that one which wakes late or
 * runs slower leaves more to the others; which thread fills a view changes nothing about it.
 */
import type { Key } from "../../base/index.ts";
import { fillViews } from "./batch.ts";
import type { Recipe } from "./recipe.ts";

export type ViewJob = {
  readonly id: number;
  readonly key: Key;
  /** Of this batch alone: how many pictures were taken, and how many are filled. */
  readonly counters: Int32Array;
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

/** Pictures that are taken at once. */
const few = 4;
const [taken, filled] = [0, 1];

export function newCounters(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

export function isFilled({ counters, indexes }: ViewJob): boolean {
  return Atomics.load(counters, filled) === indexes.length;
}

/** Fills views until all pictures are taken. */
export function takePart(job: ViewJob, recipes: readonly Recipe[]): void {
  const { counters, indexes, heights, widths, ends, key } = job;
  const out = new Float32Array(job.views, job.viewsFrom);
  const pixels = new Uint8Array(job.pixels);
  let place = 0;
  const picture = {
    size: () => ({ height: heights[place], width: widths[place] }),
    read: () => pixels.subarray(ends[place] - 3 * heights[place] * widths[place], ends[place]),
  };
  for (;;) {
    const from = Atomics.add(counters, taken, few);
    if (from >= indexes.length) return;
    const to = Math.min(from + few, indexes.length);
    for (place = from; place < to; place++) {
      fillViews(picture, indexes, { recipes, key, out, from: place, to: place + 1 });
    }
    Atomics.add(counters, filled, to - from);
  }
}
