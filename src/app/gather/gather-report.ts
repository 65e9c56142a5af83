/** The whole content of a pilot's report. */
import { fork, keyFromSeed, permutation } from "../../base/index.ts";
import type { Estimate } from "../../decide/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import { headlineFeatures, type Product } from "../../learn/measure/index.ts";
import type { MetricsRow, Representation, StoredDataset } from "../../registry/index.ts";
import { type Report, reportFormat, reportLimits, type TrainingRow } from "../../report/index.ts";
import { codeFacts, hostFacts } from "../host.ts";
import type { SubjectsMeasured } from "../measure-subjects.ts";
import type { TrainingSummary } from "../train-representation.ts";
import type { FilledOptions } from "../training-choices.ts";
import { recipesFor } from "../training-choices.ts";
import { dataFacts } from "./data-facts.ts";
import { differenceFacts, layerFacts, measuredFacts } from "./measured-facts.ts";
import { seenPictures } from "./pictures.ts";
import { neighbourRows, shelfMap } from "./shelf-map.ts";
import { judge } from "./verdict-facts.ts";

export interface ReportTask {
  readonly run: string;
  readonly created: Date;
  readonly title: string;
  readonly dataset: StoredDataset;
  readonly pictures: Pictures;
  readonly representation: Representation;
  readonly options: FilledOptions;
  readonly summary: TrainingSummary;
  readonly metrics: readonly MetricsRow[];
  readonly measured: SubjectsMeasured;
  readonly sample?: { readonly trained: Estimate; readonly untrained: Estimate };
  readonly product: Product;
}

/** Curves keep at most this many points. */
const curvePoints = 600;

export async function gatherReport(task: ReportTask): Promise<Report> {
  const { dataset, pictures, representation, options, summary, metrics, measured } = task;
  const { document } = dataset;
  const key = fork(keyFromSeed(options.seed), "report");
  const shelf = { document, pictures, features: measured.features, key };
  const collapse = summary.collapse;
  const { sample } = task;
  const judged = judge({ document, measured, collapse, metrics, ...(sample && { sample }) });
  const chosen = permutation(fork(key, "seen"), pictures.count)
    .subarray(0, reportLimits.pictures)
    .sort();
  const seen = Array.from(chosen, (index) => ({ index, path: document.items.path[index] }));
  const { method, backbone, layers, layer, steps } = representation.document;
  const { batch } = summary.configuration;
  return {
    format: reportFormat,
    created: task.created.toISOString(),
    product: { name: "tanafuda", version: codeFacts().version },
    title: task.title,
    verdict: judged.verdict,
    data: dataFacts(dataset),
    pictures: await seenPictures(pictures, seen, { recipes: recipesFor(representation), key }),
    training: {
      rows: curve(metrics),
      nccOf:
        summary.watched.labelSet === undefined
          ? { kind: "sample" }
          : { kind: "labels", labelSet: summary.watched.labelSet },
      collapse,
    },
    headlineFeatures,
    measures: [...measuredFacts(measured), ...sampleFacts(sample)],
    differences: differenceFacts(measured),
    layers: layerFacts(measured),
    seeds: [],
    map: await shelfMap(shelf),
    neighbours: await neighbourRows(shelf, task.product),
    run: {
      id: task.run,
      representation: representation.reference,
      method,
      backbone:
        typeof backbone === "object" && backbone && "name" in backbone ? String(backbone.name) : "",
      dimensions: layers.find(({ name }) => name === layer)?.width ?? 0,
      batch: Number(batch),
      steps,
      epochs: metrics.reduce((most, { epoch }) => Math.max(most, Number(epoch ?? -1)), -1) + 1,
      seeds: [options.seed],
      executor: executorName(summary),
      host: hostLine(),
      seconds: summary.seconds,
      peakMemory: process.resourceUsage().maxRSS * 1024,
      configuration: {
        training: summary.configuration,
        options: { ...options },
        plan: summary.plan,
      },
    },
    next: judged.steps.map((step) => ({
      id: step.id,
      values: step.values,
      ...commandFor(step.id, representation.reference, document),
    })),
  };
}

function curve(metrics: readonly MetricsRow[]): TrainingRow[] {
  const stride = Math.max(1, Math.ceil(metrics.length / curvePoints));
  const kept = metrics.filter(({ ncc }, i) => i % stride === 0 || typeof ncc === "number");
  const rows = kept.flatMap((row) => {
    const { step, epoch, loss, invariance, regularisation, rate, ncc } = row;
    if (typeof loss !== "number" || typeof invariance !== "number") return [];
    return [
      {
        step,
        ...(typeof epoch === "number" && { epoch }),
        loss,
        invariance,
        regularisation: Number(regularisation),
        learningRate: Number(rate),
        ...(typeof ncc === "number" && { ncc }),
      },
    ];
  });
  const last = metrics.at(-1);
  const end = rows.at(-1);
  // The look after the last step stands in a row of its own, without a loss.
  return last && end && typeof last.ncc === "number" && last.loss === undefined
    ? [...rows, { ...end, step: last.step, ncc: last.ncc }]
    : rows;
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

function executorName({ plan }: TrainingSummary): string {
  if (typeof plan !== "object" || plan === null || !("executor" in plan)) return "";
  const { executor, version, threads } = plan as { [name: string]: unknown };
  return [executor, version, threads && `${threads} threads`].filter(Boolean).join(" ");
}

function hostLine(): string {
  const { processor, cores, platform, architecture, node } = hostFacts();
  return `${processor}, ${cores} cores, ${platform} ${architecture}, Node ${node}`;
}

function commandFor(
  id: string,
  reference: string,
  { name: dataset, source }: DatasetVersion,
): { command?: string } {
  switch (id) {
    case "verdict/next-search":
      return { command: `tanafuda search ${reference} PICTURE` };
    case "verdict/next-longer":
      return { command: `tanafuda pretrain ${dataset} --from ${reference} --minutes 60` };
    case "verdict/next-more-pictures":
    case "verdict/next-more-evaluation":
      // New pictures go into the same folder; adding it again takes only what is new.
      return { command: `tanafuda data add ${JSON.stringify(source.path)} --name ${dataset}` };
    case "verdict/next-attach-labels":
      return { command: `tanafuda data labels ${dataset} LABELS.csv` };
    case "verdict/next-check-labels":
      return { command: `tanafuda data check ${dataset}` };
    case "verdict/next-against-collapse":
      return { command: `tanafuda pretrain ${dataset} --method simclr` };
    default:
      return {};
  }
}
