/** The picture library, loaded when the first picture needs it: reading commands never do. */

import type { Sharp, SharpInput, SharpOptions } from "sharp";
import { Problem } from "../../base/index.ts";

export type SharpFactory = (input: SharpInput, options?: SharpOptions) => Sharp;

let loaded: Promise<SharpFactory> | undefined;

/**
 * The native library comes in with the first picture, never with the module. A machine on which it
 * does not start is no fault of the picture: `formats/picture-library-missing`.
 */
export function loadSharp(): Promise<SharpFactory> {
  loaded ??= import("sharp").then(({ default: sharp }) => {
    sharp.cache(false);
    // Pictures run beside each other; threads inside one small picture only cost.
    sharp.concurrency(1);
    return sharp;
  }, refuse);
  return loaded;
}

function refuse(cause: unknown): never {
  const lines = cause instanceof Error ? cause.message.split("\n") : [];
  const message = lines.slice(0, 2).join(" ").trim();
  throw new Problem("formats/picture-library-missing", { message }, { cause });
}
