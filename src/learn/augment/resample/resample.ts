/** `Ay · X · Axᵀ` of a box of a picture, then maps of its colours and turns of its hue, in planes. */
import { openArena } from "../../../base/assembly/index.ts";
import type { Banded } from "../banded.ts";
import { type ColourMap, type ColourPass, luma, lumaOf } from "../colour.ts";
import type { Rgb } from "../recipe.ts";
import { finishing, type PaintForm, routines, unrolled } from "./loops.ts";

const arenaOf = openArena(routines);

/** Interleaved RGB bytes and the box of them that is looked at. */
export type Boxed = {
  readonly pixels: Uint8Array;
  /** Pixels from row to row. */
  readonly stride: number;
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
};

export type Bands = {
  readonly y: Banded;
  readonly x: Banded;
  /** Shares of rows and columns in the mean colour that the first map is made from. */
  readonly rowShares: Float32Array;
  readonly columnShares: Float32Array;
};

/** An affine map, then bounds, then solarisation. */
export type Finish = { readonly map: ColourMap; readonly bounds: Bounds };

export type Bounds = {
  readonly low: Rgb;
  readonly high: Rgb;
  /** What reaches it is mirrored in the middle of low and high. */
  readonly turn?: Rgb;
};

/** What happens to the colours of a view. */
export type Stages = {
  /** Of colours on 0–255, given their mean. */
  readonly first: (mean: Rgb) => Finish;
  /** On [0, 1], clamped to it behind each. */
  readonly between: readonly ColourPass[];
  /** Of colours on [0, 1]; absent where the first one has done all. */
  readonly last?: { readonly finish: (mean: Rgb) => Finish; readonly looksAtMean: boolean };
};

export type Written = {
  readonly stages: Stages;
  readonly out: Float32Array;
  readonly offset: number;
  /** Rows and columns change places. */
  readonly transposed?: boolean;
};

