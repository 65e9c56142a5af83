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
  /** Where a block may be written before it is taken, which spares a copy. */
  readonly room: Float32Array;
  /** Of each stage the records of the places and of the queries, `[rows, width]`, `[wanted, width]`. */
  readonly records: Readonly<Record<"bank" | "queries", readonly Float32Array[]>>;
  take(block: Matrix): void;
  sift(rule: Rule): Sifted;
}

export interface Rule {
  /** The query of the block's first row; its floors are those from there on. */
  readonly first: number;
  readonly floors: Float64Array;
  /** Places that count, the first of each row. */
  readonly length: number;
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
    end += 16 * Math.ceil(bytes / 16);
    return at;
  };
  const at = {
    block: place(4 * rows * queries + 16),
    floors: place(4 * queries * (stages.length + 1)),
    stages: place(stageBytes * stages.length),
    counts: place(4 * queries),
    fours: place(4 * apart * piecesOf(threads)),
    list: place(4 * apart * queries),
    bank: stages.map(({ width }) => place(4 * apart * width)),
    own: stages.map(({ width }) => place(4 * wanted * width)),
  };
  const memory = openMemory(routines, end, threads);
  const { floats, integers } = memory;
  const part = (from: number, length: number) => floats.subarray(from / 4, from / 4 + length);
  const room = part(at.block, rows * queries);
  const places = integers.subarray(at.list / 4, at.list / 4 + apart * queries);
  const counts = integers.subarray(at.counts / 4, at.counts / 4 + queries);
  let block = { rows: 0, columns: 0 };

  function writeFloors(floors: Float64Array, first: number, slacks: readonly number[]): void {
    for (const [s, slack] of slacks.entries()) {
      const to = at.floors / 4 + s * queries;
      for (let q = 0; q < block.rows; q++) floats[to + q] = floors[first + q] - slack;
    }
  }

  for (const [s, { width, factor }] of stages.entries()) {
    const to = (at.stages + s * stageBytes) / 4;
    integers.set([at.own[s], at.bank[s], 4 * width, 4 * queries * (s + 1)], to);
    floats[to + 4] = factor;
  }

  return {
    room,
    records: {
      bank: stages.map(({ width }, s) => part(at.bank[s], apart * width)),
      queries: stages.map(({ width }, s) => part(at.own[s], wanted * width)),
    },
    take({ rows: count, columns, values }) {
      block = { rows: count, columns };
      if (values.buffer !== room.buffer) room.set(values);
    },
    sift({ first, floors, length, slack = 0 }) {
      writeFloors(floors, first, [slack, ...stages.map((stage) => stage.slack)]);
      const parts = piecesOf(threads);
      const step = Math.ceil(block.rows / parts);
      const given = { length, stride: 4 * block.columns, listStride: 4 * apart };
      const pieces = Array.from({ length: Math.ceil(block.rows / step) }, (_, i) => ({
        ...given,
        bounds: at.block + 4 * block.columns * i * step,
        rows: Math.min(step, block.rows - i * step),
        floors: at.floors + 4 * i * step,
        list: at.list + 4 * apart * i * step,
        counts: at.counts + 4 * i * step,
        number: first + i * step,
        stages: at.stages,
        lastStage: at.stages + stageBytes * stages.length,
        fours: at.fours + 4 * apart * i,
      }));
      memory.begin("sift", pieces)();
      const found = counts.subarray(0, block.rows);
      for (let q = 0; q < block.rows; q++) found[q] /= 4;
      return { values: room, columns: block.columns, places, apart, counts: found };
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
