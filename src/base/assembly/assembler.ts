/**
 * A WebAssembly module from expressions: just the instructions that resampling needs (integer
 * addresses, counted loops, vectors of four float32 or two float64, pixels of bytes). Codes are of the core specification, §5.4
 * (binary format of instructions); every instruction is a function from its operands' code to its own.
 */

export type Code = readonly number[];
export type LocalType = "i32" | "v128";

export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

export interface Routine {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly locals: readonly LocalType[];
  readonly body: Code;
}

/** All parameters are i32; nothing is returned. */
export function routine<P extends string>(
  name: string,
  parameters: readonly P[],
  build: (given: Readonly<Record<P, Local>>, local: (type: LocalType) => Local) => Code,
): Routine {
  const locals: LocalType[] = [];
  const given = Object.fromEntries(parameters.map((key, i) => [key, localAt(i)]));
  const local = (type: LocalType) => localAt(parameters.length + locals.push(type) - 1);
  const body = build(given as Record<P, Local>, local);
  return { name, parameters, locals, body };
}

function localAt(index: number): Local {
  const at = unsigned(index);
  return { get: [0x20, ...at], set: (value) => [...value, 0x21, ...at] };
}

const binary =
  (...code: number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...code];
const vector = (op: number) => [0xfd, ...unsigned(op)];

export const integer = (value: number): Code => [0x41, ...signed(value)];
export const plus = binary(0x6a);
export const times = binary(0x6c);
export const int = {
  load: (at: Code, offset = 0): Code => [...at, 0x28, 2, ...unsigned(offset)],
  store: (at: Code, value: Code): Code => [...at, ...value, 0x36, 2, 0],
  /** The bit at this place, counted from the lowest. */
  bit: (value: Code, place: number): Code => [
    ...value,
    ...[...integer(place), 0x76], // i32.shr_u
    ...[...integer(1), 0x71], // i32.and
  ],
};

export const four = {
  load: (at: Code, offset = 0): Code => [...at, ...vector(0x00), 4, ...unsigned(offset)],
  /** One float32 in all places. */
  loadSplat: (at: Code, offset = 0): Code => [...at, ...vector(0x09), 2, ...unsigned(offset)],
  store: (at: Code, value: Code, offset = 0): Code => [
    ...at,
    ...value,
    ...vector(0x0b),
    4,
    ...unsigned(offset),
  ],
  /** The first of the four alone. */
  storeFirst: (at: Code, value: Code): Code => [...at, ...value, ...vector(0x5a), 2, 0, 0],
  zero: [...vector(0x0c), ...new Array<number>(16).fill(0)] as Code,
  /** A constant in all places. */
  splat: (value: number): Code => [...float(value), ...vector(0x13)],
  /** The first four of eight bytes, as numbers. */
  loadBytes: (at: Code): Code => [
    ...at,
    ...vector(0x02),
    0,
    0,
    ...vector(0xa9), // i32x4.extend_low_i16x8_u
    ...vector(0xfa), // f32x4.convert_i32x4_s
  ],
  /**
   * The first three numbers of each of four vectors, to the nearest whole number (halves up) within
   * 0 and 255, as twelve bytes one after another; four bytes behind them are written, too.
   */
  storeBytes: (at: Code, vectors: readonly [Code, Code, Code, Code]): Code => {
    const half = four.splat(0.5);
    const [a, b, c, d] = vectors.map((value) => [
      ...four.add(value, half),
      ...vector(0xf8), // i32x4.trunc_sat_f32x4_s
    ]);
    const narrow = vector(0x85); // i16x8.narrow_i32x4_s
    const all = [...a, ...b, ...narrow, ...c, ...d, ...narrow, ...vector(0x66)]; // i8x16.narrow_i16x8_u
    const places = [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15];
    return [...at, ...all, ...four.zero, ...vector(0x0d), ...places, ...vector(0x0b), 0, 0];
  },
  /** Places of the result: 0–3 from `a`, 4–7 from `b`. */
  pick: (a: Code, b: Code, places: readonly [number, number, number, number]): Code => [
    ...a,
    ...b,
    ...vector(0x0d),
    ...places.flatMap((place) => [0, 1, 2, 3].map((byte) => 4 * place + byte)),
  ],
  add: binary(...vector(0xe4)),
  subtract: binary(...vector(0xe5)),
  multiply: binary(...vector(0xe6)),
  divide: binary(...vector(0xe7)),
  floor: (a: Code): Code => [...a, ...vector(0x68)],
  /** b < a ? b : a, and a < b ? b : a. */
  least: binary(...vector(0xea)),
  most: binary(...vector(0xeb)),
  notBelow: binary(...vector(0x46)),
  /** 1 where any place of the mask is set, else 0. */
  any: (mask: Code): Code => [...mask, ...vector(0x53)],
  /** A bit for each place of the mask, the lowest for the first. */
  bits: (mask: Code): Code => [...mask, ...vector(0xa4)],
  /** Where the mask is set `a`, else `b`. */
  select: (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...vector(0x52)],
};

