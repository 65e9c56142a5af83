/** The weights an encoder starts from: the same for training and for its untrained baseline. */
import { type Backbone, encoder } from "../backbones/index.ts";
import { initialValues, type ValueTree } from "../nn/index.ts";
import { keysOf } from "./keys.ts";

/** `backbone/…` of this seed. Running statistics are blank: see `estimateBatchStatistics`. */
export function untrainedValues(backbone: Backbone, seed: number): ValueTree {
  return initialValues(encoder(backbone), keysOf(seed).parameters);
}
