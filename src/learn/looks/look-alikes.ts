/** Which pictures are nearly the same: candidates by bands of their hash, confirmed by their grids. */
import { contrast, correlation, differenceHash, gridBytes, hashDistance } from "./fingerprint.ts";

/** Fingerprints of all pictures, one after another, and width ÷ height of each. */
export interface Looks {
  readonly grids: Uint8Array;
  readonly aspects: Float64Array;
}

const lookAlike = {
  /** Differing bits of the 64. Bands find all pairs up to 4 and most of the rest. */
  bits: 10,
  /** On CIFAR-100 pairs above it show one thing; from 0.95 down other things of one kind mix in. */
  correlation: 0.96,
  /** Below this contrast (grey levels) only identical fingerprints count. */
  contrast: 4,
  /** Ratio of the aspects. */
  aspect: 1.1,
  /** Partners looked at per band: an enormous band says nothing. */
  partners: 256,
} as const;

/** First bit and length of each band. Five bands: pairs within 4 bits agree in at least one. */
const bands = [
  [0, 13],
  [13, 13],
  [26, 13],
  [39, 13],
  [52, 12],
] as const;

/** Called for pairs `j < i` with `i ≥ from`; `bits` is their distance. `isSettled` saves the look. */
export interface PairOptions {
  readonly from?: number;
  readonly isSettled?: (i: number, j: number) => boolean;
  readonly onPair: (i: number, j: number, bits: number) => void;
}

export function findLookAlikes(looks: Looks, { from = 0, isSettled, onPair }: PairOptions): void {
  const count = looks.aspects.length;
  const hashes = new Uint32Array(2 * count);
  const plain = new Uint8Array(count);
  const copies = openCopies(looks.grids);
  for (let i = 0; i < count; i++) {
    const grid = looks.grids.subarray(i * gridBytes, (i + 1) * gridBytes);
    hashes.set(differenceHash(grid), 2 * i);
    plain[i] = contrast(grid) < lookAlike.contrast ? 1 : 0;
    const same = copies.firstLike(i, hashes[2 * i] ^ hashes[2 * i + 1]);
    if (same !== i && i >= from && sameAspect(looks, i, same)) onPair(i, same, 0);
  }
  /** The picture of the same band that came before; a list for each band would weigh several times as much. */
  const earlier = new Int32Array(count);
  for (const [start, length] of bands) {
    const latest = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      if (plain[i]) continue;
      const band = bandOf(hashes, i, { start, length });
      earlier[i] = latest.get(band) ?? -1;
      latest.set(band, i);
      if (i < from) continue;
      for (let j = earlier[i], k = 0; j >= 0 && k < lookAlike.partners; j = earlier[j], k++) {
        const bits = distance(hashes, i, j);
        if (bits > lookAlike.bits || isSettled?.(i, j)) continue;
        if (isConfirmed(looks, i, j)) onPair(i, j, bits);
      }
    }
  }
}

/** Finds equal grids by an open table of positions: texts as keys would weigh more than the grids. */
function openCopies(grids: Uint8Array) {
  const count = grids.length / gridBytes;
  const mask = 2 ** Math.ceil(Math.log2(2 * count + 1)) - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  const isEqual = (i: number, j: number) => {
    for (let k = 0; k < gridBytes; k++) {
      if (grids[i * gridBytes + k] !== grids[j * gridBytes + k]) return false;
    }
    return true;
  };
  return {
    /** The first picture that was asked about whose grid equals that of `i`: `i` itself, if none. */
    firstLike(i: number, hash: number): number {
      let mixed = hash;
      for (let k = 0; k < gridBytes; k += 5)
        mixed = Math.imul(mixed ^ grids[i * gridBytes + k], 0x01000193);
      mixed ^= mixed >>> 15;
      for (let at = mixed & mask; ; at = (at + 1) & mask) {
        const there = table[at];
        if (there < 0) {
          table[at] = i;
          return i;
        }
        if (isEqual(i, there)) return there;
      }
    },
  };
}

/** Whether one pair, found in whatever way, counts. */
export function isConfirmed(looks: Looks, i: number, j: number): boolean {
  return sameAspect(looks, i, j) && correlation(looks.grids, i, j) >= lookAlike.correlation;
}

function sameAspect({ aspects }: Looks, i: number, j: number): boolean {
  const ratio = aspects[i] / aspects[j];
  return ratio < lookAlike.aspect && ratio > 1 / lookAlike.aspect;
}

function distance(hashes: Uint32Array, i: number, j: number): number {
  return hashDistance(
    (hashes[2 * i] ^ hashes[2 * j]) >>> 0,
    (hashes[2 * i + 1] ^ hashes[2 * j + 1]) >>> 0,
  );
}

/** Bits `start` to `start + length` of a hash, counted through both words. */
function bandOf(
  hashes: Uint32Array,
  i: number,
  { start, length }: { start: number; length: number },
): number {
  const mask = 2 ** length - 1;
  const [first, second] = [hashes[2 * i], hashes[2 * i + 1]];
  if (start >= 32) return (second >>> (start - 32)) & mask;
  if (start + length <= 32) return (first >>> start) & mask;
  return ((first >>> start) | (second << (32 - start))) & mask;
}
