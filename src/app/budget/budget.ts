/** How many labels a goal takes: the curve, its forecast, what it is judged by, and what is saved. */
import { asJson, fork, keyFromSeed } from "../../base/index.ts";
import {
  cdnvBound,
  type Equivalent,
  equivalentLabels,
  forecastLabels,
  type Goal,
  guessingBeyond,
} from "../../learn/forecast/index.ts";
import {
  cdnv,
  classStatistics,
  directionalCdnv,
  labelledRows,
  pickRows,
} from "../../learn/measure/index.ts";
import { type Representation, readConfig, type StoredDataset } from "../../registry/index.ts";
import { openStoredPictures } from "../dataset.ts";
import { keepIfFree, openReadingDesk } from "../desk.ts";
import { machineOf, openExecutor } from "../executor.ts";
import { codeFacts, hostFacts } from "../host.ts";
import { productOn } from "../product.ts";
import type { Work } from "../work.ts";
import { askedGoal, numberedGoal } from "./asked-goal.ts";
import { cappedLabels } from "./capped.ts";
import { classProbability } from "./class-probability.ts";
import {
  baselineFeatures,
  type CurveTask,
  continued,
  type Drawn,
  drawCurve,
  type Features,
  representationFeatures,
} from "./curves.ts";
import { type LabelsAtHand, labelSetAsked, labelsAtHand } from "./labels-at-hand.ts";
import type { BudgetOptions, BudgetResult, Headline, SubjectCurve } from "./options.ts";
import { evaluationNeed, plannedBudget } from "./plan.ts";
import { classAt } from "./share.ts";
import { supervisedCurve } from "./supervised.ts";
import { told, toldParts } from "./told.ts";

export async function budget(options: BudgetOptions, work: Work): Promise<BudgetResult> {
  const asked = askedGoal(options);
  const desk = openReadingDesk(work);
  const seed = options.seed ?? readConfig(work.workspace).seed ?? 0;
  const representation = desk.store.resolve(options.representation, work.cwd);
  const dataset = desk.store.dataset(representation.document.dataset.name);
  const { reference } = representation;
  const set = labelSetAsked(dataset.document, {
    named: options.labels,
    representation: reference,
    store: desk.store,
  });
  const about = { representation: reference, emit: work.emit };
  const labels = labelsAtHand(dataset.document, set, about);
  const goal = numberedGoal(asked, labels.classes, labels.name);
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    using pictures = openStoredPictures(desk.store, dataset.document);
    await using products = productOn(executor);
    const key = fork(keyFromSeed(seed), "budget");
    const { product } = products;
    const { allowed } = asked;
    const seen = cappedLabels(labels, { goal, key: fork(key, "capped"), emit: work.emit });
    const given = { executor, pictures, desk, dataset, labels: seen };
    const task: CurveTask = { ...given, goal, allowed, key, seed, product };
    const features = await representationFeatures(representation, task);
    const drawn = await drawAll(features, { options, representation, task });
    const [own] = drawn;
    const forecast = forecastLabels(own.curve, { allowed });
    const probability = await likelihoods(goal, features, task);
    const need = evaluationNeed({ goal, allowed, judged: labels.judged, probability });
    const result: BudgetResult = {
      representation: reference,
      dataset: dataset.document.name,
      labelSet: labels.name,
      classes: labels.classes,
      goal: asked,
      policy: "random",
      guessedBeyond: guessingBeyond * labels.training,
      labels: countsOf(labels, goal),
      curves: drawn.map((one) => subjectCurve(one, task)),
      forecast: told(forecast),
      sharper: sharper(own, task),
      need,
      budget: toldParts(plannedBudget(forecast, need, allowed)),
      headline: headlineOf(drawn, task),
      bound: await boundOf(features, task),
    };
    const run = await keep(result, { options, dataset, representation, seed, work });
    return { ...(run !== undefined && { run }), ...result };
  } finally {
    await executor.dispose();
  }
}

/** So many times the evaluation items are weighed against more labels to train on. */
const moreItems = 4;

function sharper({ curve }: Drawn, { allowed, labels: at }: CurveTask): BudgetResult["sharper"] {
  const more = { ...curve, items: moreItems * curve.items };
  const { labels, low, high } = forecastLabels(more, { allowed });
  return told({ labels, low, high, items: moreItems * at.judged.codes.length });
}

