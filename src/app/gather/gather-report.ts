/** The content of a pilot's report, at every stage of the pilot. */
import { fork, type Key, keyFromSeed } from "../../base/index.ts";
import type { Estimate } from "../../decide/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import {
  headlineFeatures,
  type Matrix,
  type Measured,
  type Product,
} from "../../learn/measure/index.ts";
import type { MetricsRow, Representation, StoredDataset } from "../../registry/index.ts";
import { type LabellingFacts, type Report, reportFormat, type Stage } from "../../report/index.ts";
import { goodClass } from "../good-class.ts";
import { codeFacts } from "../host.ts";
import type { SubjectsMeasured } from "../measure-subjects.ts";
import type { TrainingSummary } from "../train-representation.ts";
import { type FilledOptions, recipesAsked, recipesFor } from "../training-choices.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { atVolume } from "./cost-facts.ts";
import { curveFacts } from "./curve-facts.ts";
import { dataFacts } from "./data-facts.ts";
import { doubtfulFacts, type FoundDoubtful } from "./doubtful-facts.ts";
import { errorFacts } from "./error-facts.ts";
import { headFacts } from "./head-facts.ts";
import { differenceFacts, layerFacts, measuredFacts } from "./measured-facts.ts";
import { nextFacts } from "./next-facts.ts";
import { seenPictures } from "./pictures.ts";
import { resolutionFacts } from "./resolution-facts.ts";
import { runFacts } from "./run-facts.ts";
import { neighbourRows, shelfMap } from "./shelf-map.ts";
import { splitFacts } from "./split-facts.ts";
import { trainingFacts } from "./training-facts.ts";
import { judge, pendingVerdict } from "./verdict-facts.ts";

/**
 * What is known when a report is gathered. The first part is known once pictures are read; each
 * later part is added when its stage is done, and `gatherReport` may be called after each:
 *
 * 1. `findings` of the check → stage "data";
 * 2. `untrained` → "untrained": the map and the groups as the network sees them before training;
 * 3. `trained` → "trained": how it learnt;
 * 4. `measured` → "measured": the verdict and all numbers. Nothing is still to come.
 *
 * Give the last report as `previous`: chapters that a later stage cannot change are taken from it.
 */
export interface ReportTask {
  readonly run: string;
  readonly created: Date;
  readonly title: string;
  readonly dataset: StoredDataset;
  readonly pictures: Pictures;
  readonly options: FilledOptions;
  readonly product: Product;
  readonly findings?: readonly FoundDoubtful[];
  readonly untrained?: UntrainedPart;
  readonly trained?: TrainedPart;
  readonly measured?: SubjectsMeasured;
  /** Sample-level NCC, where nothing is labelled. */
  readonly sample?: { readonly trained: Estimate; readonly untrained: Estimate };
  readonly labelling?: LabellingFacts;
  /** Seconds until the last stage, where that is known. */
  readonly timeLeft?: number;
  /** The report of an earlier stage of the same run. */
  readonly previous?: Report;
}

export interface UntrainedPart {
  /** Of all items. */
  readonly features: Matrix;
  /** What was measured of them, if anything. */
  readonly measured?: Measured;
}

export interface TrainedPart {
  readonly representation: Representation;
  readonly summary: TrainingSummary;
  readonly metrics: readonly MetricsRow[];
  /** Of all items; not needed where `measured` is given. */
  readonly features?: Matrix;
}

