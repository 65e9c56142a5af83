/**
 * How alike two pictures are once one is laid over the other: shifted, scaled, turned a little and,
 * if asked, mirrored. Likeness is the correlation (Pearson's, so exposure and contrast cancel) of
 * their details, that is, of brightness against its surroundings; a common sky or a common dark ground
 * is no likeness.
 */
import type { Window } from "./descriptor.ts";
import { type Thumbnail, thumbnailSide } from "./thumbnail.ts";

export interface Likeness {
  /** Of details in brightness, from −1 to 1. */
  readonly detail: number;
  /** Of brightness itself, and of both colour differences. */
  readonly luma: number;
  readonly colour: number;
}

/** A thumbnail with its details. */
export interface Relief {
  readonly planes: Thumbnail;
  readonly detail: Float32Array;
}

/** Where the middle of the laid-over picture lies, its sides as shares, its turn in radians. */
type Placement = [x: number, y: number, width: number, height: number, turn: number];

const side = thumbnailSide;
const area = side * side;
/** Points on a side that are compared. */
const points = 24;
/** Half the side of the square whose mean is taken away, in pixels of the thumbnail. */
const surroundings = 3;
const steps: readonly Placement[] = [0.04, 0.02, 0.01].map((step) => [
  step,
  step,
  1.5 * step,
  1.5 * step,
  1.5 * step,
]);
/** Below this first likeness the search for a better placement is not worth its time. */
const hopeless = 0.3;
/** From here on nothing has to be improved. */
const plain = 0.93;

/**
 * Brightness without the mean of its surroundings, over their standard deviation (local contrast
 * normalisation): the outline of an object on a plain ground must not outvote what is on it.
 */
export function relief(planes: Thumbnail): Relief {
  const { sums, squares } = integrals(planes);
  const detail = new Float32Array(area);
  const wide = side + 1;
  for (let y = 0; y < side; y++) {
    const top = Math.max(0, y - surroundings) * wide;
    const bottom = Math.min(side, y + surroundings + 1) * wide;
    for (let x = 0; x < side; x++) {
      const left = Math.max(0, x - surroundings);
      const right = Math.min(side, x + surroundings + 1);
      const count = ((bottom - top) / wide) * (right - left);
      const within = (table: Float64Array) =>
        table[bottom + right] - table[bottom + left] - table[top + right] + table[top + left];
      const mean = within(sums) / count;
      const variance = Math.max(0, within(squares) / count - mean * mean);
      detail[y * side + x] = (planes[y * side + x] - mean) / (Math.sqrt(variance) + faint);
    }
  }
  return { planes, detail };
}

/** Grey levels of contrast below which details count less: noise, and what compression leaves. */
const faint = 8;

/** Sums over all pixels above and to the left (Crow, SIGGRAPH 1984), of luma and of its square. */
function integrals(planes: Thumbnail) {
  const wide = side + 1;
  const sums = new Float64Array(wide * wide);
  const squares = new Float64Array(wide * wide);
  for (let y = 0; y < side; y++) {
    let sum = 0;
    let square = 0;
    for (let x = 0; x < side; x++) {
      const value = planes[y * side + x];
      sum += value;
      square += value * value;
      const at = (y + 1) * wide + x + 1;
      sums[at] = sums[at - wide] + sum;
      squares[at] = squares[at - wide] + square;
    }
  }
  return { sums, squares };
}

/** `inner` is laid over the window of `outer`, from where the best placement nearby is looked for. */
export function align(
  outer: Relief,
  inner: Relief,
  { window, isMirrored }: { readonly window: Window; readonly isMirrored: boolean },
): Likeness {
  const target = sample(inner.detail, whole, { isMirrored: false, into: seconds });
  const judge = (placement: Placement) =>
    correlation(sample(outer.detail, placement, { isMirrored, into: firsts }), target);
  let placement: Placement = [
    window.x + window.width / 2,
    window.y + window.height / 2,
    window.width,
    window.height,
    0,
  ];
  let best = judge(placement);
  if (best >= hopeless) {
    for (const step of steps) {
      for (let k = 0; k < placement.length && best < plain; k++) {
        for (const direction of [-1, 1]) {
          const moved: Placement = [...placement];
          moved[k] += direction * step[k];
          const found = judge(moved);
          if (found <= best) continue;
          best = found;
          placement = moved;
        }
      }
    }
  }
  const plane = (k: number) => {
    const [a, b] = [outer, inner].map(({ planes }) => planes.subarray(k * area, (k + 1) * area));
    sample(a, placement, { isMirrored, into: firsts });
    sample(b, whole, { isMirrored: false, into: seconds });
    return [firsts, seconds] as const;
  };
  const luma = correlation(...plane(0));
  const [blue, red] = [1, 2].map((k) => distance(...plane(k)));
  return { detail: best, luma, colour: 1 - (blue + red) / 2 };
}

