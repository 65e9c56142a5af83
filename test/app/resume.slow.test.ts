/** Training interrupted at ten random points and resumed equals uninterrupted training, bit for bit. */
import { it } from "vitest";
import { fork, keyFromSeed, permutation } from "../../src/base/index.ts";
import { expectSameBytes } from "./resume.ts";

it("gives the same weights and metrics", async () => {
  const key = fork(keyFromSeed(31), "points");
  await expectSameBytes((steps) =>
    [...permutation(key, steps - 1).subarray(0, 10)].map((i) => i + 1).sort((a, b) => a - b),
  );
});
