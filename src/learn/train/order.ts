/** Which pictures a step sees: a function of seed and step alone, so any step can be resumed. */
import { fork, type Key, permutation } from "../../base/index.ts";

export interface Place {
  readonly epoch: number;
  /** The batch within the epoch. */
  readonly index: number;
}

export function placeOf(step: number, stepsPerEpoch: number): Place {
  return { epoch: Math.floor(step / stepsPerEpoch), index: step % stepsPerEpoch };
}

/**
 * The batch of a step. Each epoch is a permutation under its own key, cut into whole batches; the
 * pictures that do not fill one are left out, others each time.
 */
export function createOrder(
  key: Key,
  { count, batch, stepsPerEpoch }: { count: number; batch: number; stepsPerEpoch: number },
): (step: number) => Uint32Array {
  let known: { epoch: number; order: Uint32Array } | undefined;
  return (step) => {
    const { epoch, index } = placeOf(step, stepsPerEpoch);
    if (known?.epoch !== epoch) known = { epoch, order: permutation(fork(key, epoch), count) };
    return known.order.slice(index * batch, (index + 1) * batch);
  };
}
