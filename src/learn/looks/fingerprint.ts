/**
 * What a picture looks like from afar: a 9×8 grid of mean colours, and a 64-bit difference hash of
 * it (N. Krawetz, "Kind of like that", 2013: is a cell brighter than its right neighbour?).
 */

import { type Bands, shrinkToBytes } from "../../pixels/index.ts";

const gridWidth = 9;
const gridHeight = 8;
export const gridBytes = gridWidth * gridHeight * 3;

/** A bit is set only by a clear difference (grey levels), so that plain areas do not flicker. */
const clearDifference = 2;

/** Mean RGB of each cell. */
export function fingerprint(
  pixels: Uint8Array,
  { height, width }: { height: number; width: number },
): Uint8Array {
  const sides = { down: boxes(height, gridHeight), across: boxes(width, gridWidth) };
  return shrinkToBytes({ pixels, height, width }, sides).slice();
}

const known = new Map<number, Bands>();

/** Weights of the mean over each cell's pixels, kept for each length and number of cells. */
function boxes(length: number, cells: number): Bands {
  const name = 16 * length + cells;
  const before = known.get(name);
  if (before) return before;
  const taps = Math.min(length, Math.ceil(length / cells) + 1);
  const firsts = new Int32Array(cells);
  const weights = new Float32Array(cells * taps);
  for (let index = 0; index < cells; index++) {
    const [from, to] = cell(index, cells, length);
    firsts[index] = Math.min(from, length - taps);
    const start = index * taps - firsts[index];
    weights.fill(1 / (to - from), start + from, start + to);
  }
  const made = { firsts, weights, taps };
  known.set(name, made);
  return made;
}

/** The hash's upper and lower 32 bits, row by row. */
export function differenceHash(grid: Uint8Array): [high: number, low: number] {
  const words: [number, number] = [0, 0];
  for (let bit = 0; bit < 64; bit++) {
    const at = ((bit >> 3) * gridWidth + (bit & 7)) * 3;
    if (grey(grid, at) > grey(grid, at + 3) + clearDifference) words[bit >> 5] |= 1 << (bit & 31);
  }
  return [words[0] >>> 0, words[1] >>> 0];
}

/** How many bits differ. */
export function hashDistance(high: number, low: number): number {
  return bitsSet(high) + bitsSet(low);
}

/** Pearson correlation of two grids over cells and colours; brightness and contrast cancel. */
export function correlation(grids: Uint8Array, i: number, j: number): number {
  const a = i * gridBytes;
  const b = j * gridBytes;
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  for (let k = 0; k < gridBytes; k++) {
    const x = grids[a + k];
    const y = grids[b + k];
    sumA += x;
    sumB += y;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  const varianceA = squareA - (sumA * sumA) / gridBytes;
  const varianceB = squareB - (sumB * sumB) / gridBytes;
  if (varianceA <= 0 || varianceB <= 0) return 0;
  return (product - (sumA * sumB) / gridBytes) / Math.sqrt(varianceA * varianceB);
}

/** Standard deviation of a grid's grey values: near 0 there is nothing to tell pictures apart by. */
export function contrast(grid: Uint8Array): number {
  let sum = 0;
  let square = 0;
  const cells = gridWidth * gridHeight;
  for (let k = 0; k < cells; k++) {
    const value = grey(grid, 3 * k);
    sum += value;
    square += value * value;
  }
  return Math.sqrt(Math.max(0, square / cells - (sum / cells) ** 2));
}

export function brightness(grid: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < gridBytes; at += 3) sum += grey(grid, at);
  return sum / (gridWidth * gridHeight);
}

/** ITU-R BT.601 luma. */
function grey(grid: Uint8Array, at: number): number {
  return 0.299 * grid[at] + 0.587 * grid[at + 1] + 0.114 * grid[at + 2];
}

/** First and one past the last pixel of a cell; never empty, also where cells outnumber pixels. */
function cell(index: number, cells: number, length: number): [number, number] {
  const first = Math.floor((index * length) / cells);
  return [first, Math.max(first + 1, Math.floor(((index + 1) * length) / cells))];
}

function bitsSet(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
