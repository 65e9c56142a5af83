/** Fingerprints of the pictures of a new pack, in few large pieces: one object each would weigh more. */
import { gridBytes } from "./fingerprint.ts";

export interface NewLooks {
  /** In the order of the pack. */
  add(grid: Uint8Array, aspect: number): void;
  /** Puts the fingerprint of the picture at `index` into `grids` at `at`; returns its aspect. */
  copy(index: number, grids: Uint8Array, at: number): number;
}

const inPart = 1024;

export function openNewLooks(): NewLooks {
  const parts: { readonly grids: Uint8Array; readonly aspects: Float64Array }[] = [];
  let count = 0;
  return {
    add(grid, aspect) {
      const place = count++ % inPart;
      if (place === 0) {
        const grids = new Uint8Array(inPart * gridBytes);
        parts.push({ grids, aspects: new Float64Array(inPart) });
      }
      const { grids, aspects } = parts[parts.length - 1];
      grids.set(grid, place * gridBytes);
      aspects[place] = aspect;
    },
    copy(index, into, at) {
      const { grids, aspects } = parts[Math.floor(index / inPart)];
      const from = (index % inPart) * gridBytes;
      into.set(grids.subarray(from, from + gridBytes), at);
      return aspects[index % inPart];
    },
  };
}
