/**
 * Of each row of a block of products the class whose number less its offset is greatest, and how far it
 * is ahead of all others, in float32 and on vectors. There is room for two blocks: what was found of one can be
 * used while other threads look through the next.
 */
import { count, four, integer, type Local, plus, routine } from "../../base/assembly/index.ts";
import type { Matrix } from "./matrix.ts";
import { openMemory } from "./memory.ts";

export interface HighestSize {
  /** Most rows of a block. */
  readonly rows: number;
  readonly offsets: Float64Array;
  readonly threads: number;
}

export interface Highest extends Disposable {
  /** Where the next block may be written before it is looked through, which spares a copy. */
  room(): Float32Array;
  /** Begins; what is handed back joins and waits. Its answers stand until the next but one block. */
  look(block: Matrix): () => Found;
}

export interface Found {
  readonly classes: Int32Array;
  /** The number less the offset, of the class and of the next best one. */
  readonly best: Float32Array;
  readonly next: Float32Array;
  /** What was looked through. */
  readonly block: Matrix;
}

/** Parts of a block that threads may share. */
const parts = 4;

export function openHighest({ rows, offsets, threads }: HighestSize): Highest {
  const classes = offsets.length;
  const padded = 4 * Math.ceil(classes / 4);
  const blockBytes = 16 * Math.ceil((rows * classes) / 4) + 16;
  const answerBytes = 16 * Math.ceil(rows / 4);
  const slotBytes = blockBytes + 3 * answerBytes;
  const slots = 8 * padded;
  const memory = openMemory(routines, slots + 2 * slotBytes, threads);
  const { floats, integers } = memory;
  floats.fill(Number.POSITIVE_INFINITY, 0, padded);
  floats.set(offsets);
  for (let c = 0; c < padded; c++) integers[padded + c] = c;
  const view = (at: number, length: number) => floats.subarray(at / 4, at / 4 + length);
  let at = slots;
  return {
    room: () => view(at, rows * classes),
    look(block) {
      const [from, stride] = [at, 4 * block.columns];
      const answers = from + blockBytes;
      at = slots + slots + slotBytes - at;
      if (block.values.buffer !== floats.buffer) floats.set(block.values, from / 4);
      const step = Math.ceil(block.rows / parts);
      const pieces = Array.from({ length: Math.ceil(block.rows / step) }, (_, i) => ({
        values: from + stride * i * step,
        rows: Math.min(step, block.rows - i * step),
        stride,
        offsets: 0,
        numbers: 4 * padded,
        ends: 4 * padded,
        classes: answers + 4 * i * step,
        best: answers + answerBytes + 4 * i * step,
        next: answers + 2 * answerBytes + 4 * i * step,
      }));
      const finish = memory.begin("highest", pieces);
      return () => {
        finish();
        return {
          classes: integers.subarray(answers / 4, answers / 4 + block.rows),
          best: view(answers + answerBytes, block.rows),
          next: view(answers + 2 * answerBytes, block.rows),
          block: { ...block, values: view(from, block.rows * block.columns) },
        };
      };
    },
    [Symbol.dispose]: memory[Symbol.dispose],
  };
}

/**
 * Of each row, `stride` bytes apart, over fours of classes: `offsets` is where float32 offsets lie, those
 * beyond the classes being infinite, `ends` how many bytes they are, `numbers` where classes' numbers lie.
 */
const highest = routine(
  "highest",
  ["values", "rows", "stride", "offsets", "numbers", "ends", "classes", "best", "next"],
  (given, local) => {
    const { values, rows, stride, offsets, numbers, ends, classes, best, next } = given;
    const [row, p] = [local("i32"), local("i32")];
    const [value, most, second, place] = [0, 0, 0, 0].map(() => local("v128"));
    const [other, otherSecond] = [local("v128"), local("v128")];
    const at = (from: Local) => four.load(plus(from.get, p.get));
    const least = four.splat(Number.NEGATIVE_INFINITY);
    const turn = (of: Local, order: readonly [number, number, number, number]) =>
      four.pick(of.get, of.get, order);
    /** Joins each of the four with the one that the order names. */
    const join = (order: readonly [number, number, number, number]) => [
      ...other.set(turn(most, order)),
      ...otherSecond.set(turn(second, order)),
      ...place.set(four.select(place.get, turn(place, order), four.notBelow(most.get, other.get))),
      ...second.set(
        four.most(four.least(most.get, other.get), four.most(second.get, otherSecond.get)),
      ),
      ...most.set(four.most(most.get, other.get)),
    ];
    return count(row, rows.get, [
      ...[most, second].flatMap((of) => of.set(least)),
      ...place.set(four.zero),
      ...count(
        p,
        ends.get,
        [
          ...value.set(four.subtract(at(values), at(offsets))),
          ...place.set(four.select(place.get, at(numbers), four.notBelow(most.get, value.get))),
          ...second.set(four.most(second.get, four.least(most.get, value.get))),
          ...most.set(four.most(most.get, value.get)),
        ],
        16,
      ),
      ...join([2, 3, 0, 1]),
      ...join([1, 0, 3, 2]),
      ...four.storeFirst(classes.get, place.get),
      ...four.storeFirst(best.get, most.get),
      ...four.storeFirst(next.get, second.get),
      ...[classes, best, next].flatMap((of) => of.set(plus(of.get, integer(4)))),
      ...values.set(plus(values.get, stride.get)),
    ]);
  },
);

const routines = [highest];
