/**
 * Which convolutions go by Winograd's algorithm: a quarter of the multiplications, but eight more
 * passes over memory. The rule is arithmetic on the shape, so that a program has one plan everywhere.
 *
 * Measured on a Zen 4 core, AVX-512, 256 pictures, ms of processor time, direct against Winograd:
 *
 *     channels, size   64, 32²     128, 16²    256, 8²     512, 4²     64, 8²
 *     forward          198   256   179   131   175   86    192   65    12.2  11.4
 *     data gradient    197   256   187   147   182   86    223   72    12.4  10.9
 *     weight gradient  379   287   337   164   264   106   211   78    15.3  15.2
 */
import type { Window } from "../../graph/index.ts";
import { products, tilesOf } from "../winograd-transforms.ts";

export interface Shapes {
  readonly n: number;
  /** Channels and positions of what the forward reads, and of what it gives. */
  readonly from: Side;
  readonly to: Side;
  readonly kernel: readonly number[];
  readonly window: Window;
}

interface Side {
  readonly channels: number;
  readonly size: readonly [number, number];
}

/** Multiplications in the time that moving one float to or from memory takes. */
const perMove = 15;
/** What a tie is worth: direct kernels take less memory and round less. */
const margin = 0.8;

export function winogradPays(
  shapes: Shapes,
  { gradient }: { gradient: "weight" | "none" },
): boolean {
  if (!fits(shapes)) return false;
  const { n, from, to } = shapes;
  const tiles = to.size.map(tilesOf);
  const pairs = from.channels * to.channels;
  const multiplied = products ** 2 * tiles[0] * tiles[1] * pairs;
  const transformed =
    from.channels * transform(from.size, tiles) + to.channels * transform(to.size, tiles);
  const direct = 9 * to.size[0] * to.size[1] * pairs;
  if (gradient === "none") return multiplied + transformed < margin * direct;
  // Columns are read across, which costs products half as much again.
  return 1.5 * multiplied + transformed < margin * direct * outgrown(n * to.size[0] * to.size[1]);
}

/** One channel of one picture: two maps, each reads and writes, and a change of layout. */
function transform([height, width]: Side["size"], tiles: readonly number[]): number {
  const [rows, columns] = tiles.map((count) => products * count);
  const multiplied = rows * height * width + rows * columns * width;
  const moved = 3 * height * width + 2 * rows * width + 2 * rows * columns;
  return multiplied + perMove * moved;
}

/**
 * The direct weight gradient slows down as the errors of a block of filters outgrow a cache of 1 MB:
 * twice the time at sixteen times that.
 */
function outgrown(positions: number): number {
  return Math.max(1, 1 + Math.log2(positions / 2 ** 14) / 4);
}

function fits({ kernel, window, to }: Shapes): boolean {
  return (
    kernel.every((size) => size === 3) &&
    window.stride.every((step) => step === 1) &&
    window.dilation.every((step) => step === 1) &&
    window.padding.every((size) => size <= 2) &&
    to.size.every((size) => size > 0)
  );
}
