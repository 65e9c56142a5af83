/** Banded matrices along one side of a picture: antialiased resizing (mirrored or not) and blur. */

/**
 * Row i has `taps` weights, for the columns from `first[i]` on; all of them lie inside the picture.
 * Values are only ever read: bands of whole sides are shared between views.
 */
export type Banded = {
  readonly rows: number;
  readonly columns: number;
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
};

/**
 * Rows of the matrix that resizes `from` pixels to `to`, as PIL's bilinear filter and torchvision's
 * `antialias=True`: a triangle of half-width max(1, from / to) about each new pixel's centre, cut
 * at the border and normalised. `start` and `rows` choose a stretch of the result, `mirror` turns it
 * around.
 */
export function resizeBand(
  from: number,
  to: number,
  {
    start = 0,
    rows = to,
    mirror = false,
  }: { start?: number; rows?: number; mirror?: boolean } = {},
): Banded {
  const scale = from / to;
  const half = Math.max(1, scale);
  // An open interval of length 2 · half holds at most ⌈2 · half⌉ whole numbers.
  const taps = from === to ? 1 : Math.min(from, Math.ceil(2 * half));
  const first = new Int32Array(rows);
  const weights = new Float64Array(rows * taps);
  for (let i = 0; i < rows; i++) {
    const centre = (start + i + 0.5) * scale - 0.5;
    const low = Math.max(0, Math.min(Math.floor(centre - half) + 1, from - taps));
    const row = mirror ? rows - 1 - i : i;
    first[row] = from === to ? start + i : low;
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const weight = Math.max(0, 1 - Math.abs(first[row] + k - centre) / half);
      weights[row * taps + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < taps; k++) weights[row * taps + k] /= sum;
  }
  return { rows, columns: from, taps, first, weights: new Float32Array(weights) };
}

/**
 * Gaussian blur of `size` pixels with reflected borders (torchvision's padding). The kernel is the
 * density at whole pixels up to ⌈3 sigma⌉, where torchvision has a fixed width.
 */
export function blurBand(size: number, sigma: number): Banded {
  const radius = Math.min(size - 1, Math.ceil(3 * sigma));
  const kernel = new Float64Array(2 * radius + 1);
  let sum = 0;
  for (let k = 0; k < kernel.length; k++) {
    kernel[k] = Math.exp(-((k - radius) ** 2) / (2 * sigma ** 2));
    sum += kernel[k];
  }
  const taps = Math.min(size, kernel.length);
  const first = new Int32Array(size);
  const weights = new Float64Array(size * taps);
  for (let i = 0; i < size; i++) {
    first[i] = Math.max(0, Math.min(i - radius, size - taps));
    for (let k = 0; k < kernel.length; k++) {
      const at = Math.abs(i + k - radius);
      const inside = at < size ? at : 2 * (size - 1) - at;
      weights[i * taps + inside - first[i]] += kernel[k] / sum;
    }
  }
  return { rows: size, columns: size, taps, first, weights: new Float32Array(weights) };
}

/** `outer · inner`, as narrow as its rows allow. */
export function product(outer: Banded, inner: Banded): Banded {
  const { rows } = outer;
  const first = new Int32Array(rows);
  let taps = 1;
  for (let i = 0; i < rows; i++) {
    let low = inner.columns;
    let high = 0;
    for (let k = 0; k < outer.taps; k++) {
      const from = inner.first[outer.first[i] + k];
      if (from < low) low = from;
      if (from > high) high = from;
    }
    first[i] = low;
    taps = Math.max(taps, high + inner.taps - low);
  }
  const weights = new Float64Array(rows * taps);
  for (let i = 0; i < rows; i++) {
    first[i] = Math.min(first[i], inner.columns - taps);
    for (let k = 0, row = outer.first[i]; k < outer.taps; k++, row++) {
      const weight = outer.weights[i * outer.taps + k];
      const at = i * taps + inner.first[row] - first[i];
      const from = row * inner.taps;
      for (let j = 0; j < inner.taps; j++) weights[at + j] += weight * inner.weights[from + j];
    }
  }
  return { rows, columns: inner.columns, taps, first, weights: new Float32Array(weights) };
}

/** What each column weighs in the mean of all rows. */
export function columnShares({ rows, columns, taps, first, weights }: Banded): Float32Array {
  const shares = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < taps; k++) shares[first[i] + k] += weights[i * taps + k] / rows;
  }
  return Float32Array.from(shares);
}

/** A whole side's resizing, and its columns' shares in the mean. */
export type SideBand = { readonly band: Banded; readonly shares: Float32Array };

/** Views of one run meet the same few sides again and again; dropped whole when there are too many. */
const kept = new Map<number, SideBand>();
const mostBytes = 1 << 24;
let bytes = 0;

/** `resizeBand` of a whole side, from memory where it was asked for before. */
export function sideBand(from: number, to: number, mirror: boolean): SideBand {
  const name = 2 * (from * 2 ** 16 + to) + (mirror ? 1 : 0);
  const known = kept.get(name);
  if (known) return known;
  const band = resizeBand(from, to, { mirror });
  const made = { band, shares: columnShares(band) };
  bytes += 4 * (band.weights.length + band.rows + from);
  if (bytes > mostBytes) {
    kept.clear();
    bytes = 0;
  }
  kept.set(name, made);
  return made;
}
