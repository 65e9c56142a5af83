/** Shared arenas: pieces are each done once, by whoever takes them, and failures are heard of. */
import { expect, test } from "vitest";
import {
  count,
  four,
  int,
  integer,
  openSharedArena,
  plus,
  routine,
  times,
} from "../../src/base/assembly/index.ts";

/** Adds 1 to each of `length` integers, `rounds` times over. */
const rise = routine("rise", ["from", "length", "rounds"], ({ from, length, rounds }, local) => {
  const [round, i, at] = [local("i32"), local("i32"), local("i32")];
  return count(round, rounds.get, [
    ...at.set(from.get),
    ...count(i, length.get, [
      ...int.store(at.get, plus(int.load(at.get), integer(1))),
      ...at.set(plus(at.get, integer(4))),
    ]),
  ]);
});

/** Writes the parameter doubled; far behind the memory that fails. */
const double = routine("double", ["at", "value"], ({ at, value }) =>
  int.store(at.get, times(value.get, integer(2))),
);

const routines = [rise, double];

test("every piece is done once, by helpers, too, as soon as they are there", () => {
  using arena = openSharedArena(routines, { bytes: 4 * 4096, helpers: 2 });
  const pieces = Array.from({ length: 16 }, (_, i) => ({
    from: 1024 * i,
    length: 256,
    rounds: 20,
  }));
  const until = performance.now() + 10_000;
  let [turns, own] = [0, 0];
  while (turns < 50 || (own === 16 * turns && performance.now() < until)) {
    own += arena.runAll("rise", pieces);
    turns++;
    expect(arena.integers.subarray(0, 4096).every((value) => value === 20 * turns)).toBe(true);
  }
  expect(own).toBeGreaterThan(0);
  expect(own).toBeLessThan(16 * turns);
});

test("arenas do not take each other's pieces", () => {
  using one = openSharedArena(routines, { bytes: 4096, helpers: 1 });
  using other = openSharedArena(routines, { bytes: 4096, helpers: 1 });
  for (let turn = 0; turn < 100; turn++) {
    const pieces = (factor: number) =>
      Array.from({ length: 64 }, (_, i) => ({ at: 4 * i, value: factor * i + turn }));
    one.runAll("double", pieces(1));
    other.runAll("double", pieces(3));
    expect([...one.integers.subarray(0, 64)]).toEqual(pieces(1).map(({ value }) => 2 * value));
    expect([...other.integers.subarray(0, 64)]).toEqual(pieces(3).map(({ value }) => 2 * value));
  }
});

test("what was begun is done when it is waited for, or when others begin", () => {
  using arena = openSharedArena(routines, { bytes: 4096, helpers: 1 });
  const pieces = (value: number) =>
    Array.from({ length: 64 }, (_, i) => ({ at: 4 * i + 256 * value, value: 10 * value }));
  const seen = (value: number) => [...arena.integers.subarray(64 * value, 64 * value + 64)];
  for (let turn = 0; turn < 50; turn++) {
    arena.integers.fill(0, 0, 256);
    const first = arena.begin("double", pieces(1), turn % 2 === 0);
    const second = arena.begin("double", pieces(2));
    expect(seen(1)).toEqual(new Array(64).fill(20));
    second();
    expect(seen(2)).toEqual(new Array(64).fill(40));
    expect(first()).toBeLessThanOrEqual(64);
  }
  const failing = arena.begin("double", [{ at: 2 ** 30, value: 7 }]);
  arena.runAll("double", pieces(1));
  expect(failing).toThrow();
});

test("a routine that fails fails here, whoever ran it, and the next one runs", () => {
  using arena = openSharedArena(routines, { bytes: 4096, helpers: 1 });
  const pieces = [0, 4, 2 ** 30, 8, 2 ** 30, 12].map((at) => ({ at, value: 7 }));
  expect(() => arena.runAll("double", pieces)).toThrow();
  arena.runAll("double", [{ at: 16, value: 5 }]);
  expect(arena.integers[4]).toBe(10);
});

test("vectors' bits, single places and walks", () => {
  const mask = routine("mask", ["from", "to"], ({ from, to }) => [
    ...int.store(to.get, four.bits(four.notBelow(four.load(from.get), four.zero))),
    ...four.storeFirst(plus(to.get, integer(4)), four.load(from.get)),
  ]);
  using arena = openSharedArena([mask], { bytes: 4096, helpers: 0 });
  arena.floats.set([1.5, -1, 0, -2], 0);
  arena.integers.set([0, 0, 77], 8);
  arena.run("mask", { from: 0, to: 32 });
  expect(arena.integers[8]).toBe(0b0101);
  expect(arena.floats[9]).toBe(1.5);
  expect(arena.integers[10]).toBe(77);
});