/** The report as far as the task knows; see `ReportTask`. */
export async function gatherReport(task: ReportTask): Promise<Report> {
  const { dataset, options, trained, measured, sample, previous, timeLeft } = task;
  const { document } = dataset;
  const key = fork(keyFromSeed(options.seed), "report");
  const stage = stageOf(task);
  const resolution = previous?.resolution ?? (await resolutionFacts(task, key));
  const judged =
    measured && trained
      ? judge({
          ...{ document, measured, resolution },
          collapse: trained.summary.collapse,
          metrics: trained.metrics,
          ...(sample && { sample }),
        })
      : { verdict: pendingVerdict(stage), steps: [] };
  const report: Report = {
    format: reportFormat,
    stage,
    ...(stage !== "measured" && timeLeft !== undefined && { timeLeft }),
    created: task.created.toISOString(),
    product: { name: "tanafuda", version: codeFacts().version },
    title: task.title,
    verdict: judged.verdict,
    data: dataFacts(dataset, options),
    doubtful: await doubtfulFacts(task),
    resolution,
    pictures: previous?.pictures ?? (await seenPictures(task, recipesOf(task), key)),
    training: trained ? trainingFacts(trained) : null,
    headlineFeatures,
    measures: [...measuresOf(task), ...sampleFacts(sample)],
    differences: measured ? differenceFacts(measured) : [],
    layers: measured ? layerFacts(measured) : [],
    seeds: [],
    ...(await judgedChapters(task, judged.verdict, key)),
    ...(task.labelling && { labelling: task.labelling }),
    cost: null,
    ...(await shelfChapters(task, key)),
    run: runFacts(task),
    next: nextFacts(judged.steps, resolution, task),
  };
  return atVolume(report, undefined);
}

function stageOf({ untrained, trained, measured }: ReportTask): Stage {
  if (measured && trained) return "measured";
  if (trained) return "trained";
  return untrained ? "untrained" : "data";
}

function recipesOf({ trained, options }: ReportTask) {
  return trained ? recipesFor(trained.representation, options) : recipesAsked(options);
}

function measuresOf({ measured, untrained }: ReportTask): Report["measures"] {
  if (measured) return measuredFacts(measured.subjects);
  return untrained?.measured ? measuredFacts({ untrained: untrained.measured }) : [];
}

/** What follows from judging single pictures: by the leading label set, or by one with a good class. */
async function judgedChapters(
  { dataset, pictures, product, measured }: ReportTask,
  { headlineMeasures }: Report["verdict"],
  key: Key,
): Promise<Pick<Report, "splits" | "errors" | "head" | "curve">> {
  const [leading] = headlineMeasures;
  if (!measured || !leading || leading.labelSet === null) return { splits: [], errors: null };
  const { document } = dataset;
  const common = { document, pictures, features: measured.features, product, key };
  const sets = headlineMeasures.flatMap(({ labelSet }) => labelSet ?? []);
  const inspected = document.labelSets.find(
    (set) => sets.includes(set.name) && goodClass(set) !== undefined,
  );
  const labelSet = inspected?.name ?? leading.labelSet;
  const head = await headFacts({ ...common, labelSet });
  const curve = await curveFacts({ ...common, labelSet });
  return {
    splits: await splitFacts({ ...common, labelSet }),
    errors: await errorFacts({ ...common, labelSet }),
    ...(head && { head }),
    ...(curve && { curve }),
  };
}

/** What is laid out by an encoder: the newest whose features are known. */
async function shelfChapters(
  task: ReportTask,
  key: Key,
): Promise<Pick<Report, "map" | "neighbours" | "clusters">> {
  const { dataset, pictures, product, untrained, trained, measured, previous } = task;
  const after = measured?.features ?? trained?.features;
  const features = after ?? untrained?.features;
  const encoder = after ? "trained" : "untrained";
  if (!features || previous?.map?.encoder === encoder) {
    const { map = null, neighbours = [], clusters = null } = previous ?? {};
    return { map, neighbours, clusters };
  }
  const shelf = { document: dataset.document, pictures, features, encoder, key } as const;
  const clustered = await clusterFacts(shelf);
  return {
    map: await shelfMap({ ...shelf, ...(clustered && { groupOf: clustered.groupOf }) }),
    neighbours: await neighbourRows(shelf, product),
    clusters: clustered?.facts ?? null,
  };
}

function sampleFacts(sample: ReportTask["sample"]): Report["measures"] {
  if (!sample) return [];
  return Object.entries(sample).map(([subject, { value, low, high }]) => ({
    subject: subject === "trained" ? "trained" : "untrained",
    labelSet: null,
    measure: "sample-ncc",
    statistic: "accuracy",
    features: headlineFeatures,
    split: "evaluation",
    protocol: "sample-ncc/1 l2 views=8+4",
    value,
    low,
    high,
  }));
}
