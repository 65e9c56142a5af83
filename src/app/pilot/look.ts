/** The first look, long before training ends: what is doubtful, and the map as it looks untrained. */
import { fork, keyFromSeed } from "../../base/index.ts";
import { measureNormalize } from "../../learn/augment/index.ts";
import { backbone } from "../../learn/backbones/index.ts";
import { check } from "../../learn/data/index.ts";
import type { Report } from "../../report/index.ts";
import { itemsOf, picturesAt } from "../dataset.ts";
import { beforeTraining, type Untrained, untrainedFeatures } from "../subjects.ts";
import type { Parts } from "./parts.ts";
import { keepLook, keptLook, lookInputs, pilotsOf } from "./stages.ts";

/** Writes the report twice: with what the check found, and with the map. */
export async function firstLook(parts: Parts): Promise<Report> {
  const { desk, dataset, run, stored, pictures, page, executor, gather } = parts;
  const inputs = lookInputs(dataset, stored.training);
  const known = keptLook(inputs, [run, ...pilotsOf(dataset.document.name, desk.store)]);
  const start = known ?? (await findings(parts));
  const untrained = untrainedOf(parts);
  const taps = backbone(untrained.backbone, untrained).taps.map(({ name }) => name);
  const features = await untrainedFeatures(
    untrained,
    { taps, dataset, train: itemsOf(dataset.document, "train") },
    { executor, pictures, desk, label: "untrained" },
  );
  const [last] = taps.slice(-1);
  const report = await gather({ untrained: { features: features[last] }, previous: start });
  keepLook(run, { inputs, report });
  page.write(report);
  return report;
}

async function findings({ desk, dataset, pictures, page, gather }: Parts): Promise<Report> {
  const found = check(dataset.document, pictures, { emit: desk.work.emit });
  const report = await gather({ findings: found });
  page.write(report);
  return report;
}

/** The encoder that training will start from. */
function untrainedOf({ desk, dataset, stored, pictures }: Parts): Untrained {
  const { backbone: name, size, seed, from } = stored.training;
  if (from !== undefined) return beforeTraining(desk.store.resolve(from, desk.work.cwd));
  const train = picturesAt(pictures, itemsOf(dataset.document, "train"));
  const normalize = measureNormalize(train, fork(keyFromSeed(seed), "normalize"));
  return { backbone: name, size, seed, normalize };
}
