/** All of it in one go: take in, train, measure, report. Finished parts are not done again. */
import { existsSync } from "node:fs";
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
import { type Report, renderReport, reportFormat } from "../report/index.ts";
import type { Language } from "../words/index.ts";
import {
  datasetNameOf,
  type IngestChoices,
  itemsOf,
  openStoredPictures,
  picturesAt,
  refreshDataset,
} from "./dataset.ts";
import { type Desk, openDesk } from "./desk.ts";
import { examplePicture } from "./example-picture.ts";
import { type ExecutorChoice, machineAgain, machineOf, openExecutor } from "./executor.ts";
import { gatherReport, leadingSet } from "./gather/index.ts";
import { codeFacts, hostFacts } from "./host.ts";
import { measureSubjects } from "./measure-subjects.ts";
import { prepareFolder } from "./output-folder.ts";
import { productOn } from "./product.ts";
import { sampleLevel } from "./sample-level.ts";
import {
  refuseOthers,
  type StoredPilot,
  storedPilot,
  storedSummary,
  storedTraining,
} from "./stored-training.ts";
import { encoderOf, untrainedEncoder } from "./subjects.ts";
import { finishFailed, trainRepresentation } from "./train-representation.ts";
import {
  checkOptions,
  fillOptions,
  recipesFor,
  type TrainingOptions,
  trainingOptions,
} from "./training-choices.ts";
import type { Work } from "./work.ts";

const defaultOut = "tanafuda-report";
const reportName = "report.json";

export interface PilotOptions extends IngestChoices, TrainingOptions, ExecutorChoice {
  readonly data: string;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly resume?: boolean;
  /** Go on although it would be computed in another way. */
  readonly replan?: boolean;
  readonly language: Language;
}

export interface PilotReport {
  readonly outcome: "reported";
  readonly run: string;
  readonly representation: string;
  /** The page; `report.json` lies beside it. */
  readonly report: string;
  /** A picture to search with. */
  readonly example?: string;
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
  const begun = await begin(options, desk);
  const { run } = begun;
  const executor = await openExecutor(begun.stored.machine, work);
  try {
    const result = await carryOut(options, { ...begun, desk, executor });
    run.finish(
      result.outcome === "interrupted"
        ? { state: "interrupted", steps: result.step }
        : { state: "finished", results: { representation: result.representation } },
    );
    return result;
  } catch (thrown) {
    const stopped = work.signal.aborted;
    finishFailed(
      run,
      thrown instanceof Problem ? thrown : undefined,
      stopped ? "interrupted" : "failed",
    );
    throw thrown;
  } finally {
    await executor.dispose();
  }
}

interface Begun {
  readonly dataset: StoredDataset;
  readonly run: RunFolder;
  readonly stored: StoredPilot;
}

interface Parts extends Begun {
  readonly desk: Desk;
  readonly executor: Executor;
}

/** Everything that can be refused is refused before the first picture is read. */
async function begin(options: PilotOptions, desk: Desk): Promise<Begun> {
  const { store, writer, work } = desk;
  const open = options.resume ? openPilot(options, desk) : undefined;
  if (open) return await takeUp(open, options, desk);
  const training = fillOptions(trainingOptions(options), store);
  checkOptions(training);
  const machine = await machineOf(options, work.workspace);
  const out = resolve(work.cwd, options.out ?? readConfig(store.workspace).out ?? defaultOut);
  prepareOutput(out, options);
  const choices = ingestChoices(options);
  const dataset = await refreshDataset(options.data, choices, desk);
  const stored: StoredPilot = { training, machine, choices: asJson(choices), out };
  const run = writer.createRun({
    kind: "pilot",
    command: [...work.command],
    seeds: [training.seed],
    configuration: { data: options.data, ...asJson(stored) },
    datasets: [{ name: dataset.document.name, version: dataset.version }],
    representations: [],
    code: codeFacts(),
    host: hostFacts(),
  });
  return { dataset, run, stored };
}

/**
 * The last pilot of these pictures, if it did not finish. Where there was none, the work stopped
 * before it had a name, and begins again with what was read.
 */
function openPilot({ data, name }: PilotOptions, desk: Desk): Run | undefined {
  const { store } = desk;
  const dataset = datasetNameOf(data, name, desk);
  const last = store
    .runs()
    .filter(({ document }) => document.kind === "pilot" && document.datasets[0]?.name === dataset)
    .at(-1);
  if (last?.state() !== "finished") return last;
  throw new Problem("app/nothing-to-resume", { kind: "pilot", workspace: store.workspace });
}

/** The dataset stays as it was then, whatever lies in the folder now. */
async function takeUp(
  open: Run,
  options: PilotOptions,
  { store, writer, work }: Desk,
): Promise<Begun> {
  const before = storedPilot(open);
  const { training, choices } = before;
  refuseOthers(
    open,
    { ...training, ...choices },
    {
      ...trainingOptions(options),
      ...ingestChoices(options),
    },
  );
  const [{ name, version }] = open.document.datasets;
  const out = options.out === undefined ? before.out : resolve(work.cwd, options.out);
  if (out !== before.out) prepareOutput(out, options);
  else prepareFolder(out);
  const machine = await machineAgain(before.machine, options);
  const run = writer.resumeRun(open.id);
  return { dataset: store.dataset(name, version), run, stored: { ...before, machine, out } };
}

