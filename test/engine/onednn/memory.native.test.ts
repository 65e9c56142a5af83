/** Memory of programs beyond what Node gives one view. */
import { expect, it } from "vitest";
import { mapMemory } from "../../../src/engine/executors/onednn/ffi.ts";

const gibibyte = 2 ** 30;

it("is looked at through parts where it is larger than one view may be", () => {
  using mapped = mapMemory(5 * gibibyte);
  if (!mapped) throw new Error("the machine would not give 5 GiB of addresses");
  const border = 4 * gibibyte;
  const across = mapped.floats(border - 8, 4);
  expect([...across]).toEqual([0, 0, 0, 0]);
  across.set([1, 2, 3, 4]);
  expect([...mapped.floats(border, 2)]).toEqual([3, 4]);
  expect([...mapped.integers(border - 4, 1)]).toEqual([0x40000000]);
  expect(mapped.floats(0, 0)).toHaveLength(0);
  const wanted = { code: "engine/out-of-memory", values: { needed: border + 4 } };
  expect(() => mapped.floats(0, gibibyte + 1)).toThrow(expect.objectContaining(wanted));
});

it("is filled whole with numbers that are no zeros", () => {
  using mapped = mapMemory(8192);
  if (!mapped) throw new Error("no memory");
  mapped.fillSmall();
  expect(new Set(mapped.integers(0, 2048))).toEqual(new Set([0x3c003c00]));
});
