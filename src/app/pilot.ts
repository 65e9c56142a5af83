/** All of it in one go: take in, train, measure, report. Finished parts are not done again. */
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fork, type Json, keyFromSeed, Problem } from "../base/index.ts";
import type { Verdict } from "../decide/index.ts";
import type { Executor } from "../engine/index.ts";
import { writeFileAtomically } from "../formats/atomic-file/index.ts";
import { backbone } from "../learn/backbones/index.ts";
import type { Product } from "../learn/measure/index.ts";
import {
  type Representation,
  type Run,
  type RunFolder,
  readConfig,
  type StoredDataset,
} from "../registry/index.ts";
import { type Report, renderReport } from "../report/index.ts";
import type { Language } from "../words/index.ts";
import {
  type Desk,
  type IngestChoices,
  itemsOf,
  openDataset,
  openStoredPictures,
  picturesAt,
  takeIn,
} from "./dataset.ts";
import { openDesk } from "./desk.ts";
import { type ExecutorChoice, openExecutor } from "./executor.ts";
import { gatherReport } from "./gather/index.ts";
import { codeFacts, hostFacts } from "./host.ts";
import { measureSubjects } from "./measure-subjects.ts";
import { productOn } from "./product.ts";
import { sampleLevel } from "./sample-level.ts";
import { storedSummary, storedTraining } from "./stored-training.ts";
import { encoderOf, untrainedEncoder } from "./subjects.ts";
import { trainRepresentation } from "./train-representation.ts";
import {
  fillOptions,
  recipesFor,
  type TrainingOptions,
  trainingOptions,
} from "./training-choices.ts";
import type { Work } from "./work.ts";

export interface PilotOptions extends IngestChoices, TrainingOptions, ExecutorChoice {
  readonly data: string;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly resume?: boolean;
  readonly language: Language;
}

export interface PilotReport {
  readonly outcome: "reported";
  readonly run: string;
  readonly representation: string;
  /** The page; `report.json` lies beside it. */
  readonly report: string;
  readonly counts: { readonly total: number; readonly evaluation: number };
  readonly verdict: Pick<Verdict, "id" | "values">;
  readonly measures: Report["measures"];
  readonly headlineSets: readonly string[];
}

export type PilotResult =
  | PilotReport
  | { readonly outcome: "interrupted"; readonly run: string; readonly step: number };

export async function pilot(options: PilotOptions, work: Work): Promise<PilotResult> {
  using desk = await openDesk(work);
  const out = outFolder(options, desk);
  const known = desk.store.datasetNames().includes(options.data);
  const dataset = known
    ? await openDataset(options.data, options, desk)
    : await takeIn(options.data, options, desk);
  const run = openRun(options, { desk, dataset });
  const executor = await openExecutor(options);
  try {
    const result = await carryOut(options, { desk, dataset, run, executor, out });
    run.finish(
      result.outcome === "interrupted"
        ? { state: "interrupted", steps: result.step }
        : { state: "finished", results: { representation: result.representation } },
    );
    return result;
  } catch (thrown) {
    const stopped = work.signal.aborted;
    const problem = thrown instanceof Problem ? thrown : undefined;
    run.finish({
      state: stopped ? "interrupted" : "failed",
      ...(problem && { problem: { code: problem.code, values: problem.values } }),
    });
    throw stopped && !problem ? new Problem("app/interrupted", {}, { cause: thrown }) : thrown;
  } finally {
    await executor.dispose();
  }
}

interface Parts {
  readonly desk: Desk;
  readonly dataset: StoredDataset;
  readonly run: RunFolder;
  readonly executor: Executor;
  readonly out: string;
}

async function carryOut(options: PilotOptions, parts: Parts): Promise<PilotResult> {
  const { desk, dataset, run, executor } = parts;
  const trained = await trainedPart(options, parts);
  if ("step" in trained) return { outcome: "interrupted", run: run.id, step: trained.step };
  const { representation, part } = trained;
  const { options: filled } = storedTraining(part);
  await using products = productOn(executor);
  using pictures = openStoredPictures(desk.store, dataset.document);
  const layers = backbone(filled.backbone).taps.map(({ name }) => name);
  const { labelSets } = dataset.document;
  const { product } = products;
  const task = { desk, dataset, executor, pictures, labelSets, layers, product };
  const measured = await measureSubjects(representation, { ...task, seed: filled.seed });
  const sample = await samplePart(representation, {
    ...parts,
    product,
    labelled: labelSets.length > 0,
  });
  const { work } = desk;
  const started = work.clock.monotonic();
  work.emit({ type: "phase", phase: "report" });
  const report = await gatherReport({
    run: run.id,
    created: work.clock.now(),
    title: dataset.document.name,
    dataset,
    pictures,
    representation,
    options: filled,
    summary: storedSummary(part),
    metrics: part.metrics(),
    measured,
    ...(sample && { sample }),
    product,
  });
  const page = writeReport(report, options, parts);
  const seconds = (work.clock.monotonic() - started) / 1000;
  work.emit({ type: "phase-end", phase: "report", seconds });
  return {
    outcome: "reported",
    run: run.id,
    representation: representation.reference,
    report: page,
    counts: { total: report.data.items, evaluation: report.data.evaluation },
    verdict: report.verdict.headline,
    measures: report.measures,
    headlineSets: report.verdict.headlineMeasures.flatMap(({ labelSet }) => labelSet ?? []),
  };
}

