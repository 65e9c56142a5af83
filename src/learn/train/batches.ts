/** What step after step sees; where there are cores for it, prepared while the step before is computed. */
import { fork } from "../../base/index.ts";
import { createViewWorkers } from "../augment/index.ts";
import { keysOf } from "./keys.ts";
import { createOrder, placeOf } from "./order.ts";
import { createPictureBatch } from "./picture-batch.ts";
import type { Settings } from "./settings.ts";

/** Inputs of the training program by name: `views`, or `pictures` and `draws`. */
export type StepInputs = Readonly<Record<string, Float32Array>>;

export interface Batches extends AsyncDisposable {
  /** The inputs of a step; valid until the call after the next. Steps are asked for in order. */
  take(step: number): Promise<StepInputs>;
}

export interface BatchesOptions {
  /** Threads that prepare views; 0 prepares in this one. */
  readonly workers: number;
  /** Whether this thread prepares a share of each batch when it is asked for, and nothing ahead. */
  readonly helping?: boolean;
  readonly module?: URL;
}

export function createBatches(settings: Settings, options: BatchesOptions): Batches {
  return settings.augment === "device" ? ofPictures(settings) : ofViews(settings, options);
}

function ofViews(
  settings: Settings,
  { workers, helping = false, module }: BatchesOptions,
): Batches {
  const { pictures, recipes, batch, size } = settings;
  const views = createViewWorkers({
    count: workers,
    pictures,
    recipes: recipes.views,
    helping,
    ...(module && { module }),
  });
  const length = 2 * batch * 3 * size * size;
  const contentOf = contents(settings);
  const buffers = [0, 1].map(() =>
    workers > 0 ? new Float32Array(new SharedArrayBuffer(4 * length)) : new Float32Array(length),
  );
  let ahead: { step: number; filled: Promise<Float32Array> } | undefined;

  const prepare = (step: number) => {
    const { indexes, key } = contentOf(step);
    return { step, filled: views.prepare(indexes, key, buffers[step % 2]) };
  };
  return {
    async take(step) {
      const now = ahead?.step === step ? ahead : prepare(step);
      const filled = await now.filled;
      ahead = workers > 0 && !helping ? prepare(step + 1) : undefined;
      return { views: filled };
    },
    [Symbol.asyncDispose]: () => views.close(),
  };
}

function ofPictures(settings: Settings): Batches {
  const fill = createPictureBatch(settings);
  const contentOf = contents(settings);
  return {
    async take(step) {
      const { indexes, key } = contentOf(step);
      return { ...fill(indexes, key) };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Which pictures a step sees, and the key of their views. */
function contents({ pictures, batch, stepsPerEpoch, seed }: Settings) {
  const keys = keysOf(seed);
  const order = createOrder(keys.order, { count: pictures.count, batch, stepsPerEpoch });
  return (step: number) => {
    const { epoch } = placeOf(step, stepsPerEpoch);
    return { indexes: order(step), key: fork(keys.views, epoch) };
  };
}
