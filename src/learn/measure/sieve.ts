/**
 * Finds the few numbers of a block that are not below a floor, on vectors. The numbers may be bounds of
 * what is sought: then stages draw those that are left closer, the last one to what is sought itself.
 */
import type { Matrix } from "./matrix.ts";
import { openMemory } from "./memory.ts";
import { sift, stageBytes } from "./sieve-loop.ts";

export interface SieveSize {
  /** Most columns of a block: places among which is looked; and most rows of one. */
  readonly rows: number;
  readonly queries: number;
  /** How bounds are drawn closer, and how many queries that is done for, all blocks together. */
  readonly stages?: readonly Stage[];
  readonly wanted?: number;
  /** Threads that share a block's rows, this one among them. */
  readonly threads?: number;
}

/** A bound b becomes `factor` · b + the inner product of the query's and the place's record. */
export interface Stage {
  /** Floats of a record, a multiple of 16. */
  readonly width: number;
  readonly factor: 0 | 1;
  /** What stays is not below the query's floor less this. */
  readonly slack: number;
}

export interface Sieve extends Disposable {
  /** Where the next block may be written before it is sifted, which spares a copy. */
  room(): Float32Array;
  /** Of each stage the records of the queries, `[wanted, width]`. */
  readonly queries: readonly Float32Array[];
  /** Those of the places, `[rows, width]`: one set may be written while the other one is in use. */
  readonly banks: readonly [readonly Float32Array[], readonly Float32Array[]];
  /**
   * Begins, and other threads may be at it while this one does something else; what is handed back joins
   * them and waits. What is found stands until the next but one block is written.
   */
  sift(block: Matrix, rule: Rule): () => Sifted;
}

export interface Rule {
  /** The query of the block's first row; its floors are those from there on. */
  readonly first: number;
  readonly floors: Float64Array;
  /** Places that count, the first of each row. */
  readonly length: number;
  /** Which of the banks has the records of the places. */
  readonly bank?: 0 | 1;
  /** What the numbers of the block may be below their floor. */
  readonly slack?: number;
}

/** Numbers of the block's row r that stay: `values[r * columns + place]`, places ascending. */
export interface Sifted {
  readonly values: Float32Array;
  readonly columns: number;
  readonly places: Int32Array;
  /** Row r's places are `counts[r]` from r · `apart` on. Some of the last four may be beyond `length`. */
  readonly apart: number;
  readonly counts: Int32Array;
}

export function openSieve(size: SieveSize): Sieve {
  const { rows, queries, stages = [], wanted = 0, threads = 1 } = size;
  const apart = 4 * Math.ceil(rows / 4) + 4;
  let end = 0;
  const place = (bytes: number) => {
    const at = end;
    end += 64 * Math.ceil(bytes / 64);
    return at;
  };
  const twice = <Place>(make: () => Place): readonly [Place, Place] => [make(), make()];
  const at = {
    stages: place(stageBytes * stages.length),
    floors: place(4 * queries * (stages.length + 1)),
    fours: place(4 * apart * piecesOf(threads)),
    slots: twice(() => ({
      block: place(4 * rows * queries + 16),
      counts: place(4 * queries),
      list: place(4 * apart * queries),
    })),
    banks: twice(() => stages.map(({ width }) => place(4 * apart * width))),
    own: stages.map(({ width }) => place(4 * wanted * width)),
  };
  const memory = openMemory(routines, end, threads);
  const { floats, integers } = memory;
  const part = (from: number, length: number) => floats.subarray(from / 4, from / 4 + length);
  const whole = (from: number, length: number) => integers.subarray(from / 4, from / 4 + length);
  let next = 0;

  function writeFloors(floors: Float64Array, count: number, slacks: readonly number[]): void {
    for (const [s, slack] of slacks.entries()) {
      const to = at.floors / 4 + s * queries;
      for (let q = 0; q < count; q++) floats[to + q] = floors[q] - slack;
    }
  }

  function describeStages(bank: 0 | 1): void {
    for (const [s, { width, factor }] of stages.entries()) {
      const to = (at.stages + s * stageBytes) / 4;
      integers.set([at.own[s], at.banks[bank][s], 4 * width, 4 * queries * (s + 1)], to);
      floats[to + 4] = factor;
    }
  }

  return {
    room: () => part(at.slots[next].block, rows * queries),
    queries: stages.map(({ width }, s) => part(at.own[s], wanted * width)),
    banks: [
      stages.map(({ width }, s) => part(at.banks[0][s], apart * width)),
      stages.map(({ width }, s) => part(at.banks[1][s], apart * width)),
    ],
    sift(block, { first, floors, length, slack = 0, bank = 0 }) {
      const slot = at.slots[next];
      next = 1 - next;
      const values = part(slot.block, rows * queries);
      if (block.values.buffer !== values.buffer) values.set(block.values);
      const slacks = [slack, ...stages.map((stage) => stage.slack)];
      writeFloors(floors.subarray(first), block.rows, slacks);
      describeStages(bank);
      const step = Math.ceil(block.rows / piecesOf(threads));
      const given = { length, stride: 4 * block.columns, listStride: 4 * apart };
      const pieces = Array.from({ length: Math.ceil(block.rows / step) }, (_, i) => ({
        ...given,
        bounds: slot.block + 4 * block.columns * i * step,
        rows: Math.min(step, block.rows - i * step),
        floors: at.floors + 4 * i * step,
        list: slot.list + 4 * apart * i * step,
        counts: slot.counts + 4 * i * step,
        number: first + i * step,
        stages: at.stages,
        lastStage: at.stages + stageBytes * stages.length,
        fours: at.fours + 4 * apart * i,
      }));
      const finish = memory.begin("sift", pieces);
      return () => {
        finish();
        const counts = whole(slot.counts, block.rows);
        for (let q = 0; q < block.rows; q++) counts[q] /= 4;
        const places = whole(slot.list, apart * queries);
        return { values, columns: block.columns, places, apart, counts };
      };
    },
    [Symbol.dispose]: memory[Symbol.dispose],
  };
}

/** More than there are threads: some have more to do with theirs, or are not there yet. */
function piecesOf(threads: number): number {
  return threads === 1 ? 1 : Math.min(piecesAtMost, 4 * threads);
}

const piecesAtMost = 64;

const routines = [sift];