/** Vectors of two float64. */
export const two = {
  /** Two float32, as float64. */
  loadFloats: (at: Code, offset = 0): Code => [
    ...[...at, ...vector(0x5d), 3, ...unsigned(offset)], // v128.load64_zero
    ...vector(0x5f), // f64x2.promote_low_f32x4
  ],
  add: binary(...vector(0xf0)),
  subtract: binary(...vector(0xf1)),
  multiply: binary(...vector(0xf2)),
};

/** One float32 as a constant. */
function float(value: number): Code {
  return [0x43, ...new Uint8Array(Float32Array.of(value).buffer)];
}

/** for (i = 0; i < until; i += step) body */
export function count(i: Local, until: Code, body: Code, step = 1): Code {
  const below = [...i.get, ...until, 0x48];
  return [
    ...i.set(integer(0)),
    ...[...below, 0x04, 0x40, 0x03, 0x40],
    ...body,
    ...i.set(plus(i.get, integer(step))),
    ...[...below, 0x0d, 0, 0x0b, 0x0b],
  ];
}

/** for (at = from; at + step <= until; at += step) body; what is left over is left to others. */
export function walk(at: Local, until: Code, step: number, body: Code): Code {
  const fits = [...plus(at.get, integer(step)), ...until, 0x4d]; // i32.le_u
  return [
    ...[...fits, 0x04, 0x40, 0x03, 0x40],
    ...body,
    ...at.set(plus(at.get, integer(step))),
    ...[...fits, 0x0d, 0, 0x0b, 0x0b],
  ];
}

/** Pages of 64 KiB that memory may have. */
export const pagesAtMost = 1 << 16;

/** A module that imports its memory as `host.memory`, shared or not, and exports the routines. */
export function assemble(
  routines: readonly Routine[],
  { shared = false }: { readonly shared?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const types = routines.map(({ parameters }) => [
    ...[0x60, ...list(new Array<Code>(parameters.length).fill([0x7f]))],
    0,
  ]);
  const limits = shared ? [0x03, 0x01, ...unsigned(pagesAtMost)] : [0x00, 0x01];
  const memory = [...text("host"), ...text("memory"), 0x02, ...limits];
  const exported = routines.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]);
  const bodies = routines.map(({ locals, body }) => {
    const declared = locals.map((type) => [1, type === "i32" ? 0x7f : 0x7b]);
    const whole = [...list(declared), ...body, 0x0b];
    return [...unsigned(whole.length), ...whole];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [memory]),
    ...section(
      3,
      routines.map((_, i) => unsigned(i)),
    ),
    ...section(7, exported),
    ...section(10, bodies),
  ]);
}

function section(id: number, entries: readonly Code[]): Code {
  const content = list(entries);
  return [id, ...unsigned(content.length), ...content];
}

function list(entries: readonly Code[]): Code {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(value: string): Code {
  return [...unsigned(value.length), ...Buffer.from(value, "latin1")];
}

/** LEB128. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  return value >= -0x40 && value < 0x40
    ? [value & 0x7f]
    : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
