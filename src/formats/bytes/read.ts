/** Whole files into memory, also those beyond the 2 GiB that `readFileSync` takes. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** The bytes of a file in a buffer of their own, so that typed arrays can lie on it. */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  const descriptor = openSync(path, "r");
  try {
    const bytes = new Uint8Array(fstatSync(descriptor).size);
    let filled = 0;
    while (filled < bytes.byteLength) {
      const length = Math.min(bytes.byteLength - filled, 2 ** 30);
      const read = readSync(descriptor, bytes, filled, length, filled);
      if (read === 0) break;
      filled += read;
    }
    return filled === bytes.byteLength ? bytes : bytes.slice(0, filled);
  } finally {
    closeSync(descriptor);
  }
}
