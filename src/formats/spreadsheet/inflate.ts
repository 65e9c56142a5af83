/**
 * Node's decompression in the form that the workbook library asks for. Its own one never ends where
 * the data of a zip are cut short, and unpacks whatever a part holds, however much.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";

interface Zlib {
  readonly InflateRaw: new () => object;
  readonly deflateRawSync: (plain: Uint8Array) => Buffer;
}

/** What the library's `use_zlib` wants of `zlib` to read and to write; the names are its own. */
export function boundedZlib(limit: number): Zlib {
  return {
    deflateRawSync: (plain) => deflateRawSync(plain),
    InflateRaw: class {
      /** Of the packed bytes. */
      bytesRead = 0;
      readonly _finishFlushFlag = 0;

      _processChunk(packed: Uint8Array): Uint8Array {
        const found: unknown = inflateRawSync(packed, { info: true, maxOutputLength: limit });
        if (!isInflated(found)) throw new TypeError("zlib gave no info");
        this.bytesRead = found.engine.bytesWritten;
        return found.buffer;
      }
    },
  };
}

function isInflated(
  found: unknown,
): found is { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } } {
  return typeof found === "object" && found !== null && "buffer" in found && "engine" in found;
}
