/** Views for fine-tuning: as usual, or the ways up that the encoder was trained with. */
import { expect, test } from "vitest";
import { describeRecipe, imagenetNormalize } from "../../src/learn/augment/index.ts";
import { fineTuneViews } from "../../src/learn/finetune/index.ts";

test.each([
  [undefined, "flip @0.5 · jitter"],
  [{ flip: "none" }, "flip @0 · jitter"],
  [{ flip: "both", turns: "quarter" }, "flip @0.5 · vertical flip @0.5 · quarter turns · jitter"],
] as const)("%j", (orientation, flips) => {
  expect(describeRecipe(fineTuneViews(32, imagenetNormalize, orientation))).toBe(
    `fine-tune: 32×32 · crop 0.5–1 · ${flips} 0/0/0/0 @0 · grayscale @0`,
  );
});
