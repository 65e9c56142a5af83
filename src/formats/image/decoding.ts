/** What decides, beside its bytes, how a picture comes out: the same for all of a dataset. */

export interface Decoding {
  /** The colour that transparent pictures lie on, `#rrggbb`; white unless told. */
  readonly background?: string | undefined;
  /** The value of 16-bit pictures that becomes 255; 65,535 unless told. */
  readonly white?: number | undefined;
}

/** Depths that cameras have, of which 16-bit files carry one. */
const depths = [10, 12, 14, 16] as const;

/** The white for pictures whose brightest value is `highest`: the largest number of the least depth. */
export function whiteFor(highest: number): number {
  const bits = depths.find((bits) => highest < 2 ** bits) ?? 16;
  return 2 ** bits - 1;
}
