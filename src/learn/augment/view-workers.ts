/**
 * Batches of views prepared ahead by worker threads. The main thread copies a batch's pixels into
 * shared memory and posts keys; workers run the same `fillViews`, each on the next pictures that are left.
 * Every view depends on its own key alone, so the bytes do not depend on the number of workers.
 */
import { Worker } from "node:worker_threads";
import { type Key, Problem } from "../../base/index.ts";
import { fillViews, type PictureReader, viewLength } from "./batch.ts";
import type { Recipe } from "./recipe.ts";
import { checkPixels } from "./view.ts";
import { isFilled, newCounters, takePart, type ViewJob } from "./view-job.ts";
import type { ViewAnswer } from "./view-worker.ts";

export type ViewWorkers = {
  readonly mode: "workers" | "in-thread";
  /** Threads beside this one. */
  readonly count: number;
  /**
   * Fills `out` as `fillViews` does and resolves to it; shared memory is filled without a copy. Ask for the next batch before awaiting this
   * one. A problem waits for whoever awaits the batch, however late they listen.
   */
  prepare(indexes: ArrayLike<number>, key: Key, out: Float32Array): Promise<Float32Array>;
  /** Waits for batches under way, then ends the threads. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type ViewWorkersOptions = {
  /** 0 prepares in this thread, when asked: the choice for running from TypeScript sources. */
  readonly count: number;
  readonly pictures: PictureReader;
  readonly recipes: readonly Recipe[];
  /** Whether this thread fills a share, too, when asked: for callers that wait for the batch. */
  readonly helping?: boolean;
  /** The built worker module, where it does not lie beside this one. */
  readonly module?: URL;
};

type Slot = { pixels: SharedArrayBuffer; views: SharedArrayBuffer };
type Waiting = { job: ViewJob; resolve: () => void; reject: (cause: unknown) => void };

export function createViewWorkers(options: ViewWorkersOptions): ViewWorkers {
  return options.count === 0 ? inThread(options) : threaded(options);
}

function inThread({ pictures, recipes }: ViewWorkersOptions): ViewWorkers {
  const close = async () => {};
  return {
    mode: "in-thread",
    count: 0,
    prepare(indexes, key, out) {
      const filled = Promise.resolve().then(() => {
        fillViews(pictures, indexes, { recipes, key, out });
        return out;
      });
      filled.catch(() => {});
      return filled;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function threaded({
  count,
  pictures,
  recipes,
  helping = false,
  module,
}: ViewWorkersOptions): ViewWorkers {
  const url = module ?? besideThis();
  const length = viewLength(recipes);
  const waiting = new Map<number, Waiting>();
  const idle: Slot[] = [];
  const underWay = new Set<Promise<void>>();
  let asked = 0;
  let stopped: Problem | undefined;
  let closing = false;

  const workers = Array.from({ length: count }, () => new Worker(url, { workerData: recipes }));
  const stop = (message: string, cause?: unknown) => {
    stopped ??= new Problem("augment/worker-stopped", { message }, { cause });
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
    hold();
  };
  /** Threads keep the process alive only while somebody waits for them, or for their end. */
  const hold = () => {
    for (const worker of workers) closing || waiting.size > 0 ? worker.ref() : worker.unref();
  };
  const settle = (id: number) => {
    waiting.get(id)?.resolve();
    waiting.delete(id);
    hold();
  };
  for (const worker of workers) {
    worker.on("message", ({ id, problem }: ViewAnswer) => {
      const batch = waiting.get(id);
      if (problem !== undefined) stop(problem);
      else if (batch && isFilled(batch.job)) settle(id);
    });
    worker.on("error", (cause) => stop(cause instanceof Error ? cause.message : "?", cause));
    worker.on("exit", (code) => stop(`exit ${code}`));
  }
  hold();

  async function fill(indexes: ArrayLike<number>, key: Key, out: Float32Array) {
    if (stopped) throw stopped;
    if (indexes.length === 0) return out;
    const slot = idle.pop() ?? {
      pixels: new SharedArrayBuffer(0),
      views: new SharedArrayBuffer(0),
    };
    const batch = load(pictures, indexes, slot);
    const numbers = recipes.length * indexes.length * length;
    // What is shared already is written in place.
    const inPlace = out.buffer instanceof SharedArrayBuffer ? out.buffer : undefined;
    if (!inPlace) slot.views = atLeast(slot.views, 4 * numbers);
    const views = inPlace ?? slot.views;
    const viewsFrom = inPlace ? out.byteOffset : 0;
    const id = asked++;
    const { pixels } = slot;
    const counters = newCounters();
    const job: ViewJob = { ...batch, pixels, views, viewsFrom, id, key, counters };
    const done = new Promise<void>((resolve, reject) => {
      waiting.set(id, { job, resolve, reject });
    });
    done.catch(() => {});
    hold();
    for (const worker of workers.slice(0, indexes.length)) worker.postMessage(job);
    if (helping) takePart(job, recipes);
    // Who wakes when nothing is left is not waited for.
    if (isFilled(job)) settle(id);
    await done;
    if (!inPlace) out.set(new Float32Array(slot.views, 0, numbers));
    idle.push(slot);
    return out;
  }

  function prepare(indexes: ArrayLike<number>, key: Key, out: Float32Array) {
    const filled = fill(indexes, key, out);
    const settled: Promise<void> = filled
      .catch(() => {})
      .then(() => {
        underWay.delete(settled);
      });
    underWay.add(settled);
    return filled;
  }

  async function close() {
    await Promise.all(underWay);
    stopped ??= new Problem("internal/defect", { message: "views asked for after close" });
    closing = true;
    hold();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { mode: "workers", count, prepare, close, [Symbol.asyncDispose]: close };
}

/** Copies the pixels of a batch behind one another into the slot. */
function load(pictures: PictureReader, indexes: ArrayLike<number>, slot: Slot) {
  const items = Array.from(indexes, (index) => ({ index, ...pictures.size(index) }));
  const ends = new Float64Array(items.length);
  let end = 0;
  for (const [i, { height, width }] of items.entries()) {
    end += 3 * height * width;
    ends[i] = end;
  }
  slot.pixels = atLeast(slot.pixels, end);
  const bytes = new Uint8Array(slot.pixels);
  for (const [i, item] of items.entries()) {
    const pixels = pictures.read(item.index);
    checkPixels(pixels, item);
    bytes.set(pixels, ends[i] - pixels.length);
  }
  return {
    indexes: Float64Array.from(items, ({ index }) => index),
    heights: Int32Array.from(items, ({ height }) => height),
    widths: Int32Array.from(items, ({ width }) => width),
    ends,
  };
}

function atLeast(buffer: SharedArrayBuffer, bytes: number): SharedArrayBuffer {
  return buffer.byteLength >= bytes ? buffer : new SharedArrayBuffer(bytes);
}

/**
 * One thread prepares ahead where a core is left for it. With two cores it would take from the step what
 * it saves: there it shares the work with this one, between steps. None where this runs from TypeScript
 * sources, which threads cannot load.
 */
export function defaultViewWorkers(
  cores: number,
  { built = !import.meta.url.endsWith(".ts") }: { built?: boolean } = {},
): { readonly workers: number; readonly helping: boolean } {
  return { workers: built && cores > 1 ? 1 : 0, helping: built && cores === 2 };
}

function besideThis(): URL {
  if (!import.meta.url.endsWith(".ts")) return new URL("./view-worker.js", import.meta.url);
  throw new Problem("augment/workers-need-built-code", { module: import.meta.url });
}
