/** Makes a picture a little smaller: Lanczos with three lobes, as sharp does, rows then columns. */
import type { Size } from "./header.ts";

const lobes = 3;

export interface Reduction {
  /** Not larger than what is there. */
  readonly to: Size;
  /** How much of what is there the picture fills: a last row or column may be filled in part. */
  readonly extent: Size;
}

/** `pixels` is H·W·3 uint8 RGB, and is given back where no side changes. */
export function reduce(pixels: Uint8Array, from: Size, { to, extent }: Reduction): Uint8Array {
  const isSame = (side: keyof Size) => from[side] === to[side] && extent[side] === to[side];
  if (isSame("width") && isSame("height")) return pixels;
  const across = tapsOf(from.width, to.width, extent.width);
  const rows = isSame("width") ? pixels : reduceRows(pixels, from, across);
  const down = tapsOf(from.height, to.height, extent.height);
  return reduceColumns(rows, { ...to, taps: down });
}

function reduceRows(pixels: Uint8Array, { height, width }: Size, taps: Taps): Float32Array {
  const { firsts, weights, count } = taps;
  const to = firsts.length;
  const rows = new Float32Array(3 * height * to);
  for (let y = 0, into = 0; y < height; y++) {
    for (let x = 0; x < to; x++, into += 3) {
      let r = 0;
      let g = 0;
      let b = 0;
      let at = 3 * (y * width + firsts[x]);
      const end = (x + 1) * count;
      for (let k = x * count; k < end; k++, at += 3) {
        const weight = weights[k];
        r += weight * pixels[at];
        g += weight * pixels[at + 1];
        b += weight * pixels[at + 2];
      }
      rows[into] = r;
      rows[into + 1] = g;
      rows[into + 2] = b;
    }
  }
  return rows;
}

function reduceColumns(
  rows: Float32Array | Uint8Array,
  { height: to, width, taps }: Size & { readonly taps: Taps },
): Uint8Array {
  const { firsts, weights, count } = taps;
  const length = 3 * width;
  const reduced = new Uint8Array(to * length);
  for (let y = 0; y < to; y++) {
    const start = firsts[y] * length;
    for (let i = 0; i < length; i++) {
      let sum = 0.5;
      let at = start + i;
      for (let k = 0; k < count; k++, at += length) sum += weights[y * count + k] * rows[at];
      reduced[y * length + i] = sum < 0 ? 0 : sum > 255 ? 255 : sum;
    }
  }
  return reduced;
}

interface Taps {
  /** For each place of the smaller side, the first place of the larger one that counts. */
  readonly firsts: Int32Array;
  /** `count` for each place, in sum 1. */
  readonly weights: Float32Array;
  readonly count: number;
}

const kept = new Map<string, Taps>();
const mostKept = 64;

function tapsOf(from: number, to: number, extent: number): Taps {
  const key = `${from} ${to} ${extent}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size >= mostKept) kept.clear();
  const taps = makeTaps(from, to, extent / to);
  kept.set(key, taps);
  return taps;
}

function makeTaps(from: number, to: number, scale: number): Taps {
  const reach = lobes * scale;
  const count = Math.min(from, Math.floor(2 * reach) + 1);
  const firsts = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const first = Math.min(from - count, Math.max(0, Math.ceil(centre - reach)));
    firsts[i] = first;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += lanczos((first + k - centre) / scale);
    for (let k = 0; k < count; k++) {
      weights[i * count + k] = lanczos((first + k - centre) / scale) / sum;
    }
  }
  return { firsts, weights, count };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= lobes) return 0;
  const t = Math.PI * x;
  return (lobes * Math.sin(t) * Math.sin(t / lobes)) / (t * t);
}
