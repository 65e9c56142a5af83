/** Memory of programs that is written whole, above what 32 bits count. */
import { expect, it } from "vitest";
import { mapMemory } from "../../../src/engine/executors/onednn/ffi.ts";

it("is filled to its end where it has more than 2 GiB", () => {
  const length = 2 ** 31 + 2 ** 21;
  using mapped = mapMemory(length);
  if (!mapped) throw new Error("the machine would not give 2 GiB");
  mapped.fillSmall();
  for (const start of [0, 2 ** 31 - 4, 2 ** 31, length - 4]) {
    expect([...mapped.integers(start, 1)]).toEqual([0x3c003c00]);
  }
});
