/**
 * Of each query the candidates for its `count` greatest similarities, while rows pass. A further row is
 * a candidate if it exceeds the query's floor: the count-th greatest so far less `slack`, within which
 * float32 cannot tell who is greater.
 */
import type { Matrix } from "./matrix.ts";
import type { Sifted } from "./sieve.ts";

export interface NearestSoFar {
  readonly queries: number;
  readonly count: number;
  readonly places: number;
  readonly slack: number;
  /** For each query `places` candidates, how many there are, and what a further one must exceed. */
  readonly rows: Uint32Array;
  readonly similarities: Float32Array;
  readonly sizes: Int32Array;
  readonly floors: Float64Array;
  readonly scratch: Float32Array;
}

/** Candidates that a query may have before it has to drop some. */
export function placesFor(count: number): number {
  return 8 * (count + 8);
}

export function noneSoFar(
  queries: number,
  { count, slack }: { readonly count: number; readonly slack: number },
): NearestSoFar {
  const places = placesFor(count);
  return {
    queries,
    count,
    places,
    slack,
    rows: new Uint32Array(queries * places),
    similarities: new Float32Array(queries * places),
    sizes: new Int32Array(queries),
    floors: new Float64Array(queries).fill(Number.NEGATIVE_INFINITY),
    scratch: new Float32Array(places),
  };
}

/** Takes what was left of a block whose first row is the query `first`; its columns are `rows`. */
export function offer(state: NearestSoFar, sifted: Sifted, first: number, rows: Uint32Array): void {
  const { places, similarities, sizes, floors } = state;
  for (let r = 0; r < sifted.counts.length; r++) {
    const query = first + r;
    const own = query * places;
    const from = r * sifted.apart;
    let floor = floors[query];
    for (let at = from; at < from + sifted.counts[r]; at++) {
      const place = sifted.places[at];
      if (place >= rows.length) break;
      const value = sifted.values[r * sifted.columns + place];
      if (!(value > floor)) continue;
      state.rows[own + sizes[query]] = rows[place];
      similarities[own + sizes[query]] = value;
      sizes[query]++;
      if (sizes[query] < places) continue;
      compact(state, query);
      floor = floors[query];
    }
  }
}

/**
 * Floors for queries that have none, from the first `length` of their similarities at most, before they are
 * sifted and offered. The block's first row is the query `first`.
 */
export function primeFloors(
  state: NearestSoFar,
  { rows, columns, values }: Matrix,
  { first, length }: { readonly first: number; readonly length: number },
): void {
  const { count, slack, floors, scratch } = state;
  const some = scratch.subarray(0, Math.min(length, scratch.length));
  if (some.length < count) return;
  for (let r = 0; r < rows; r++) {
    if (floors[first + r] !== Number.NEGATIVE_INFINITY) continue;
    some.set(values.subarray(r * columns, r * columns + some.length));
    floors[first + r] = nthGreatest(some, count) - slack;
  }
}

/** What a row must exceed to be among the `count` greatest of those offered and of any others. */
export function floorsOf(state: NearestSoFar): Float64Array {
  const { queries, count, places, slack, sizes } = state;
  return Float64Array.from({ length: queries }, (_, q) => {
    const span = { from: q * places, to: q * places + sizes[q] };
    return sizes[q] < count ? Number.NEGATIVE_INFINITY : greatest(state, span) - slack;
  });
}

/** Raises the floors of those queries that have `worth` candidates more than are sought. */
export function raiseFloors(
  state: NearestSoFar,
  worth: number,
  [from, to]: readonly [number, number],
): void {
  for (let query = from; query < to; query++) {
    if (state.sizes[query] >= state.count + worth) raiseFloor(state, query);
  }
}

/** Drops what can no longer be among the `count` greatest; returns the count-th greatest. */
function raiseFloor(state: NearestSoFar, query: number): number {
  const { places, slack, sizes, floors } = state;
  const [from, to] = [query * places, query * places + sizes[query]];
  const edge = greatest(state, { from, to });
  floors[query] = Math.max(floors[query], edge - slack);
  sizes[query] = keepFrom(state, { from, to }, floors[query]);
  return edge;
}

/**
 * Raises the floor of a query whose places are taken. Where features have collapsed that may be too
 * little: then float32 decides, and of equals the first rows stay.
 */
function compact(state: NearestSoFar, query: number): void {
  const { count, places, sizes, floors } = state;
  const edge = raiseFloor(state, query);
  if (sizes[query] <= 0.75 * places) return;
  const from = query * places;
  floors[query] = edge;
  let level = count;
  for (let at = from; at < from + sizes[query]; at++) if (state.similarities[at] > edge) level--;
  let size = 0;
  for (let at = from; at < from + sizes[query]; at++) {
    const value = state.similarities[at];
    if (value < edge || (value === edge && level-- <= 0)) continue;
    state.similarities[from + size] = value;
    state.rows[from + size++] = state.rows[at];
  }
  sizes[query] = size;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Keeps, in order, what reaches the threshold; returns how many those are. */
function keepFrom({ similarities, rows }: NearestSoFar, { from, to }: Span, threshold: number) {
  let size = 0;
  for (let at = from; at < to; at++) {
    if (similarities[at] < threshold) continue;
    similarities[from + size] = similarities[at];
    rows[from + size++] = rows[at];
  }
  return size;
}

function greatest({ similarities, scratch, count }: NearestSoFar, { from, to }: Span): number {
  scratch.set(similarities.subarray(from, to));
  return nthGreatest(scratch.subarray(0, to - from), count);
}

/** The n-th greatest of the values, which are put into another order (Hoare 1961, quickselect). */
export function nthGreatest(values: Float32Array, n: number): number {
  let [low, high] = [0, values.length - 1];
  const wanted = n - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] > pivot) i++;
      while (values[j] < pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted];
}
