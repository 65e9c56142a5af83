/**
 * A thumbnail, or a window of it, in 50 numbers: its lowest cosine frequencies without the mean, of
 * brightness 6 × 6, of each colour difference 3 × 3 with the mean (colour casts count, exposure does
 * not). Natural pictures have amplitudes that fall with frequency (Field, J. Opt. Soc. Am. A 1987);
 * each is multiplied by its frequency, so that likeness means agreement in detail, too. Unit length.
 */
import { type Thumbnail, thumbnailSide } from "./thumbnail.ts";

/** A part of a picture, in shares of its sides. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const wholePicture: Window = { x: 0, y: 0, width: 1, height: 1 };

const lumaSide = 6;
const colourSide = 3;
const colourWeight = 1.5;
const area = thumbnailSide * thumbnailSide;

/** Luma without its mean, and both colours; two zeros at the end, so that loops go by four. */
export const descriptorLength = 56;

interface Place {
  readonly plane: number;
  readonly u: number;
  readonly v: number;
  readonly weight: number;
}

const places: readonly Place[] = [
  ...frequencies(lumaSide)
    .filter(([u, v]) => u + v > 0)
    .map(([u, v]) => ({ plane: 0, u, v, weight: Math.hypot(u, v) })),
  ...[1, 2].flatMap((plane) =>
    frequencies(colourSide).map(([u, v]) => ({
      plane,
      u,
      v,
      weight: colourWeight * Math.max(1, Math.hypot(u, v)),
    })),
  ),
].sort((a, b) => a.u + a.v - (b.u + b.v) || a.plane - b.plane || a.u - b.u);
const weights = Float64Array.from(places, ({ weight }) => weight);
const means = Float64Array.from(places, ({ u, v }) => (u + v === 0 ? 128 : 0));
const sources = Uint32Array.from(
  places,
  ({ plane, u, v }) => (plane * lumaSide + v) * lumaSide + u,
);

/** −1 where a mirrored picture has the opposite coefficient: odd horizontal frequencies. */
const mirrorSigns = Float32Array.from({ length: descriptorLength }, (_, k) =>
  k < places.length && places[k].u % 2 === 1 ? -1 : 1,
);

/** Where a descriptor is written: `descriptorLength` numbers from `at` on. */
interface Target {
  readonly into: Float32Array;
  readonly at: number;
}

/** Returns false where there is nothing to tell by. */
export function describe(picture: Thumbnail, window: Window, target: Target): boolean {
  return describer(picture)(window, target);
}

/** For many windows of one picture: those between the same sides share the sums along its rows. */
export function describer(picture: Thumbnail): (window: Window, target: Target) => boolean {
  const halves = new Map<Float64Array, Float64Array>();
  return (window, target) => {
    const across = basis(window.x, window.width);
    let half = halves.get(across);
    if (half === undefined) {
      half = alongRows(picture, across);
      halves.set(across, half);
    }
    alongColumns(half, basis(window.y, window.height));
    return write(target);
  };
}

function write({ into, at }: Target): boolean {
  let square = 0;
  for (let k = 0; k < places.length; k++) {
    const value = weights[k] * (coefficients[sources[k]] - means[k]);
    into[at + k] = value;
    square += value * value;
  }
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let k = 0; k < places.length; k++) into[at + k] *= scale;
  for (let k = places.length; k < descriptorLength; k++) into[at + k] = 0;
  return square >= leastSquare;
}

/** Below this (grey levels, weighted) a picture is as good as blank. */
const leastSquare = 9;

/** The descriptor of the same picture seen in a mirror. */
export function mirrored(descriptor: Float32Array, into: Float32Array): Float32Array {
  for (let k = 0; k < descriptorLength; k++) into[k] = mirrorSigns[k] * descriptor[k];
  return into;
}

const coefficients = new Float64Array(3 * lumaSide * lumaSide);

const side = thumbnailSide;
/** Rows of `lumaSide` for brightness, then of `colourSide` for each colour difference. */
const halfStarts = [0, side * lumaSide, side * (lumaSide + colourSide)];
const halfLength = side * (lumaSide + 2 * colourSide);

function countOf(plane: number): number {
  return plane === 0 ? lumaSide : colourSide;
}

/** Half (y, u) = Σ plane[y][x] · across[u][x]. */
function alongRows(picture: Thumbnail, across: Float64Array): Float64Array {
  const half = new Float64Array(halfLength);
  for (let plane = 0; plane < 3; plane++) {
    const count = countOf(plane);
    for (let y = 0; y < side; y++) {
      const row = plane * area + y * side;
      for (let u = 0; u < count; u++) {
        const wave = u * side;
        let even = 0;
        let odd = 0;
        for (let x = 0; x < side; x += 2) {
          even += picture[row + x] * across[wave + x];
          odd += picture[row + x + 1] * across[wave + x + 1];
        }
        half[halfStarts[plane] + y * count + u] = even + odd;
      }
    }
  }
  return half;
}

/** Coefficient (v, u) = Σ down[v][y] · half[y][u]; rows of `lumaSide`. */
function alongColumns(half: Float64Array, down: Float64Array): void {
  for (let plane = 0; plane < 3; plane++) {
    const count = countOf(plane);
    for (let v = 0; v < count; v++) {
      for (let u = 0; u < count; u++) {
        let sum = 0;
        let at = halfStarts[plane] + u;
        for (let y = 0; y < side; y++, at += count) sum += down[v * side + y] * half[at];
        coefficients[plane * lumaSide * lumaSide + v * lumaSide + u] = sum;
      }
    }
  }
}

const known = new Map<string, Float64Array>();

/**
 * Row u: √2 cos(πut) (1 for u = 0) over the window, t from 0 to 1, integrated over each pixel's part
 * of it. Sums over pixels are then means over the window.
 */
function basis(start: number, length: number): Float64Array {
  const key = `${start} ${length}`;
  const before = known.get(key);
  if (before) return before;
  const made = new Float64Array(lumaSide * side);
  for (let x = 0; x < side; x++) {
    const from = Math.min(1, Math.max(0, (x / side - start) / length));
    const to = Math.min(1, Math.max(0, ((x + 1) / side - start) / length));
    made[x] = to - from;
    for (let u = 1; u < lumaSide; u++) {
      const rate = Math.PI * u;
      made[u * side + x] = (Math.SQRT2 * (Math.sin(rate * to) - Math.sin(rate * from))) / rate;
    }
  }
  known.set(key, made);
  return made;
}

function frequencies(side: number): [u: number, v: number][] {
  return Array.from({ length: side * side }, (_, k) => [k % side, Math.floor(k / side)]);
}
