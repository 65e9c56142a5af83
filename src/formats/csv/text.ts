/** Bytes to text: UTF-8 and UTF-16 by their marks, UTF-8 if it is valid, else Shift_JIS. */
import { Problem } from "../../base/index.ts";

/** Spreadsheets on Japanese Windows still write Shift_JIS; valid UTF-8 is hardly ever that by chance. */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  for (const encoding of ["utf-8", "shift_jis"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text;
    } catch {
      // Not this one.
    }
  }
  throw new Problem("formats/text-encoding", { file });
}