interface Drawing {
  readonly options: BudgetOptions;
  readonly representation: Representation;
  readonly task: CurveTask;
}

/** The representation's own first. */
async function drawAll(
  features: Features,
  { options, representation, task }: Drawing,
): Promise<readonly [Drawn, ...Drawn[]]> {
  const own = await drawCurve("representation", features, task);
  if (options.baselines === false) return [own];
  const others = [await drawCurve("self-training", features, task)];
  for (const subject of ["untrained", "pca", "raw-pixels"] as const) {
    const without = await baselineFeatures(subject, representation, task);
    others.push(await drawCurve(subject, without, task));
  }
  const alone = await supervisedCurve(representation, task, { asked: options.supervised });
  if (alone) others.push(alone);
  return [own, ...others];
}

function subjectCurve(drawn: Drawn, task: CurveTask): SubjectCurve {
  const forecast = continued(drawn, task);
  return {
    subject: drawn.subject,
    head: drawn.head,
    points: drawn.curve.points.map(({ labels, mean, variance }) => ({
      labels,
      mean,
      deviation: Math.sqrt(variance),
    })),
    ...(forecast && { forecast: told(forecast) }),
  };
}

function countsOf(labels: LabelsAtHand, goal: Goal): BudgetResult["labels"] {
  const { training, selected, drawn, unlabelled, judged } = labels;
  const isOfClass = goal.kind === "recall" || goal.kind === "missed";
  return {
    training,
    selected,
    drawn,
    unlabelled,
    evaluation: judged.codes.length,
    ...(isOfClass && { ofClass: judged.codes.filter((code) => code === goal.class).length }),
    isWeighted: judged.weights !== undefined,
  };
}

/** Against the best of what needs no shelf, at all labels at hand. */
function headlineOf([own, ...others]: readonly Drawn[], { key }: CurveTask): Headline | undefined {
  const without = others.filter(({ subject }) => subject !== "self-training");
  const last = ({ curve }: Drawn) => curve.points[curve.points.length - 1].mean;
  const [best] = without.toSorted((a, b) => last(a) - last(b));
  if (best === undefined) return undefined;
  const found: Equivalent = equivalentLabels(own.curve, best.curve, { key: fork(key, "headline") });
  return { ...told(found), against: best.subject };
}

async function likelihoods(goal: Goal, { shelf }: Features, task: CurveTask) {
  const share = classAt(goal, task.labels.judged);
  if (share === undefined || goal.kind === "accuracy" || goal.kind === "balanced") return undefined;
  const { key, product, labels } = task;
  const pool = { matrix: shelf, codes: labels.shelf.codes, classes: labels.classes.length };
  return await classProbability(pool, { key, product, class: goal.class, share });
}

/** For NCC from as many labels a class as there are on average. */
async function boundOf(
  { shelf }: Features,
  { labels, product }: CurveTask,
): Promise<BudgetResult["bound"]> {
  const rows = labelledRows(labels.shelf.codes);
  const matrix = pickRows(shelf, rows);
  const codes = Int32Array.from(rows, (row) => labels.shelf.codes[row]);
  const classes = labels.classes.length;
  const statistics = classStatistics(matrix, codes, classes);
  const { pairs } = cdnv(matrix, codes, statistics);
  const { pairs: directional } = await directionalCdnv(matrix, codes, statistics, { product });
  const shots = Math.floor(rows.length / classes);
  const error = cdnvBound({ classes, pairs, directional }, shots);
  return Number.isFinite(error) ? { shots, error } : undefined;
}

interface Keeping {
  readonly options: BudgetOptions;
  readonly dataset: StoredDataset;
  readonly representation: Representation;
  readonly seed: number;
  readonly work: Work;
}

/** As a run, where the workspace can be written just now. */
async function keep(
  result: BudgetResult,
  { options, dataset, representation, seed, work }: Keeping,
): Promise<string | undefined> {
  const { name, version } = representation.document;
  let id: string | undefined;
  await keepIfFree(openReadingDesk(work), (writer) => {
    const run = writer.createRun({
      kind: "budget",
      command: [...work.command],
      seeds: [seed],
      configuration: asJson(options),
      datasets: [{ name: dataset.document.name, version: dataset.version }],
      representations: [{ name, version }],
      code: codeFacts(),
      host: hostFacts(),
    });
    run.keep("budget.json", asJson(result));
    run.finish({ state: "finished" });
    id = run.id;
  });
  return id;
}
