/** The only file that speaks to native code: loading, calling, addresses and mapped memory. */
import { constants as bufferConstants } from "node:buffer";
import { constants } from "node:os";
import koffi from "koffi";
import { Problem } from "../../../base/index.ts";

/** A native pointer. */
export type Address = bigint;

export type Given = number | Address | Uint8Array | null;

/** A foreign function: numbers, addresses and buffers in; a number or an address out. */
export type Foreign = (...values: Given[]) => unknown;

export interface ForeignLibrary {
  func(name: string, result: string, parameters: readonly string[]): Foreign;
}

/** Throws the loader's own words where the library cannot be loaded. */
export function loadLibrary(path: string): ForeignLibrary {
  const library = koffi.load(path);
  return { func: (name, result, parameters) => library.func(name, result, [...parameters]) };
}

/**
 * The bytes at an address, copied. Of each of koffi's views 208 bytes stay in the heap until the event loop
 * turns, which whoever compiles one program after the other never lets it; its `decode` of a length keeps 18
 * for good.
 */
export function bytesAt(address: Address, length: number): Uint8Array {
  const bytes = Buffer.alloc(length);
  system().memcpy(bytes, address, length);
  return bytes;
}

/** Where an array's numbers lie: for as long as the array is referenced, and not resized. */
export function addressOf(values: Float32Array): Address {
  return koffi.address(values);
}

/** The zero-terminated text at an address. */
export function textAt(address: Address): string {
  return koffi.decode.string(address);
}

/** Memory outside the garbage collector: zeros, on a page's border, gone when it is disposed of. */
export interface Mapped extends Disposable {
  readonly address: Address;
  /** Float32 numbers of it from a byte on; throws `engine/out-of-memory` above what one array may hold. */
  floats(start: number, count: number): Float32Array;
  integers(start: number, count: number): Int32Array;
  /** Small numbers all over it, to compute with where values do not matter. */
  fillSmall(): void;
}

const readWrite = 3;
const privateAnonymous = process.platform === "darwin" ? 0x1002 : 0x22;
const hugePages = 14;
const failed = (1n << 64n) - 1n;

/** Undefined where the machine will not give so much. */
export function mapMemory(length: number): Mapped | undefined {
  const calls = system();
  const address = calls.mmap(null, length, readWrite, privateAnonymous, -1, 0);
  if (typeof address !== "bigint" || address === failed || address === 0n) return undefined;
  if (process.platform === "linux") calls.madvise(address, length, hugePages);
  const whole = length <= longest ? koffi.view(address, length) : undefined;
  /** Ends the process, rather than throw, where a view is longer than Node lets it be. */
  const part = (start: number, bytes: number) => {
    if (bytes > longest) throw new Problem("engine/out-of-memory", { needed: bytes });
    return koffi.view(address + BigInt(start), bytes);
  };
  const view = (start: number, bytes: number) =>
    whole ? ([whole, start] as const) : ([part(start, bytes), 0] as const);
  return {
    address,
    floats: (start, count) => new Float32Array(...view(start, 4 * count), count),
    integers: (start, count) => new Int32Array(...view(start, 4 * count), count),
    fillSmall() {
      for (let start = 0; start < length; start += longest) {
        const bytes = Math.min(longest, length - start);
        // Not by shifting: from 2 GiB on the bytes do not fit the 32 bits that shifts work on.
        new Int32Array(...view(start, bytes), Math.floor(bytes / 4)).fill(small);
      }
    },
    [Symbol.dispose]: () => void calls.munmap(address, length),
  };
}

/** A small float32 that is a pair of small bf16 as well; as an index it is outside of every table. */
const small = 0x3c003c00;

/** Bytes that Node gives one view of foreign memory; programs may need more. */
const longest = Math.min(bufferConstants.MAX_LENGTH, 2 ** 32);

/** Raised by the processor itself; blocked, they end the process. */
const ownFaults = ["SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV"] as const;
/** Of `sigset_t`, on any system; it is 128 on Linux. */
const setBytes = 128;
const setMask = process.platform === "darwin" ? 3 : 2;

/**
 * While `use` runs, signals wait for another thread, and threads that it starts never take any. The
 * library's kernels for matrix products move the stack pointer into memory of the heap, where a signal's
 * frame would be written over what lies below: the process ends at the next `free`.
 */
export function withoutSignals<T>(use: () => T): T {
  // Within another use the mask of before is kept already, and there is one place for it.
  if (masked) return use();
  const calls = system();
  calls.sigprocmask(setMask, calls.blocked, calls.before);
  masked = true;
  try {
    return use();
  } finally {
    masked = false;
    calls.sigprocmask(setMask, calls.before, null);
  }
}

let masked = false;

type SystemCall = "memcpy" | "mmap" | "munmap" | "madvise" | "sigprocmask";
type Masks = { readonly blocked: Buffer; readonly before: Buffer };
let known: (Readonly<Record<SystemCall, Foreign>> & Masks) | undefined;

function system() {
  known ??= (() => {
    const library = loadLibrary(process.platform === "darwin" ? "libSystem.dylib" : "libc.so.6");
    const blocked = Buffer.alloc(setBytes);
    library.func("sigfillset", "int", ["void *"])(blocked);
    const remove = library.func("sigdelset", "int", ["void *", "int"]);
    for (const name of ownFaults) remove(blocked, constants.signals[name]);
    return {
      blocked,
      before: Buffer.alloc(setBytes),
      memcpy: library.func("memcpy", "void *", ["void *", "void *", "size_t"]),
      sigprocmask: library.func("sigprocmask", "int", ["int", "void *", "void *"]),
      mmap: library.func("mmap", "void *", ["void *", "size_t", "int", "int", "int", "int64_t"]),
      munmap: library.func("munmap", "int", ["void *", "size_t"]),
      madvise: library.func("madvise", "int", ["void *", "size_t", "int"]),
    };
  })();
  return known;
}