/** Writes [3, size, size] into `out` from `offset` on. */
export function resample(
  box: Boxed,
  { y, x, rowShares, columnShares }: Bands,
  { stages, out, offset, transposed = false }: Written,
): void {
  const { height, width } = box;
  const size = x.rows;
  const stride = 3 * box.stride;
  const pitch = 16 * aligned(size, 4);
  const area = size * size;
  const plane = aligned(4 * area + 16, 16);
  let end = 0;
  const place = (bytes: number) => {
    const start = end;
    end = aligned(end + bytes, 16);
    return start;
  };
  const at = {
    constants: place(4 * finishing.numbers),
    mean: place(16),
    sums: place(3 * 16),
    // Before what the box's size moves, so that its planes lie where those of the last view did.
    out: place(3 * plane),
    line: place(16 * width),
    middle: place(pitch * height),
    x: placeBand(x, place),
    y: placeBand(y, place),
    rowShares: place(4 * height),
    columnShares: place(4 * width),
    pixels: place(stride * height + 8),
  };
  const { bytes, floats, integers, run } = arenaOf(end);
  const begin = 3 * (box.top * box.stride + box.left);
  bytes.set(box.pixels.subarray(begin, begin + stride * (height - 1) + 3 * width), at.pixels);
  integers.set(x.first, at.x.first >> 2);
  floats.set(x.weights, at.x.weights >> 2);
  integers.set(y.first, at.y.first >> 2);
  floats.set(y.weights, at.y.weights >> 2);
  floats.set(rowShares, at.rowShares >> 2);
  floats.set(columnShares, at.columnShares >> 2);
  run(`across${x.taps > unrolled ? 0 : x.taps}`, {
    bytes: at.pixels,
    stride,
    height,
    width,
    line: at.line,
    middle: at.middle,
    size,
    pitch,
    first: at.x.first,
    weights: at.x.weights,
    taps: x.taps,
    rowShares: at.rowShares,
    columnShares: at.columnShares,
    mean: at.mean,
  });
  const mean = at.mean >> 2;
  const first = stages.first([floats[mean], floats[mean + 1], floats[mean + 2]]);
  writeFinish(first, floats, at.constants >> 2);
  run(`down${formOf(first)}`, {
    middle: at.middle,
    pitch,
    size,
    first: at.y.first,
    weights: at.y.weights,
    taps: y.taps,
    finish: at.constants,
    out: at.out,
    plane,
  });
  const made = planesAt(floats, { start: at.out, plane, area });
  const where = { planes: at.out, plane, area, sixths: at.sums, shares: at.sums, sums: at.sums };
  const ended = { planes: at.out, plane, area, finish: at.constants };
  for (const pass of stages.between) {
    const numbers = at.sums >> 2;
    if (pass.kind === "hue") {
      floats[numbers] = 6 * (pass.turns - Math.floor(pass.turns));
      run("hue", where);
      continue;
    }
    const level = pass.mean === 0 ? 0 : pass.mean * lumaOf(meanOf());
    floats[numbers] = pass.own;
    for (let c = 0; c < 3; c++) floats[numbers + 1 + c] = pass.gray * luma[c];
    floats[numbers + 4] = level;
    run("blend", where);
  }
  if (stages.last) {
    const { finish, looksAtMean } = stages.last;
    const finished = finish(looksAtMean ? meanOf() : [0, 0, 0]);
    writeFinish(finished, floats, at.constants >> 2);
    run(`paint${formOf(finished)}`, ended);
  }
  for (let c = 0; c < 3; c++) {
    if (transposed) transpose(made[c], size, out, offset + c * area);
    else out.set(made[c], offset + c * area);
  }

  /** Of what stands in the planes; behind them stands what vectors wrote beyond their ends. */
  function meanOf(): Rgb {
    for (let c = 0; c < 3 && area % 4 !== 0; c++) {
      const end = ((at.out + c * plane) >> 2) + area;
      floats.fill(0, end, end + (aligned(area, 4) - area));
    }
    run("total", where);
    const sum = (c: number) => {
      const i = (at.sums >> 2) + 4 * c;
      return (floats[i] + floats[i + 1] + floats[i + 2] + floats[i + 3]) / area;
    };
    return [sum(0), sum(1), sum(2)];
  }
}

interface Planes {
  readonly start: number;
  readonly plane: number;
  readonly area: number;
}

let last: (Planes & { readonly floats: Float32Array; readonly made: Float32Array[] }) | undefined;

/** Three views of the memory, those of the last time where they lie there still. */
function planesAt(floats: Float32Array, { start, plane, area }: Planes): Float32Array[] {
  const fits = last?.floats === floats && last.start === start && last.area === area;
  if (last && fits) return last.made;
  const made = [0, 1, 2].map((c) => {
    const from = (start + c * plane) >> 2;
    return floats.subarray(from, from + area);
  });
  last = { floats, start, plane, area, made };
  return made;
}

function transpose(plane: Float32Array, size: number, out: Float32Array, offset: number): void {
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) out[offset + x * size + y] = plane[y * size + x];
  }
}

function placeBand({ rows, taps }: Banded, place: (bytes: number) => number) {
  return { first: place(4 * rows), weights: place(4 * rows * taps) };
}

/** The plain form gives the same numbers: it leaves out what is multiplied by 0. */
function formOf({ map, bounds }: Finish): PaintForm {
  const isMixed = map[1] || map[2] || map[4] || map[6] || map[8] || map[9];
  return isMixed || bounds.turn ? "" : "Plain";
}

function writeFinish(
  { map, bounds: { low, high, turn } }: Finish,
  to: Float32Array,
  from: number,
): void {
  for (let i = 0; i < 12; i++) to[from + finishing.map + i] = map[i];
  for (let c = 0; c < 3; c++) {
    to[from + finishing.low + c] = low[c];
    to[from + finishing.high + c] = high[c];
    to[from + finishing.turn + c] = turn ? turn[c] : Number.POSITIVE_INFINITY;
    to[from + finishing.sum + c] = low[c] + high[c];
  }
}

function aligned(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}
