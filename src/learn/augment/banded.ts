/** Banded matrices along one side of a picture: antialiased resizing (mirrored or not) and blur. */

/**
 * Row i has `taps` weights, for the columns from `first[i]` on; all of them lie inside the picture.
 */
export type Banded = {
  readonly rows: number;
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Float64Array;
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
  return { rows, taps, first, weights };
}

/**
 * Gaussian blur of `size` pixels with reflected borders (torchvision's padding). The kernel is the
 * density at whole pixels up to ⌈3 sigma⌉, where torchvision has a fixed width.
 */
export function blurBand(size: number, sigma: number): Banded {
  const radius = Math.min(size - 1, Math.ceil(3 * sigma));
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, k) =>
    Math.exp(-((k - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = kernel.reduce((total, value) => total + value, 0);
  const taps = Math.min(size, 2 * radius + 1);
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
  return { rows: size, taps, first, weights };
}
