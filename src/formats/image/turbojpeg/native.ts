/**
 * The only file of this room that calls native code: libjpeg-turbo's own library, through FFI. Rules:
 *
 * - Each thread opens its own decoder and disposes of it; none is shared.
 * - Nothing keeps an address: input and output are buffers passed for the time of one call.
 * - It sees only what `smallJpegSize` let through: a size that was read from the file's header and is
 *   small, and room for exactly that; the library refuses a file that would not fit it.
 * - It is tried before it is trusted (`trial.ts`), and files whose end it would read otherwise than the
 *   WebAssembly decoder are given to that one.
 */
import { createRequire } from "node:module";
import type { Size } from "../header.ts";
import { type DecodeAtEighths, rgb } from "./eighths.ts";
import { firstDifference } from "./trial.ts";
import { decodeByWasm } from "./wasm.ts";

type Koffi = typeof import("koffi");

export interface NativeDecoder extends Disposable {
  readonly decode: DecodeAtEighths;
}

/** Why a library cannot be used: the loader's words, the function it lacks, or where its pixels differ. */
export class NativeFault extends Error {
  readonly what: "unreadable" | "foreign" | "different";
  constructor(what: NativeFault["what"], message: string, cause?: unknown) {
    super(message, { cause });
    this.what = what;
  }
}

/** Throws a NativeFault where the library at `path` does not load, or does not decode byte for byte. */
export function openNative(path: string): NativeDecoder {
  // By `require`, which takes half the time in a thread that has just started.
  const koffi: Koffi = orFault("unreadable", () => createRequire(import.meta.url)("koffi"));
  const library = orFault("unreadable", () => koffi.load(path));
  const calls = orFault("foreign", () => ({
    init: library.func("tjInitDecompress", "void *", []),
    destroy: library.func("tjDestroy", "int", ["void *"]),
    decompress: library.func("tjDecompress2", "int", [
      ...["void *", "void *", "unsigned long", "void *"],
      ...["int", "int", "int", "int", "int"],
    ]),
  }));
  const handle: unknown = calls.init();
  if (typeof handle !== "bigint") throw new NativeFault("foreign", "tjInitDecompress");
  let output = new Uint8Array(0);
  const decode = (bytes: Uint8Array, { width, height }: Size) => {
    const length = width * height * 3;
    if (output.length < length) output = new Uint8Array(length);
    const [pitch, flags] = [3 * width, 0];
    const given = [bytes, bytes.length, output, width, pitch, height, rgb, flags];
    const status: unknown = calls.decompress(handle, ...given);
    return status === 0 ? output.subarray(0, length) : undefined;
  };
  const decoder: NativeDecoder = {
    decode: (bytes, size) => (endsInZero(bytes) ? decodeByWasm(bytes, size) : decode(bytes, size)),
    [Symbol.dispose]: () => void calls.destroy(handle),
  };
  const difference = firstDifference(decode);
  if (difference === undefined) return decoder;
  decoder[Symbol.dispose]();
  throw new NativeFault("different", difference);
}

/** The same, or undefined where it cannot be used: then the WebAssembly one gives the same bytes. */
export function openIfEqual(path: string): NativeDecoder | undefined {
  try {
    return openNative(path);
  } catch (cause) {
    if (cause instanceof NativeFault) return undefined;
    throw cause;
  }
}

/**
 * A few bytes between a picture's data and its end: a decoder of 64 bits has read them ahead and takes
 * the file, one of 32 bits warns. Cameras that fill up do so with zeros; in one or two of a thousand
 * files the data themselves end so.
 */
function endsInZero(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at > 0; at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return bytes[at - 1] === 0;
  }
  return false;
}

function orFault<T>(what: NativeFault["what"], work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new NativeFault(what, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
