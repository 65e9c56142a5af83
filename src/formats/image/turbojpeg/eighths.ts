/** What TurboJPEG's decoders are asked for and give, whichever of them decodes. */
import type { Size } from "../header.ts";

/**
 * JPEG to RGB at the size of one of its eighths: H·W·3 bytes, valid until the next call, or undefined
 * where the decoder refused or warned.
 */
export type DecodeAtEighths = (bytes: Uint8Array, size: Size) => Uint8Array | undefined;

/** `TJPF_RGB`. */
export const rgb = 0;

/** What TurboJPEG makes of a side at n/8. */
export function scaledSide(side: number, eighths: number): number {
  return Math.ceil((side * eighths) / 8);
}
