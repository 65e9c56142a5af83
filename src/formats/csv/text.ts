/** Bytes to text, and how they were read: by marks, by zeros, UTF-8 if valid, else CP932. */
import { Problem } from "../../base/index.ts";

/** CP932 is what Japanese Windows calls Shift_JIS, with NEC's and IBM's characters. */
export type TextEncoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "CP932";

export interface Text {
  /** Without a byte order mark. */
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** Spreadsheets on Japanese Windows still write CP932; it is hardly ever valid UTF-8 by chance. */
export function decodeText(bytes: Uint8Array, file: string): Text {
  const { encodings, isGuess } = candidates(bytes);
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(labels[encoding], { fatal: true }).decode(bytes);
      if (!text.includes("\0") && (!isGuess || divided.test(text))) return { text, encoding };
    } catch {
      // Not this one.
    }
  }
  throw new Problem("formats/text-encoding", { file });
}

/** What the Encoding standard calls them. */
const labels: Readonly<Record<TextEncoding, string>> = {
  "UTF-8": "utf-8",
  "UTF-16LE": "utf-16le",
  "UTF-16BE": "utf-16be",
  CP932: "shift_jis",
};

/** What tables and JSON cannot do without; other files may have zeros that suit UTF-16, too. */
const divided = /[,;\t\n{[]/;

function candidates(bytes: Uint8Array): { encodings: readonly TextEncoding[]; isGuess?: boolean } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encodings: ["UTF-16LE"] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encodings: ["UTF-16BE"] };
  // Commas and line ends of UTF-16 have a zero on one side; other encodings have none at all.
  const zeros = [0, 0];
  for (let i = 0; i < Math.min(bytes.length, 4096); i++) if (bytes[i] === 0) zeros[i & 1]++;
  if (zeros[1] > zeros[0]) return { encodings: ["UTF-16LE"], isGuess: true };
  if (zeros[0] > zeros[1]) return { encodings: ["UTF-16BE"], isGuess: true };
  return { encodings: ["UTF-8", "CP932"] };
}
