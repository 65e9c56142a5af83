/** The last stages: embed by the trained encoder, measure, and say what came of it. */
import { fork, keyFromSeed } from "../../base/index.ts";
import { backbone } from "../../learn/backbones/index.ts";
import type { Report } from "../../report/index.ts";
import { itemsOf, picturesAt } from "../dataset.ts";
import { leadingSet } from "../gather/index.ts";
import { measureSubjects } from "../measure-subjects.ts";
import { sampleLevel } from "../sample-level.ts";
import { storedSummary, storedTraining } from "../stored-training.ts";
import { beforeTraining, encoderOf, storedFeatures, untrainedEncoder } from "../subjects.ts";
import type { StoredTraining } from "../train-representation.ts";
import { recipesFor } from "../training-choices.ts";
import { labellingPart } from "./labelling.ts";
import type { Parts } from "./parts.ts";
import type { TrainedPart } from "./train.ts";

export type Measuring = Pick<
  Parts,
  "desk" | "dataset" | "executor" | "pictures" | "product" | "page" | "gather"
>;

/** Writes the report with the new map, then measures; the last report is the caller's to write. */
export async function measuredPart(
  { representation, part }: TrainedPart,
  previous: Report | undefined,
  parts: Measuring,
): Promise<Report> {
  const { desk, dataset, executor, pictures, product, page, gather } = parts;
  const { options } = storedTraining(part);
  const { layer } = representation.document;
  const layers = backbone(options.backbone, options).taps.map(({ name }) => name);
  const taps = [...new Set([...layers, layer])];
  const task = { executor, pictures, desk, label: "trained" };
  const features = await storedFeatures(representation, { taps, dataset }, task);
  const trained = { representation, summary: storedSummary(part), metrics: part.metrics() };
  const shown = { ...trained, features: features[layer] };
  const drawn = await gather({ trained: shown, ...(previous && { previous }) });
  page.write(drawn);
  const { document } = dataset;
  const { labelSets } = document;
  const judging = { desk, dataset, executor, pictures, labelSets, layers, product };
  const measured = await measureSubjects(representation, { ...judging, seed: options.seed });
  const isJudged = leadingSet({ document, measured }) !== undefined;
  const sample = isJudged ? undefined : await samplePart({ representation, options }, parts);
  const labelling = await labellingPart(parts, features[layer]);
  return await gather({
    ...{ trained, measured, previous: drawn },
    ...(sample && { sample }),
    ...(labelling && { labelling }),
  });
}

/** Where no labels can be measured, single pictures are the classes. */
async function samplePart(
  {
    representation,
    options,
  }: Pick<TrainedPart, "representation"> & Pick<StoredTraining, "options">,
  { dataset, executor, pictures: all, product }: Measuring,
) {
  const judged = itemsOf(dataset.document, "evaluation");
  const train = itemsOf(dataset.document, "train");
  const pictures = picturesAt(all, judged.length > 0 ? judged : train);
  const key = fork(keyFromSeed(representation.document.seed), "sample-level");
  const [recipe] = recipesFor(representation, options).views;
  const task = { executor, product, pictures, recipe, key };
  const before = await untrainedEncoder(
    beforeTraining(representation),
    { executor, pictures: all },
    train,
  );
  return {
    trained: await sampleLevel(encoderOf(representation), task),
    untrained: await sampleLevel(before, task),
  };
}