/** Trains, goes on training, or takes what an earlier attempt of this pilot trained. */
async function trainedPart(
  options: PilotOptions,
  { desk, dataset, run, executor }: Parts,
): Promise<{ representation: Representation; part: Run } | { step: number }> {
  const { store } = desk;
  const earlier = store
    .parts(run.id)
    .filter(({ document }) => document.kind === "pretrain")
    .at(-1);
  const made = earlier?.outcome();
  if (earlier && made?.state === "finished" && made.representation) {
    const { name, version } = made.representation;
    return { representation: store.resolve(`${name}@${version}`), part: earlier };
  }
  const trained = await trainRepresentation(
    {
      options: earlier
        ? storedTraining(earlier).options
        : fillOptions(trainingOptions(options), store),
      dataset,
      executor,
      parent: run.id,
      ...(earlier && { resume: earlier.id }),
    },
    desk,
  );
  if (trained.outcome === "interrupted") return { step: trained.step };
  return { representation: trained.representation, part: store.run(trained.run) };
}

/** Where nothing is labelled, single pictures are the classes. */
async function samplePart(
  representation: Representation,
  parts: Parts & { readonly product: Product; readonly labelled: boolean },
) {
  const { desk, dataset, executor, product, labelled } = parts;
  if (labelled) return undefined;
  using all = openStoredPictures(desk.store, dataset.document);
  const judged = itemsOf(dataset.document, "evaluation");
  const train = itemsOf(dataset.document, "train");
  const pictures = picturesAt(all, judged.length > 0 ? judged : train);
  const key = fork(keyFromSeed(representation.document.seed), "sample-level");
  const [recipe] = recipesFor(representation).views;
  const task = { executor, product, pictures, recipe, key };
  const before = await untrainedEncoder(representation, { executor, pictures: all, desk }, train);
  return {
    trained: await sampleLevel(encoderOf(representation), task),
    untrained: await sampleLevel(before, task),
  };
}

/** The page and its numbers lie in the open, and beside the run. */
function writeReport(report: Report, { language }: PilotOptions, { run, out }: Parts): string {
  const json = `${JSON.stringify(report)}\n`;
  const html = renderReport(report, { language });
  mkdirSync(out, { recursive: true });
  const page = join(out, "report.html");
  writeFileAtomically(join(out, "report.json"), json, { existing: "replace" });
  writeFileAtomically(page, html, { existing: "replace" });
  run.keep("report.json", json);
  return page;
}

/** Refused before any work if something is there that was not asked to be replaced. */
function outFolder({ out, overwrite, resume }: PilotOptions, { store, work }: Desk): string {
  const folder = resolve(work.cwd, out ?? readConfig(store.workspace).out ?? "tanafuda-report");
  const page = join(folder, "report.html");
  if (existsSync(page) && !overwrite && !resume)
    throw new Problem("app/output-exists", { path: page });
  return folder;
}

function openRun(
  options: PilotOptions,
  { desk, dataset }: { readonly desk: Desk; readonly dataset: StoredDataset },
): RunFolder {
  const { store, writer, work } = desk;
  const reference = { name: dataset.document.name, version: dataset.version };
  if (options.resume) {
    const isOurs = ({ document }: Run) =>
      document.kind === "pilot" &&
      document.datasets.some(({ version }) => version === reference.version);
    const open = store
      .runs()
      .filter((run) => isOurs(run) && run.state() !== "finished")
      .at(-1);
    if (open) return writer.resumeRun(open.id);
    throw new Problem("app/nothing-to-resume", { kind: "pilot", workspace: store.workspace });
  }
  const { language: _, ...rest } = options;
  const configuration: Json = JSON.parse(JSON.stringify(rest));
  return writer.createRun({
    kind: "pilot",
    command: [...work.command],
    seeds: [options.seed ?? 0],
    configuration,
    datasets: [reference],
    representations: [],
    code: codeFacts(),
    host: hostFacts(),
  });
}
