/** Makes a picture a little smaller: Lanczos with three lobes, as sharp does, rows then columns. */
import { type Bands, shrinkToBytes } from "../../pixels/index.ts";
import type { Size } from "./header.ts";

const lobes = 3;

export interface Reduction {
  /** Not larger than what is there. */
  readonly to: Size;
  /** How much of what is there the picture fills: a last row or column may be filled in part. */
  readonly extent: Size;
}

/**
 * `pixels` is H·W·3 uint8 RGB, and is given back where no side changes. What is smaller is valid until
 * the next call.
 */
export function reduce(pixels: Uint8Array, from: Size, { to, extent }: Reduction): Uint8Array {
  const isSame = (side: keyof Size) => from[side] === to[side] && extent[side] === to[side];
  if (isSame("width") && isSame("height")) return pixels;
  const sides = {
    across: bandsOf(from.width, to.width, extent.width),
    down: bandsOf(from.height, to.height, extent.height),
  };
  return shrinkToBytes({ pixels, ...from }, sides);
}

const kept = new Map<string, Bands>();
const mostKept = 512;

function bandsOf(from: number, to: number, extent: number): Bands {
  const key = `${from} ${to} ${extent}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const bands = makeBands(from, to, extent / to);
  kept.set(key, bands);
  return bands;
}

function makeBands(from: number, to: number, scale: number): Bands {
  const reach = lobes * scale;
  const taps = Math.min(from, Math.floor(2 * reach) + 1);
  const firsts = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.min(from - taps, Math.max(0, Math.ceil(centre - reach)));
    firsts[i] = first;
    let sum = 0;
    for (let k = 0; k < taps; k++) sum += lanczos((first + k - centre) / scale);
    for (let k = 0; k < taps; k++) {
      weights[i * taps + k] = lanczos((first + k - centre) / scale) / sum;
    }
  }
  return { firsts, weights, taps };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= lobes) return 0;
  const t = Math.PI * x;
  return (lobes * Math.sin(t) * Math.sin(t / lobes)) / (t * t);
}
