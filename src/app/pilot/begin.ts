/** How a pilot begins: a new run, one that stopped and is taken up, or one that was finished before. */
import { resolve } from "node:path";
import { asJson, Problem } from "../../base/index.ts";
import { type Run, type RunFolder, readConfig, type StoredDataset } from "../../registry/index.ts";
import type { Report } from "../../report/index.ts";
import { datasetNameOf, refreshDataset } from "../dataset.ts";
import type { Desk } from "../desk.ts";
import { machineAgain, machineOf } from "../executor.ts";
import { codeFacts, hostFacts } from "../host.ts";
import { requirePath } from "../near-paths.ts";
import { prepareFolder } from "../output-folder.ts";
import { readablePilot, refuseOthers, type StoredPilot, storedPilot } from "../stored-training.ts";
import { checkOptions, fillOptions, trainingOptions } from "../training-choices.ts";
import { ingestChoices, type PilotOptions } from "./options.ts";
import { prepareOutput } from "./page.ts";
import { keptReport, pilotsOf, reportInputs, servesAsWell } from "./stages.ts";

const defaultOut = "tanafuda-report";

export interface Begun {
  readonly dataset: StoredDataset;
  readonly run: RunFolder;
  readonly stored: StoredPilot;
}

/** Nothing is left to do: the same was asked before, and its report is kept. */
export interface Finished {
  readonly dataset: StoredDataset;
  readonly finished: Run;
  readonly report: Report;
  readonly out: string;
}

/** Everything that can be refused is refused before the first picture is read. */
export async function begin(options: PilotOptions, desk: Desk): Promise<Begun | Finished> {
  const { store, writer, work } = desk;
  if (options.resume) {
    const open = openPilot(options, desk);
    if (open) return await goOn(open, options, desk);
  }
  const training = fillOptions(trainingOptions(options), store);
  checkOptions(training);
  const machine = await machineOf(options, work.workspace);
  const out = resolve(work.cwd, options.out ?? readConfig(store.workspace).out ?? defaultOut);
  const datasets = store.datasetNames();
  if (!datasets.includes(options.data)) requirePath(options.data, { cwd: work.cwd, datasets });
  const name = datasetNameOf(options.data, options.name, desk);
  prepareOutput(out, { dataset: name, overwrite: options.overwrite ?? false });
  const isNew = !store.datasetNames().includes(name);
  const dataset = await refreshDataset(options.data, ingestChoices(options), desk);
  if (isNew) {
    const values = { path: dataset.document.source.path, name: dataset.document.name };
    work.emit({ type: "notice", level: "info", code: "app/path-became-dataset", values });
  }
  const choices = asJson(ingestChoices(options));
  const stored: StoredPilot = { training, machine, choices, out };
  const before = pilotsOf(dataset.document.name, store).find((run) => isSame(run, stored, dataset));
  const report = before?.state() === "finished" ? keptReport(before) : undefined;
  if (before && report && servesAsWell(storedPilot(before).machine, options)) {
    return { dataset, finished: before, report, out };
  }
  if (before && isOpen(before)) {
    const again = await machineAgain(storedPilot(before).machine, options);
    const run = writer.resumeRun(before.id);
    return { dataset, run, stored: { ...stored, machine: again } };
  }
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

function isOpen(run: Run): boolean {
  return !["finished", "running"].includes(run.state());
}

/** Same pictures and labels, same training. */
function isSame(run: Run, { training }: StoredPilot, { version }: StoredDataset): boolean {
  if (run.document.datasets[0].version !== version) return false;
  const before = readablePilot(run);
  return (
    before !== undefined &&
    reportInputs({ version }, before.training) === reportInputs({ version }, training)
  );
}

/**
 * The last pilot of these pictures, if it did not finish. Where there was none, the work stopped
 * before it had a name, and begins again with what was read.
 */
function openPilot({ data, name }: PilotOptions, desk: Desk): Run | undefined {
  const { store } = desk;
  const [last] = pilotsOf(datasetNameOf(data, name, desk), store);
  if (last?.state() !== "finished") return last;
  throw new Problem("app/nothing-to-resume", { kind: "pilot", workspace: store.workspace });
}

/** The dataset stays as it was then, whatever lies in the folder now. */
async function goOn(
  open: Run,
  options: PilotOptions,
  { store, writer, work }: Desk,
): Promise<Begun> {
  const before = storedPilot(open);
  const { training, choices } = before;
  refuseOthers(
    open,
    { ...training, ...choices },
    { ...trainingOptions(options), ...ingestChoices(options) },
  );
  const [{ name, version }] = open.document.datasets;
  const out = options.out === undefined ? before.out : resolve(work.cwd, options.out);
  if (out !== before.out) {
    prepareOutput(out, { dataset: name, overwrite: options.overwrite ?? false });
  } else {
    prepareFolder(out);
  }
  const machine = await machineAgain(before.machine, options);
  const run = writer.resumeRun(open.id);
  return { dataset: store.dataset(name, version), run, stored: { ...before, machine, out } };
}