const whole: Placement = [0.5, 0.5, 1, 1, 0];
/** Points of the picture below and of the one above it, overwritten by the next sample. */
const [firsts, seconds] = [0, 1].map(() => new Float32Array(points * points));

/** Bilinear, `points` × `points`; outside, the nearest pixel. */
function sample(
  plane: Float32Array,
  placement: Placement,
  { isMirrored, into }: { readonly isMirrored: boolean; readonly into: Float32Array },
): Float32Array {
  if (placement[4] === 0) return sampleUpright(plane, placement, { isMirrored, into });
  const [x, y, width, height, turn] = placement;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let row = 0; row < points; row++) {
    const down = (row + 0.5) / points - 0.5;
    for (let column = 0; column < points; column++) {
      const along = (column + 0.5) / points - 0.5;
      const across = isMirrored ? -along : along;
      const u = within((x + width * (cos * across - sin * down)) * side - 0.5);
      const v = within((y + height * (sin * across + cos * down)) * side - 0.5);
      const left = Math.min(side - 2, Math.floor(u));
      const top = Math.min(side - 2, Math.floor(v));
      const [right, low] = [u - left, v - top];
      const at = top * side + left;
      into[row * points + column] =
        (1 - low) * ((1 - right) * plane[at] + right * plane[at + 1]) +
        low * ((1 - right) * plane[at + side] + right * plane[at + side + 1]);
    }
  }
  return into;
}

const lefts = new Int32Array(points);
const rights = new Float64Array(points);

/** The same without a turn: all rows meet the same columns. */
function sampleUpright(
  plane: Float32Array,
  [x, y, width, height]: Placement,
  { isMirrored, into }: { readonly isMirrored: boolean; readonly into: Float32Array },
): Float32Array {
  for (let column = 0; column < points; column++) {
    const along = (column + 0.5) / points - 0.5;
    const u = within((x + width * (isMirrored ? -along : along)) * side - 0.5);
    lefts[column] = Math.min(side - 2, Math.floor(u));
    rights[column] = u - lefts[column];
  }
  for (let row = 0; row < points; row++) {
    const v = within((y + height * ((row + 0.5) / points - 0.5)) * side - 0.5);
    const top = Math.min(side - 2, Math.floor(v));
    const low = v - top;
    for (let column = 0; column < points; column++) {
      const at = top * side + lefts[column];
      const right = rights[column];
      into[row * points + column] =
        (1 - low) * ((1 - right) * plane[at] + right * plane[at + 1]) +
        low * ((1 - right) * plane[at + side] + right * plane[at + side + 1]);
    }
  }
  return into;
}

function within(place: number): number {
  return Math.min(side - 1, Math.max(0, place));
}

function correlation(a: Float32Array, b: Float32Array): number {
  let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    sumA += a[k];
    sumB += b[k];
    squareA += a[k] * a[k];
    squareB += b[k] * b[k];
    product += a[k] * b[k];
  }
  const varianceA = squareA - (sumA * sumA) / a.length;
  const varianceB = squareB - (sumB * sumB) / a.length;
  if (varianceA <= 1e-6 || varianceB <= 1e-6) return 0;
  return (product - (sumA * sumB) / a.length) / Math.sqrt(varianceA * varianceB);
}

/** Mean absolute difference, over 64 levels. */
function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += Math.abs(a[k] - b[k]);
  return sum / a.length / 64;
}
