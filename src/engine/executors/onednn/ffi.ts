/** The only file that speaks to native code: loading, calling, addresses and mapped memory. */
import koffi from "koffi";

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

/** The bytes at an address, copied. */
export function bytesAt(address: Address, length: number): Uint8Array {
  return Uint8Array.from(new Uint8Array(koffi.view(address, length)));
}

/** The zero-terminated text at an address. */
export function textAt(address: Address): string {
  return koffi.decode.string(address);
}

/** Memory outside the garbage collector: zeros, on a page's border, gone when it is unmapped. */
export interface Mapped {
  readonly address: Address;
  readonly bytes: ArrayBuffer;
  unmap(): void;
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
  return {
    address,
    bytes: koffi.view(address, length),
    unmap: () => void calls.munmap(address, length),
  };
}

let known: Readonly<Record<"mmap" | "munmap" | "madvise", Foreign>> | undefined;

function system() {
  known ??= (() => {
    const library = loadLibrary(process.platform === "darwin" ? "libSystem.dylib" : "libc.so.6");
    return {
      mmap: library.func("mmap", "void *", ["void *", "size_t", "int", "int", "int", "int64_t"]),
      munmap: library.func("munmap", "int", ["void *", "size_t"]),
      madvise: library.func("madvise", "int", ["void *", "size_t", "int"]),
    };
  })();
  return known;
}
