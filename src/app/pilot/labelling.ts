/** Which pictures to label first, chosen on the trained shelf: beside the report, as a page to label on. */
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fork, keyFromSeed } from "../../base/index.ts";
import type { Matrix } from "../../learn/measure/index.ts";
import { type LabellingFacts, reportLimits } from "../../report/index.ts";
import { namedPicture } from "../gather/index.ts";
import { readFileBytes } from "../read-file.ts";
import {
  type Chosen,
  chooseToLabel,
  isAnswered,
  itemsToFill,
  labellingPlaces,
  selectDefaults,
  setWorthFilling,
  sheetId,
  writeLabelling,
} from "../select/index.ts";
import type { Measuring } from "./measure.ts";

const told = [1, 5, 10, 20, 50];
/** With so many labels to train on, labels to judge by come next. */
const enoughToTrain = 20;

/** Undefined where nothing is left to label. `features` are of all items. */
export async function labellingPart(
  { desk, dataset, pictures, product, page }: Measuring,
  features: Matrix,
): Promise<LabellingFacts | undefined> {
  const { document } = dataset;
  const { work } = desk;
  const set = setWorthFilling(document);
  if (!set) return undefined;
  const [train, judge] = (["train", "evaluation"] as const).map((split) => {
    const items = itemsToFill(document, set, split);
    const answered = items.filter((item) => isAnswered(document, set, item)).length;
    return { answered, open: items.length - answered };
  });
  const evaluation =
    train.answered >= enoughToTrain && judge.answered < selectDefaults.count && judge.open > 0;
  const { open } = evaluation ? judge : train;
  const count = Math.min(selectDefaults.count, open);
  if (count === 0) return undefined;
  const started = work.clock.monotonic();
  work.emit({ type: "phase", phase: "select", total: count });
  const key = fork(keyFromSeed(0), "select");
  const strategy = evaluation ? "random" : selectDefaults.strategy;
  const shelf = { dataset, set, features, product };
  const chosen = await chooseToLabel(shelf, { strategy, count, key, evaluation });
  const places = freePlaces(dirname(page.path), chosen);
  const { language } = page;
  const written = await writeLabelling(chosen, { places, pictures, language, work });
  const seconds = (work.clock.monotonic() - started) / 1000;
  work.emit({ type: "phase-end", phase: "select", seconds });
  const { rows, labelled, found } = chosen;
  const first = found.picks.slice(0, 2 * reportLimits.examples);
  return {
    dataset: document.name,
    labelSet: set.name,
    purpose: evaluation ? "judge" : "train",
    labelled,
    before: found.before,
    covered: found.picks.flatMap(({ coverage: share }, i) =>
      told.includes(i + 1) || i + 1 === found.picks.length ? [{ count: i + 1, share }] : [],
    ),
    page: basename(written.page),
    saves: written.saves,
    pictures: await Promise.all(
      first.map(({ row }) => namedPicture({ document, pictures }, rows[row])),
    ),
  };
}

/** A page that asks about other pictures stays: somebody may have begun to answer in it. */
function freePlaces(folder: string, chosen: Chosen) {
  const id = sheetId(chosen);
  for (let number = 1; ; number++) {
    const places = labellingPlaces(folder, number === 1 ? "to-label" : `to-label-${number}`);
    if (!existsSync(places.page)) return places;
    if (Buffer.from(readFileBytes(places.page)).includes(id)) return places;
  }
}
