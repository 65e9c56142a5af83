/** Ways to break a sound file, drawn from a key: equal keys give equal bytes. */
import { fork, integer, type Key } from "../../src/base/index.ts";

type Mutation = (bytes: Buffer, draw: (below: number) => number) => Buffer;

/** Numbers that sizes, counts and offsets are replaced by. */
const extremes = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

export const mutations: Readonly<Record<string, Mutation>> = {
  "one bit": (bytes, draw) => flipped(bytes, 1, draw),
  "sixteen bits": (bytes, draw) => flipped(bytes, 16, draw),
  "bits of the head": (bytes, draw) => {
    const head = flipped(bytes.subarray(0, 64), 4, draw);
    return Buffer.concat([head, bytes.subarray(64)]);
  },
  "cut short": (bytes, draw) => Buffer.from(bytes.subarray(0, draw(bytes.length))),
  "an extreme number": (bytes, draw) => {
    const out = Buffer.from(bytes);
    const at = draw(Math.max(1, Math.min(256, bytes.length) - 4));
    const value = extremes[draw(extremes.length)];
    if (out.length < at + 4) return out;
    if (draw(2) === 0) out.writeUInt32BE(value, at);
    else out.writeUInt32LE(value, at);
    return out;
  },
  "a stretch of zeros": (bytes, draw) => {
    const at = draw(bytes.length);
    return Buffer.from(bytes).fill(0, at, Math.min(bytes.length, at + 1 + draw(64)));
  },
  "a stretch twice": (bytes, draw) => {
    const from = draw(bytes.length);
    const to = from + 1 + draw(256);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  "a stretch left out": (bytes, draw) => {
    const from = draw(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + draw(64))]);
  },
};

export function mutate(bytes: Buffer, kind: string, key: Key): Buffer {
  let drawn = 0;
  return mutations[kind](bytes, (below) => integer(fork(key, kind, drawn++), below));
}

function flipped(bytes: Buffer, count: number, draw: (below: number) => number): Buffer {
  const out = Buffer.from(bytes);
  for (let i = 0; i < count; i++) out[draw(out.length)] ^= 1 << draw(8);
  return out;
}
