/** Fingerprints of the pictures of a new pack, in one piece of memory: one object each would weigh more. */
import { gridBytes, type Looks } from "../looks/index.ts";

export interface NewLooks {
  /** How many pictures will come at least, so that room is made once. */
  expect(count: number): void;
  /** In the order of the pack. */
  add(grid: Uint8Array, aspect: number): void;
  /** Puts the fingerprint of the picture at `index` into `grids` at `at`; returns its aspect. */
  copy(index: number, grids: Uint8Array, at: number): number;
  /** Those of the whole pack, in its order; valid until more are added. */
  all(): Looks;
}

export function openNewLooks(): NewLooks {
  let grids = new Uint8Array(0);
  let aspects = new Float64Array(0);
  let count = 0;
  const makeRoom = (pictures: number) => {
    if (pictures <= aspects.length) return;
    const [before, ratios] = [grids, aspects];
    grids = new Uint8Array(pictures * gridBytes);
    aspects = new Float64Array(pictures);
    grids.set(before);
    aspects.set(ratios);
  };
  return {
    expect: (more) => makeRoom(count + more),
    add(grid, aspect) {
      if (count === aspects.length) makeRoom(Math.max(1024, Math.ceil(1.5 * count)));
      grids.set(grid, count * gridBytes);
      aspects[count++] = aspect;
    },
    copy(index, into, at) {
      const from = index * gridBytes;
      into.set(grids.subarray(from, from + gridBytes), at);
      return aspects[index];
    },
    all: () => ({
      grids: grids.subarray(0, count * gridBytes),
      aspects: aspects.subarray(0, count),
    }),
  };
}
