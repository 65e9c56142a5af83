/**
 * libjpeg-turbo as WebAssembly: JPEG to RGB at n/8 of its size. Memory of its own, and a decoder
 * that failed is thrown away, so that no file can disturb the next. What it gives is the definition
 * that a native one is held against.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Size } from "../header.ts";
import { rgb } from "./eighths.ts";

interface Decoder {
  readonly memory: WebAssembly.Memory;
  readonly malloc: WebAssembly.Routine;
  readonly free: WebAssembly.Routine;
  readonly tjDecompress2: WebAssembly.Routine;
  readonly handle: number;
  readonly input: Room;
  readonly output: Room;
}
type Room = { pointer: number; bytes: number };

let compiled: WebAssembly.Module | undefined;
let ready: Decoder | undefined;

/**
 * H·W·3 bytes, valid until the next call, or undefined where the decoder refused or warned; why is
 * for sharp to say.
 */
export function decodeByWasm(bytes: Uint8Array, size: Size): Uint8Array | undefined {
  const { width, height } = size;
  const length = width * height * 3;
  try {
    ready ??= start();
    const input = roomFor(ready, ready.input, bytes.length);
    const output = roomFor(ready, ready.output, length);
    new Uint8Array(ready.memory.buffer, input, bytes.length).set(bytes);
    const { tjDecompress2, handle } = ready;
    if (
      tjDecompress2(handle, input, bytes.length, output, width, 3 * width, height, rgb, 0) !== 0
    ) {
      return undefined;
    }
    return new Uint8Array(ready.memory.buffer, output, length);
  } catch (cause) {
    if (!(cause instanceof Refusal || cause instanceof WebAssembly.RuntimeError)) throw cause;
    ready = undefined;
    return undefined;
  }
}

/** The library's way out of a broken file. */
class Refusal extends Error {}

/**
 * Compiled once and held. V8 keeps one machine code for equal modules that are held anywhere in the
 * process, so that threads started meanwhile, or later, take it over as far as it is optimised.
 */
export function compileDecoder(): WebAssembly.Module {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@cwasm/jpeg-turbo/jpeg-turbo.wasm");
  compiled ??= new WebAssembly.Module(readFileSync(file));
  return compiled;
}

function start(): Decoder {
  const refuse = (): never => {
    throw new Refusal();
  };
  const system = ["environ_get", "proc_exit", "fd_close", "fd_seek", "fd_write"];
  const { exports } = new WebAssembly.Instance(compileDecoder(), {
    env: { setjmp: () => 0, longjmp: refuse },
    wasi_snapshot_preview1: {
      ...Object.fromEntries(system.map((name) => [name, refuse])),
      environ_sizes_get: () => 0,
    },
  });
  const memory: unknown = exports.memory;
  if (!(memory instanceof WebAssembly.Memory))
    throw new TypeError("jpeg-turbo.wasm exports no memory");
  const { malloc, free, tjInitDecompress, tjDecompress2 } = exports;
  return {
    memory,
    malloc,
    free,
    tjDecompress2,
    handle: tjInitDecompress(),
    input: { pointer: 0, bytes: 0 },
    output: { pointer: 0, bytes: 0 },
  };
}

function roomFor({ malloc, free }: Decoder, room: Room, bytes: number): number {
  if (room.bytes >= bytes) return room.pointer;
  free(room.pointer);
  room.bytes = bytes;
  room.pointer = malloc(bytes);
  if (room.pointer === 0) throw new Refusal();
  return room.pointer;
}
