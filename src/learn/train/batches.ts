/** Batches of views for step after step, the next one prepared while the present one is used. */
import { fork } from "../../base/index.ts";
import { createViewWorkers } from "../augment/index.ts";
import { keysOf } from "./keys.ts";
import { createOrder, placeOf } from "./order.ts";
import type { Settings } from "./settings.ts";

export interface Batches extends AsyncDisposable {
  /** The views of a step; valid until the call after the next. Steps are asked for in order. */
  take(step: number): Promise<Float32Array>;
}

export interface BatchesOptions {
  /** Threads that prepare views; 0 prepares in this one. */
  readonly workers: number;
  readonly module?: URL;
}

export function createBatches(settings: Settings, { workers, module }: BatchesOptions): Batches {
  const { pictures, recipes, batch, size, stepsPerEpoch, seed } = settings;
  const keys = keysOf(seed);
  const order = createOrder(keys.order, { count: pictures.count, batch, stepsPerEpoch });
  const views = createViewWorkers({
    count: workers,
    pictures,
    recipes: recipes.views,
    ...(module && { module }),
  });
  const buffers = [0, 1].map(() => new Float32Array(2 * batch * 3 * size * size));
  let ahead: { step: number; filled: Promise<Float32Array> } | undefined;

  const prepare = (step: number) => {
    const { epoch } = placeOf(step, stepsPerEpoch);
    const filled = views.prepare(order(step), fork(keys.views, epoch), buffers[step % 2]);
    return { step, filled };
  };
  return {
    async take(step) {
      const now = ahead?.step === step ? ahead : prepare(step);
      const values = await now.filled;
      ahead = workers > 0 ? prepare(step + 1) : undefined;
      return values;
    },
    [Symbol.asyncDispose]: () => views.close(),
  };
}
