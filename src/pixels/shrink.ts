/**
 * `D · X · Aᵀ` for each colour of a picture X of bytes, where rows of D and A have few weights. Sums
 * are of float32 in a fixed order, so that every machine gets the same picture.
 */
import { type Arena, openArena } from "../base/assembly/index.ts";
import { routines, unrolled } from "./loops.ts";

/** For each place of the smaller side, weights of places of the larger one. */
export interface Bands {
  /** The first place that counts; `taps` places from it on lie within the side. */
  readonly firsts: Int32Array;
  /** `taps` for each place. */
  readonly weights: Float32Array;
  readonly taps: number;
}

/** H·W·3 bytes, uint8 RGB. */
interface Picture {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

interface Sides {
  readonly down: Bands;
  readonly across: Bands;
}

const arenaOf = openArena(routines);

/** [rows, columns, 4] float32, the fourth meaningless; valid until the next call. */
export function shrink(picture: Picture, sides: Sides): Float32Array {
  const rows = sides.down.firsts.length;
  const columns = sides.across.firsts.length;
  const { arena, at } = load(picture, sides);
  arena.run("down", at);
  return arena.floats.subarray(at.out / 4, at.out / 4 + 4 * rows * columns);
}

/** Rounded and clamped, H·W·3 bytes; valid until the next call. */
export function shrinkToBytes(picture: Picture, sides: Sides): Uint8Array {
  const length = 3 * sides.down.firsts.length * sides.across.firsts.length;
  const { arena, at } = load(picture, sides);
  arena.run("downToBytes", at);
  return arena.bytes.subarray(at.out, at.out + length);
}

/** Puts everything into the loops' memory and makes the rows shorter. */
function load({ pixels, height, width }: Picture, { down, across }: Sides) {
  const rows = down.firsts.length;
  const columns = across.firsts.length;
  const pitch = 16 * aligned(columns, 4);
  let end = 0;
  const place = (bytes: number) => {
    const start = end;
    end = aligned(end + bytes, 16);
    return start;
  };
  const places = {
    line: place(16 * width),
    middle: place(pitch * height),
    out: place(16 * rows * columns + 64),
    across: { first: place(4 * columns), weights: place(4 * across.weights.length) },
    down: { first: place(4 * rows), weights: place(4 * down.weights.length) },
    bytes: place(pixels.length),
  };
  const arena = arenaOf(end);
  writeBands(arena, across, places.across);
  writeBands(arena, down, places.down);
  arena.bytes.set(pixels, places.bytes);
  const { line, middle } = places;
  arena.run(`across${across.taps > unrolled ? 0 : across.taps}`, {
    bytes: places.bytes,
    height,
    width,
    line,
    middle,
    pitch,
    size: columns,
    taps: across.taps,
    first: places.across.first,
    weights: places.across.weights,
  });
  // Written out: what is spread gets a hidden class of its own each time.
  const { first, weights } = places.down;
  const { out } = places;
  return { arena, at: { middle, pitch, rows, columns, taps: down.taps, first, weights, out } };
}

function writeBands(
  { integers, floats }: Arena,
  { firsts, weights }: Bands,
  at: { readonly first: number; readonly weights: number },
): void {
  integers.set(firsts, at.first / 4);
  floats.set(weights, at.weights / 4);
}

function aligned(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}
