/** What was asked of views stays with the run, and with what is made from its encoder later. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { pretrain } from "../../src/app/pretrain.ts";
import { orientationOf, storedTraining } from "../../src/app/stored-training.ts";
import { recipesFor, type TrainingOptions } from "../../src/app/training-choices.ts";
import { describeRecipe } from "../../src/learn/augment/index.ts";
import { writePictures } from "./picture-folder.ts";
import { openPlace } from "./place.ts";

test("a run keeps presets written out, and what goes on from its encoder has them, too", async () => {
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

  const from = { data: "photos", from: "@last", epochs: 1, batch: 8, threads: 1, dryRun: true };
  const viewsOf = async (asked: TrainingOptions) => {
    const estimated = await pretrain({ ...from, ...asked }, place.work());
    return estimated.outcome === "estimated" ? estimated.views : [];
  };
  const { views } = recipesFor(store.resolve("@last"), options);
  expect(await viewsOf({})).toEqual([describeRecipe(views[0])]);
  const [other] = recipesFor(store.resolve("@last"), { ...options, turns: "none" }).views;
  expect(await viewsOf({ turns: "none" })).toEqual([describeRecipe(other)]);
});