async function carryOut(options: PilotOptions, parts: Parts): Promise<PilotResult> {
  const { desk, dataset, run } = parts;
  const trained = await trainedPart(options, parts);
  if ("step" in trained) return { outcome: "interrupted", run: run.id, step: trained.step };
  const { representation } = trained;
  const report = keptReport(run) ?? (await reportOf(trained, parts));
  const { work } = desk;
  const started = work.clock.monotonic();
  work.emit({ type: "phase", phase: "report" });
  const page = writeReport(report, options, parts);
  const seconds = (work.clock.monotonic() - started) / 1000;
  work.emit({ type: "phase-end", phase: "report", seconds });
  return {
    outcome: "reported",
    run: run.id,
    representation: representation.reference,
    report: page,
    ...examplePicture(dataset.document),
    counts: { total: report.data.items, evaluation: report.data.evaluation },
    verdict: report.verdict.headline,
    measures: report.measures,
    headlineSets: report.verdict.headlineMeasures.flatMap(({ labelSet }) => labelSet ?? []),
  };
}

interface TrainedPart {
  readonly representation: Representation;
  readonly part: Run;
}

/** Measures, and gathers everything that the report says. */
async function reportOf({ representation, part }: TrainedPart, parts: Parts): Promise<Report> {
  const { desk, dataset, run, executor } = parts;
  const { document } = dataset;
  const { options: filled } = storedTraining(part);
  await using products = productOn(executor);
  using pictures = openStoredPictures(desk.store, document);
  const layers = backbone(filled.backbone, filled).taps.map(({ name }) => name);
  const { labelSets } = document;
  const { product } = products;
  const task = { desk, dataset, executor, pictures, labelSets, layers, product };
  const measured = await measureSubjects(representation, { ...task, seed: filled.seed });
  const isJudged = leadingSet({ document, measured }) !== undefined;
  const sample = isJudged ? undefined : await samplePart(representation, { ...parts, product });
  const { clock, emit, signal } = desk.work;
  signal.throwIfAborted();
  const started = clock.monotonic();
  emit({ type: "phase", phase: "map" });
  const report = await gatherReport({
    run: run.id,
    created: clock.now(),
    title: document.name,
    dataset,
    pictures,
    options: filled,
    trained: { representation, summary: storedSummary(part), metrics: part.metrics() },
    measured,
    ...(sample && { sample }),
    product,
  });
  emit({ type: "phase-end", phase: "map", seconds: (clock.monotonic() - started) / 1000 });
  signal.throwIfAborted();
  return report;
}

/** Trains, goes on training, or takes what an earlier attempt of this pilot trained. */
async function trainedPart(
  { replan = false }: PilotOptions,
  { desk, dataset, run, executor, stored }: Parts,
): Promise<TrainedPart | { readonly step: number }> {
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
      options: stored.training,
      dataset,
      executor,
      machine: stored.machine,
      parent: run.id,
      ...(earlier && { resume: earlier.id, replan }),
    },
    desk,
  );
  if (trained.outcome === "interrupted") return { step: trained.step };
  return { representation: trained.representation, part: store.run(trained.run) };
}

/** Where no labels can be measured, single pictures are the classes. */
async function samplePart(
  representation: Representation,
  { desk, dataset, executor, product }: Parts & { readonly product: Product },
) {
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
function writeReport(report: Report, { language }: PilotOptions, { run, stored }: Begun): string {
  const json = `${JSON.stringify(report)}\n`;
  const html = renderReport(report, { language });
  const page = join(stored.out, "report.html");
  if (run.read(reportName) === undefined) run.keep(reportName, json);
  writeFileAtomically(join(stored.out, reportName), json, { existing: "replace" });
  writeFileAtomically(page, html, { existing: "replace" });
  return page;
}

/** What an earlier attempt had measured completely. */
function keptReport(run: Run): Report | undefined {
  const text = run.read(reportName);
  if (text === undefined) return undefined;
  const report: Report = JSON.parse(text);
  return report.format === reportFormat ? report : undefined;
}

/** Refused if something is there that was not asked to be replaced. */
function prepareOutput(folder: string, { overwrite }: PilotOptions): void {
  const page = join(folder, "report.html");
  if (existsSync(page) && !overwrite) throw new Problem("app/output-exists", { path: page });
  prepareFolder(folder);
}

function ingestChoices(options: PilotOptions): IngestChoices {
  const { name, resolution, labels, columns, hierarchy, group, split, share, background } = options;
  const first = { name, resolution, labels, columns, hierarchy };
  return { ...first, group, split, share, background } as IngestChoices;
}

function asJson(value: object): { readonly [name: string]: Json } {
  return JSON.parse(JSON.stringify(value));
}
