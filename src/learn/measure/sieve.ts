/** Finds the few numbers of a block that are not below a floor, on vectors. */
import { openLoops } from "./loops.ts";
import type { Matrix } from "./matrix.ts";

export interface Sieve extends Disposable {
  /** Where a block may be written before it is taken, which spares a copy. */
  readonly room: Float32Array;
  take(block: Matrix): void;
  above(row: number, rule: Rule): Above;
}

interface Rule {
  readonly floor: number;
  readonly length: number;
}

/** The first places of fours in which a number of the row may exceed the floor; others do not. */
export interface Above {
  /** The block, and where the row starts in it. */
  readonly values: Float32Array;
  readonly start: number;
  readonly hits: Int32Array;
  readonly count: number;
}

/** Memory that no search uses now: taking it anew costs more than searching a small bank. */
const spare: ReturnType<typeof openLoops>[] = [];

export function openSieve(size: { readonly rows: number; readonly queries: number }): Sieve {
  const loops = spare.pop() ?? openLoops();
  const most = size.rows * size.queries;
  const listAt = 16;
  const blockAt = listAt + 4 * Math.ceil(size.rows / 4 + 4) * 4;
  const { floats, integers, run } = loops(blockAt + 4 * most + 16);
  const room = floats.subarray(blockAt / 4, blockAt / 4 + most);
  const hits = integers.subarray(listAt / 4, blockAt / 4);
  let columns = 0;
  return {
    room,
    take(block) {
      columns = block.columns;
      if (block.values.buffer !== room.buffer) room.set(block.values);
    },
    above(row, { floor, length }) {
      const start = row * columns;
      floats[0] = floor;
      run("scan", { from: blockAt + 4 * start, length, floor: 0, hits: listAt, end: 4 });
      return { values: room, start, hits, count: (integers[1] - listAt) / 4 };
    },
    [Symbol.dispose]() {
      spare.push(loops);
    },
  };
}
