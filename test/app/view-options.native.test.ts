/** What was asked of views stays with the run, and with what is made from its encoder later. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { pretrain } from "../../src/app/pretrain.ts";
import { orientationOf, storedTraining } from "../../src/app/stored-training.ts";
import { writePictures } from "./picture-folder.ts";
import { openPlace } from "./place.ts";

test("a run keeps presets written out, and its encoder is fine-tuned the same ways up", async () => {
  using place = openPlace();
  await writePictures(join(place.cwd, "photos"), { count: 24 });
  const quick = { epochs: 1, batch: 8, size: 16, backbone: "res-2-16", threads: 1 };
  const augment = ["any-orientation", "colour-matters"];
  const trained = await pretrain({ data: "photos", ...quick, augment, blur: 0.2 }, place.work());
  if (trained.outcome !== "trained") throw new Error(trained.outcome);
  const store = place.store();
  const run = store.run(trained.run);
  const { options } = storedTraining(run);
  expect(options).toMatchObject({ flip: "both", turns: "quarter", hue: 0, blur: 0.2, colour: 0.5 });
  expect(options).not.toHaveProperty("augment");
  expect(run.outcome()).toMatchObject({
    results: {
      configuration: {
        recipes: [
          { verticalFlip: 0.5, quarterTurns: true, jitter: { hue: 0 } },
          { verticalFlip: 0.5, grayscale: 0, blur: { probability: 0.2 } },
        ],
      },
    },
  });
  const { document } = store.resolve("@last");
  expect(orientationOf({ document }, store)).toEqual({ flip: "both", turns: "quarter" });
  expect(orientationOf({ document: { ...document, run: "gone" } }, store)).toEqual({});
});
