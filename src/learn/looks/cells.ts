/**
 * Finds the nearest of many unit vectors without comparing with all: they are sorted into cells
 * around centres (spherical k-means on a sample), and a query looks into the nearest few cells
 * (an inverted file: Jégou, Douze, Schmid, IEEE TPAMI 2011). About √n cells keep a query at √n work.
 */
import { fork, type Key, permutation } from "../../base/index.ts";

export interface Cells {
  /**
   * Calls `visit` for every vector of the `probes` nearest cells that is at least `least` like the
   * query (cosine), in no particular order.
   */
  search(
    query: Float32Array,
    options: {
      readonly probes: number;
      readonly least: number;
      readonly visit: (row: number, likeness: number) => void;
    },
  ): void;
}

const cellRule = { sample: 64, rounds: 8, below: 1500, most: 2048 } as const;

/** `vectors` are rows of `length` numbers (a multiple of 4) and unit length; rows left out are not found. */
export function openCells(
  vectors: Float32Array,
  {
    length,
    key,
    leftOut,
  }: { readonly length: number; readonly key: Key; readonly leftOut?: Uint8Array },
): Cells {
  const rows = Uint32Array.from(
    Array.from({ length: vectors.length / length }, (_, i) => i).filter((i) => !leftOut?.[i]),
  );
  const count =
    rows.length < cellRule.below ? 1 : Math.min(cellRule.most, Math.round(Math.sqrt(rows.length)));
  const centres =
    count === 1 ? new Float32Array(length) : fitCentres(vectors, rows, { length, count, key });
  const homes = new Uint32Array(rows.length);
  const sizes = new Uint32Array(count + 1);
  for (const [k, row] of rows.entries()) {
    homes[k] = count === 1 ? 0 : nearest(centres, count, { vectors, at: row * length, length });
    sizes[homes[k] + 1]++;
  }
  for (let cell = 0; cell < count; cell++) sizes[cell + 1] += sizes[cell];
  // Members of a cell lie one after another: a cell is read in one sweep.
  const order = new Uint32Array(rows.length);
  const sorted = new Float32Array(rows.length * length);
  const next = sizes.slice();
  for (const [k, row] of rows.entries()) {
    const place = next[homes[k]]++;
    order[place] = row;
    sorted.set(vectors.subarray(row * length, (row + 1) * length), place * length);
  }
  const signs = new Uint32Array(2 * rows.length);
  const tails = new Float32Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    writeSigns(sorted, place, length, signs);
    tails[place] = tailOf(sorted, place * length, length);
  }
  const own = new Uint32Array(2);
  const head = Math.min(headLength, length);
  return {
    search(query, { probes, least, visit }) {
      const chosen = nearestCells(centres, query, Math.min(probes, count));
      const bits = mostBits(least, length);
      writeSigns(query, 0, length, own);
      const low = own[0];
      const high = own[1];
      const tail = tailOf(query, 0, length);
      for (const cell of chosen) {
        const end = sizes[cell + 1];
        for (let place = sizes[cell]; place < end; place++) {
          if (bitsSet(signs[2 * place] ^ low) + bitsSet(signs[2 * place + 1] ^ high) > bits)
            continue;
          const at = place * length;
          // The tails' product is at most that of their lengths (Cauchy, Schwarz).
          const first = dot(sorted, at, query, 0, head);
          if (first + tails[place] * tail < least) continue;
          const likeness = first + dot(sorted, at, query, head, length);
          if (likeness >= least) visit(order[place], likeness);
        }
      }
    },
  };
}

/** The `count` centres most like the query, the most like first. */
function nearestCells(centres: Float32Array, query: Float32Array, count: number): number[] {
  const cells: number[] = [];
  const likenesses: number[] = [];
  const total = centres.length / query.length;
  for (let cell = 0; cell < total; cell++) {
    const likeness = dot(centres, cell * query.length, query, 0, query.length);
    if (cells.length === count && likeness <= likenesses[count - 1]) continue;
    let at = cells.length < count ? cells.length : count - 1;
    for (; at > 0 && likenesses[at - 1] < likeness; at--) {
      cells[at] = cells[at - 1];
      likenesses[at] = likenesses[at - 1];
    }
    cells[at] = cell;
    likenesses[at] = likeness;
  }
  return cells;
}

