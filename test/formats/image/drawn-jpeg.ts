/**
 * Baseline JPEG files of drawn coefficients (ITU T.81), to hold one decoder against another. No
 * transform is needed for that, and one length for all codes spares tables of them.
 */
import { type Key, uniform } from "../../../src/base/index.ts";

export const samplings = ["grey", "4:4:4", "4:2:2", "4:4:0", "4:2:0"] as const;
export type Sampling = (typeof samplings)[number];

export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly sampling: Sampling;
}

/** Blocks of the first component in a unit, across and down; the two others have one. */
const unitOf: { readonly [S in Sampling]: readonly [number, number] } = {
  grey: [1, 1],
  "4:4:4": [1, 1],
  "4:2:2": [2, 1],
  "4:4:0": [1, 2],
  "4:2:0": [2, 2],
};

const side = 8;
/** Bits of quantised values: a constant part of -64 to 63 and three others of -63 to 63. */
const largest = { constant: 7, other: 6 } as const;
const others = 3;
/**
 * A sample is then at most 64 · 6 / 8 + 3 · 63 · 9 / 4 = 473 from grey, and some of a hundred over 128.
 * From 512 on decoders may stay at black or white or wrap around, and no encoder asks it of them.
 */
const steps = Array.from({ length: side * side }, (_, i) => 6 + (i % 4));
const codeBits = 8;
/** Symbols by their codes: sizes of constant parts; runs of zeros with the size of what follows. */
const constantSizes = Array.from({ length: largest.constant + 1 }, (_, i) => i);
const endOfBlock = 0;
const runs = 16;
const runSizes = [
  endOfBlock,
  ...Array.from({ length: runs * largest.other }, (_, i) => {
    return (Math.floor(i / largest.other) << 4) | ((i % largest.other) + 1);
  }),
];

/** A file of that size and sampling; the same key gives the same bytes. */
export function drawnJpeg({ width, height, sampling }: Drawn, key: Key): Buffer {
  const components = sampling === "grey" ? 1 : 3;
  const [across, down] = unitOf[sampling];
  const first = (across << 4) | down;
  const ids = Array.from({ length: components }, (_, i) => i + 1);
  const units = Math.ceil(width / (side * across)) * Math.ceil(height / (side * down));
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    segment(0xdb, [0, ...steps]),
    segment(0xc0, [
      8,
      ...[height >> 8, height & 255, width >> 8, width & 255],
      components,
      ...ids.flatMap((id) => [id, id === 1 ? first : 0x11, 0]),
    ]),
    segment(0xc4, codes(0x00, constantSizes)),
    segment(0xc4, codes(0x10, runSizes)),
    segment(0xda, [components, ...ids.flatMap((id) => [id, 0]), 0, 63, 0]),
    drawnUnits(units, { components, blocks: across * down, key }),
    Buffer.of(0xff, 0xd9),
  ]);
}

function segment(marker: number, content: readonly number[]): Buffer {
  const length = content.length + 2;
  return Buffer.of(0xff, marker, length >> 8, length & 255, ...content);
}

/** A table in which every symbol's code has eight bits and is its place. */
function codes(table: number, symbols: readonly number[]): number[] {
  const counts = Array.from({ length: 16 }, (_, i) => (i + 1 === codeBits ? symbols.length : 0));
  return [table, ...counts, ...symbols];
}

interface Units {
  readonly components: number;
  /** Of the first component. */
  readonly blocks: number;
  readonly key: Key;
}

function drawnUnits(count: number, { components, blocks, key }: Units): Buffer {
  const out = openBits();
  const last = new Array<number>(components).fill(0);
  const perBlock = 1 + 2 * others;
  const draws = uniform(key, count * (blocks + components - 1) * perBlock);
  let at = 0;
  const drawn = (bound: number) => Math.floor(draws[at++] * bound);
  const block = (component: number) => {
    const constant = drawn(2 ** largest.constant) - 2 ** (largest.constant - 1);
    writeConstant(out, constant - last[component]);
    last[component] = constant;
    for (let i = 0; i < others; i++) {
      const [run, value] = [drawn(runs), drawn(2 ** (largest.other + 1) - 2)];
      const half = 2 ** largest.other - 1;
      writeOther(out, run, value < half ? value - half : value - half + 1);
    }
    out.write(runSizes.indexOf(endOfBlock), codeBits);
  };
  for (let unit = 0; unit < count; unit++) {
    for (let i = 0; i < blocks; i++) block(0);
    for (let component = 1; component < components; component++) block(component);
  }
  return out.finish();
}

type Bits = ReturnType<typeof openBits>;

function writeConstant(out: Bits, difference: number): void {
  const size = bitsOf(difference);
  out.write(size, codeBits);
  out.write(magnitude(difference, size), size);
}

function writeOther(out: Bits, run: number, value: number): void {
  const size = bitsOf(value);
  out.write(1 + run * largest.other + size - 1, codeBits);
  out.write(magnitude(value, size), size);
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}

/** Negative numbers as T.81, F.1.2.1 has them: one less, in that many bits. */
function magnitude(value: number, size: number): number {
  return value < 0 ? value + 2 ** size - 1 : value;
}

/** Bits into bytes; a byte of ones is followed by one of zeros, and the last is filled with ones. */
function openBits() {
  const bytes: number[] = [];
  let [held, count] = [0, 0];
  const write = (value: number, bits: number) => {
    held = (held << bits) | value;
    for (count += bits; count >= 8; count -= 8) {
      const byte = (held >> (count - 8)) & 255;
      bytes.push(byte);
      if (byte === 255) bytes.push(0);
    }
    held &= 2 ** count - 1;
  };
  return {
    write,
    finish(): Buffer {
      if (count > 0) write(2 ** (8 - count) - 1, 8 - count);
      return Buffer.from(bytes);
    },
  };
}
