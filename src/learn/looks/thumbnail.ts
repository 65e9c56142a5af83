/** A picture as one small square of brightness and colour, whatever its size and proportions. */

/** Pixels on a side; proportions are given up, which crops and enlargements do as well. */
export const thumbnailSide = 32;

/** Three planes of 32 × 32: luma, then Cb and Cr (ITU-R BT.601), each from 0 to 255 around 128. */
export type Thumbnail = Float32Array;

const area = thumbnailSide * thumbnailSide;

/** Each cell is the mean of the pixels it covers, those at its edges in part. */
export function thumbnail(
  pixels: Uint8Array,
  { height, width }: { readonly height: number; readonly width: number },
  into: Thumbnail = new Float32Array(3 * area),
): Thumbnail {
  const columns = coverage(width);
  const rows = coverage(height);
  const { starts, pixels: places, weights } = columns;
  const sums = new Float32Array(3 * thumbnailSide);
  for (let row = 0; row < thumbnailSide; row++) {
    sums.fill(0);
    for (let k = rows.starts[row]; k < rows.starts[row + 1]; k++) {
      const base = 3 * rows.pixels[k] * width;
      const share = rows.weights[k];
      for (let column = 0; column < thumbnailSide; column++) {
        let r = 0;
        let g = 0;
        let b = 0;
        for (let m = starts[column]; m < starts[column + 1]; m++) {
          const at = base + 3 * places[m];
          const weight = weights[m];
          r += weight * pixels[at];
          g += weight * pixels[at + 1];
          b += weight * pixels[at + 2];
        }
        sums[3 * column] += share * r;
        sums[3 * column + 1] += share * g;
        sums[3 * column + 2] += share * b;
      }
    }
    // Colours of means are means of colours.
    for (let column = 0; column < thumbnailSide; column++) {
      const r = sums[3 * column];
      const b = sums[3 * column + 2];
      const luma = 0.299 * r + 0.587 * sums[3 * column + 1] + 0.114 * b;
      const at = row * thumbnailSide + column;
      into[at] = luma;
      into[area + at] = 128 + 0.564 * (b - luma);
      into[2 * area + at] = 128 + 0.713 * (r - luma);
    }
  }
  return into;
}

/** For each cell of the side the pixels it covers, with weights that sum to 1. */
interface Coverage {
  readonly starts: Uint32Array;
  readonly pixels: Uint32Array;
  readonly weights: Float64Array;
}

const coverages = new Map<number, Coverage>();

function coverage(length: number): Coverage {
  const known = coverages.get(length);
  if (known) return known;
  const starts: number[] = [0];
  const pixels: number[] = [];
  const weights: number[] = [];
  const step = length / thumbnailSide;
  for (let cell = 0; cell < thumbnailSide; cell++) {
    const [from, to] = [cell * step, (cell + 1) * step];
    for (let pixel = Math.floor(from); pixel < Math.min(length, Math.ceil(to)); pixel++) {
      const part = Math.min(to, pixel + 1) - Math.max(from, pixel);
      if (part <= 1e-9) continue;
      pixels.push(pixel);
      weights.push(part / step);
    }
    starts.push(pixels.length);
  }
  const made = {
    starts: Uint32Array.from(starts),
    pixels: Uint32Array.from(pixels),
    weights: Float64Array.from(weights),
  };
  coverages.set(length, made);
  return made;
}
