/** The picture library, loaded when the first picture needs it: reading commands never do. */
import type { Sharp, SharpInput, SharpOptions } from "sharp";

export type SharpFactory = (input: SharpInput, options?: SharpOptions) => Sharp;

let loaded: Promise<SharpFactory> | undefined;

/** The native library comes in with the first picture, never with the module. */
export function loadSharp(): Promise<SharpFactory> {
  loaded ??= import("sharp").then(({ default: sharp }) => {
    sharp.cache(false);
    // Pictures run beside each other; threads inside one small picture only cost.
    sharp.concurrency(1);
    return sharp;
  });
  return loaded;
}
