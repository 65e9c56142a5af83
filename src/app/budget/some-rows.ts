/** Of rows that would take too long, some that chance draws: pictures come sorted by folder. */
import { type Key, permutation } from "../../base/index.ts";

/** In their order; all where there are no more than `most`. */
export function someRows(rows: ArrayLike<number>, most: number, key: Key): Uint32Array {
  if (rows.length <= most) return Uint32Array.from(rows);
  const drawn = permutation(key, rows.length).subarray(0, most).sort();
  return Uint32Array.from(drawn, (at) => rows[at]);
}
