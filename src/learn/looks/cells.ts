/**
 * Finds the nearest of many unit vectors without comparing with all: they are sorted into cells
 * around centres (spherical k-means on a sample), and a query looks into the nearest few cells
 * (an inverted file: Jégou, Douze, Schmid, IEEE TPAMI 2011). About √n cells keep a query at √n work.
 */
import { openArena } from "../../base/assembly/index.ts";
import { fork, type Key, permutation } from "../../base/index.ts";
import { routines } from "./cell-loops.ts";

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
  const rows = new Uint32Array(vectors.length / length).map((_, i) => i);
  const found = leftOut ? rows.filter((i) => !leftOut[i]) : rows;
  const count =
    found.length < cellRule.below
      ? 1
      : Math.min(cellRule.most, Math.round(Math.sqrt(found.length)));
  const shelf = openShelf(length, { members: found.length, cells: count });
  if (count > 1) fitCentres(shelf, { vectors, rows: found, key });
  const homes = Uint32Array.from(found, (row) =>
    count === 1 ? 0 : shelf.nearest(vectors, row * length),
  );
  const starts = new Uint32Array(count + 1);
  for (const home of homes) starts[home + 1]++;
  for (let cell = 0; cell < count; cell++) starts[cell + 1] += starts[cell];
  // Members of a cell lie one after another: a cell is read in one sweep.
  const order = new Uint32Array(found.length);
  const next = starts.slice();
  for (const [k, row] of found.entries()) {
    const place = next[homes[k]]++;
    order[place] = row;
    shelf.members.set(vectors.subarray(row * length, (row + 1) * length), place * length);
  }
  return {
    search(query, { probes, least, visit }) {
      const chosen = greatest(shelf.toCentres(query), Math.min(probes, count));
      for (const cell of chosen) {
        const start = starts[cell];
        const likenesses = shelf.toMembers(start, starts[cell + 1] - start);
        for (let k = 0; k < likenesses.length; k++) {
          if (likenesses[k] >= least) visit(order[start + k], likenesses[k]);
        }
      }
    },
  };
}

/** Centres and members in the loops' memory, and the likenesses of one query to them. */
interface Shelf {
  readonly length: number;
  /** `cells` rows of `length` numbers. */
  readonly centres: Float32Array;
  readonly members: Float32Array;
  /** The centre most like the vector at `at`. */
  nearest(vectors: Float32Array, at: number): number;
  /** Asks with another vector; valid until it is asked again. */
  toCentres(query: Float32Array): Float32Array;
  /** Of the vector that was asked with last. */
  toMembers(start: number, count: number): Float32Array;
}

/** Rows that the loop reads at a time, and so perhaps behind the last. */
const together = 4;

function openShelf(
  length: number,
  { members, cells }: { readonly members: number; readonly cells: number },
): Shelf {
  const bytes = 4 * length;
  const at = { query: 0, centres: bytes, out: 0, members: 0 };
  at.out = at.centres + (cells + together) * bytes;
  at.members = at.out + 4 * (Math.max(members, cells) + together);
  at.members = 16 * Math.ceil(at.members / 16);
  const { floats, run } = openArena(routines)(at.members + (members + together) * bytes);
  const part = (start: number, numbers: number) => floats.subarray(start / 4, start / 4 + numbers);
  const asked = part(at.query, length);
  const out = part(at.out, Math.max(members, cells));
  const compare = (rows: number, number: number) => {
    run("likenesses", { rows, number, bytes, query: at.query, out: at.out });
    return out.subarray(0, number);
  };
  return {
    length,
    centres: part(at.centres, cells * length),
    members: part(at.members, members * length),
    nearest(vectors, start) {
      asked.set(vectors.subarray(start, start + length));
      const likenesses = compare(at.centres, cells);
      let best = 0;
      for (let cell = 1; cell < cells; cell++) {
        if (likenesses[cell] > likenesses[best]) best = cell;
      }
      return best;
    },
    toCentres(query) {
      asked.set(query);
      return compare(at.centres, cells);
    },
    toMembers: (start, count) => compare(at.members + start * bytes, count),
  };
}

/** Places of the `count` greatest values, the greatest first. */
function greatest(values: Float32Array, count: number): number[] {
  const places: number[] = [];
  const found: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place];
    if (places.length === count && value <= found[count - 1]) continue;
    let at = places.length < count ? places.length : count - 1;
    for (; at > 0 && found[at - 1] < value; at--) {
      places[at] = places[at - 1];
      found[at] = found[at - 1];
    }
    places[at] = place;
    found[at] = value;
  }
  return places;
}

/** Spherical k-means on a sample of so many rows for each centre. */
function fitCentres(
  { length, centres, nearest }: Shelf,
  {
    vectors,
    rows,
    key,
  }: { readonly vectors: Float32Array; readonly rows: Uint32Array; readonly key: Key },
): void {
  const count = centres.length / length;
  const drawn = permutation(fork(key, "cells"), rows.length);
  const sample = drawn.subarray(0, Math.min(rows.length, cellRule.sample * count));
  for (let cell = 0; cell < count; cell++) {
    const row = rows[sample[cell]];
    centres.set(vectors.subarray(row * length, (row + 1) * length), cell * length);
  }
  const sums = new Float32Array(centres.length);
  for (let round = 0; round < cellRule.rounds; round++) {
    sums.fill(0);
    for (const k of sample) {
      const at = rows[k] * length;
      const cell = nearest(vectors, at);
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
}
