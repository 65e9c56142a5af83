/** The independent streams of one seed. */
import { fork, type Key, keyFromSeed } from "../../base/index.ts";

export interface Keys {
  /** Initial weights, then by name. */
  readonly parameters: Key;
  /** Order of the pictures, then by epoch. */
  readonly order: Key;
  /** Views, then by epoch, picture and view. */
  readonly views: Key;
}

export function keysOf(seed: number): Keys {
  const root = keyFromSeed(seed);
  return {
    parameters: fork(root, "parameters"),
    order: fork(root, "order"),
    views: fork(root, "views"),
  };
}