/**
 * Signs of two vectors with a cosine c differ in a share acos(c) ÷ π of their places (Goemans,
 * Williamson, J. ACM 1995, for random directions); three deviations more are borne. A first look at
 * 64 bits spares most products. Longer vectors and low likenesses are not filtered.
 */
function mostBits(least: number, length: number): number {
  if (length > 64 || least < 0.6) return 64;
  const share = Math.acos(Math.min(1, least)) / Math.PI;
  return Math.ceil(share * length + 3 * Math.sqrt(length * share * (1 - share)));
}

/** One bit for each of the first 64 numbers of row `i`: set where it is positive. */
function writeSigns(rows: Float32Array, i: number, length: number, into: Uint32Array): void {
  into[2 * i] = 0;
  into[2 * i + 1] = 0;
  for (let k = 0; k < Math.min(64, length); k++) {
    if (rows[i * length + k] > 0) into[2 * i + (k >> 5)] |= 1 << (k & 31);
  }
}

function bitsSet(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function fitCentres(
  vectors: Float32Array,
  rows: Uint32Array,
  { length, count, key }: { readonly length: number; readonly count: number; readonly key: Key },
): Float32Array {
  const drawn = permutation(fork(key, "cells"), rows.length);
  const sample = drawn.subarray(0, Math.min(rows.length, cellRule.sample * count));
  const centres = new Float32Array(count * length);
  for (let cell = 0; cell < count; cell++) {
    const row = rows[sample[cell]];
    centres.set(vectors.subarray(row * length, (row + 1) * length), cell * length);
  }
  for (let round = 0; round < cellRule.rounds; round++) {
    const sums = new Float32Array(count * length);
    for (const k of sample) {
      const at = rows[k] * length;
      const cell = nearest(centres, count, { vectors, at, length });
      for (let d = 0; d < length; d++) sums[cell * length + d] += vectors[at + d];
    }
    for (let cell = 0; cell < count; cell++) {
      let square = 0;
      for (let d = 0; d < length; d++) square += sums[cell * length + d] ** 2;
      if (square === 0) continue; // An empty cell keeps its centre.
      const scale = 1 / Math.sqrt(square);
      for (let d = 0; d < length; d++) centres[cell * length + d] = sums[cell * length + d] * scale;
    }
  }
  return centres;
}

function nearest(
  centres: Float32Array,
  count: number,
  {
    vectors,
    at,
    length,
  }: { readonly vectors: Float32Array; readonly at: number; readonly length: number },
): number {
  const query = vectors.subarray(at, at + length);
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let cell = 0; cell < count; cell++) {
    const likeness = dot(centres, cell * length, query, 0, length);
    if (likeness > most) [best, most] = [cell, likeness];
  }
  return best;
}

/** Numbers that are multiplied first: the lowest frequencies, which tell most. */
const headLength = 16;

/** The length of what comes after the head, a little too long rather than too short. */
function tailOf(rows: Float32Array, at: number, length: number): number {
  let square = 0;
  for (let k = headLength; k < length; k++) square += rows[at + k] * rows[at + k];
  return Math.sqrt(square) + 1e-6;
}

/** Four sums at a time, since each addition waits for the one before it. */
function dot(
  rows: Float32Array,
  at: number,
  query: Float32Array,
  from: number,
  to: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = from; k < to; k += 4) {
    a += rows[at + k] * query[k];
    b += rows[at + k + 1] * query[k + 1];
    c += rows[at + k + 2] * query[k + 2];
    d += rows[at + k + 3] * query[k + 3];
  }
  return a + b + c + d;
}
