/** Training interrupted twice and resumed equals uninterrupted training, bit for bit. */
import { it } from "vitest";
import { expectSameBytes } from "./resume.ts";

it("gives the same weights and metrics", async () => {
  await expectSameBytes((steps) => [1, Math.floor(steps / 2)]);
});
