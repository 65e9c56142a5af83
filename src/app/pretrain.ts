/** Trains a representation without labels: estimate, start, go on, or profile. */
import { Problem } from "../base/index.ts";
import type { Executor } from "../engine/index.ts";
import { type Choices, estimate, profileStep, type StepProfile } from "../learn/train/index.ts";
import type { Run } from "../registry/index.ts";
import { type Desk, itemsOf, openDataset, openStoredPictures, picturesAt } from "./dataset.ts";
import { openDesk } from "./desk.ts";
import { type ExecutorChoice, openExecutor } from "./executor.ts";
import { storedTraining } from "./stored-training.ts";
import { type TrainingTask, trainRepresentation } from "./train-representation.ts";
import {
  choicesOf,
  fillOptions,
  type TrainingOptions,
  trainingOptions,
} from "./training-choices.ts";
import type { Work } from "./work.ts";

export interface PretrainOptions extends TrainingOptions, ExecutorChoice {
  /** A dataset's name, or a path; left out when resuming. */
  readonly data?: string;
  readonly name?: string;
  /** A run's name, or true for the last one that was interrupted. */
  readonly resume?: string | boolean;
  readonly dryRun?: boolean;
  readonly profile?: boolean;
}

export type PretrainResult =
  | {
      readonly outcome: "trained";
      readonly run: string;
      readonly name: string;
      readonly version: string;
      readonly steps: number;
      readonly seconds: number;
      readonly viewsPerSecond: number;
    }
  | { readonly outcome: "interrupted"; readonly run: string; readonly step: number }
  | {
      readonly outcome: "estimated";
      readonly seconds: number;
      readonly memoryBytes: number;
      readonly diskBytes: number;
      readonly steps: number;
    }
  | { readonly outcome: "profiled"; readonly profile: StepProfile };

export async function pretrain(options: PretrainOptions, work: Work): Promise<PretrainResult> {
  using desk = await openDesk(work);
  await using executor = disposing(await openExecutor(options));
  const task = await taskOf(options, { desk, executor });
  if (options.dryRun || options.profile) return await tryOut(task, options, { desk, executor });
  const trained = await trainRepresentation(task, desk);
  if (trained.outcome === "interrupted") return trained;
  const { run, representation, summary } = trained;
  const { name, version, steps } = representation.document;
  const { seconds, configuration } = summary;
  const views = 2 * steps * Number(configuration.batch);
  return {
    outcome: "trained",
    run,
    name,
    version,
    steps,
    seconds,
    viewsPerSecond: views / seconds,
  };
}

interface Tools {
  readonly desk: Desk;
  readonly executor: Executor;
}

async function taskOf(options: PretrainOptions, { desk, executor }: Tools): Promise<TrainingTask> {
  const { data, name, resume } = options;
  const { store } = desk;
  if (resume !== undefined && resume !== false) {
    const run = resumable(desk, resume);
    const stored = storedTraining(run);
    const [dataset] = run.document.datasets;
    const found = store.dataset(dataset.name, dataset.version);
    return { ...stored, dataset: found, executor, resume: run.id };
  }
  if (data === undefined) throw new Problem("app/data-missing");
  const dataset = await openDataset(data, {}, desk);
  const filled = fillOptions(trainingOptions(options), store);
  return { options: filled, dataset, executor, ...(name !== undefined && { name }) };
}

/** The run named, or the newest pretraining that did not finish. */
export function resumable({ store }: Desk, asked: string | boolean): Run {
  if (typeof asked === "string") return store.run(asked);
  const isOpen = (run: Run) => run.document.kind === "pretrain" && run.state() !== "finished";
  const found = store.runs().filter(isOpen).at(-1);
  if (found) return found;
  const values = { kind: "pretrain", workspace: store.workspace };
  throw new Problem("app/nothing-to-resume", values);
}

async function tryOut(
  { dataset, options }: TrainingTask,
  { profile }: PretrainOptions,
  { desk, executor }: Tools,
): Promise<PretrainResult> {
  using all = openStoredPictures(desk.store, dataset.document);
  const pictures = picturesAt(all, itemsOf(dataset.document, "train"));
  const initial = options.from === undefined ? undefined : desk.store.resolve(options.from);
  const choices: Choices = choicesOf(options, { dataset, pictures, ...(initial && { initial }) });
  const pace = { executor, clock: desk.work.clock };
  if (profile) return { outcome: "profiled", profile: await profileStep(choices, pace) };
  const { seconds, memoryBytes, checkpointBytes, steps } = await estimate(choices, pace);
  // One checkpoint is kept, one is written aside before it replaces the other, one is shelved.
  return { outcome: "estimated", seconds, memoryBytes, diskBytes: 3 * checkpointBytes, steps };
}

function disposing(executor: Executor): Executor & AsyncDisposable {
  return { ...executor, [Symbol.asyncDispose]: () => executor.dispose() };
}
