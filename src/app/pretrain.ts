/** Trains a representation without labels: estimate, start, go on, or profile. */
import { Problem } from "../base/index.ts";
import type { Executor } from "../engine/index.ts";
import { describeRecipe } from "../learn/augment/index.ts";
import {
  type Choices,
  estimate,
  profileStep,
  requireMemory,
  type StepProfile,
  settle,
} from "../learn/train/index.ts";
import type { Representation, Run, Store } from "../registry/index.ts";
import type { Language } from "../words/index.ts";
import { availableMemory } from "./available-memory.ts";
import { itemsOf, openDataset, openStoredPictures, picturesAt } from "./dataset.ts";
import { openDesk, openReadingDesk, type ReadingDesk } from "./desk.ts";
import { type ExecutorChoice, machineAgain, machineOf, openExecutor } from "./executor.ts";
import { showViews, viewsPlace } from "./show-views.ts";
import { refuseOthers, storedTraining, viewsOf } from "./stored-training.ts";
import { type TrainingTask, trainRepresentation } from "./train-representation.ts";
import {
  checkOptions,
  choicesOf,
  fillOptions,
  optionsFrom,
  type TrainingOptions,
  trainingOptions,
} from "./training-choices.ts";
import { mergeViews } from "./view-options.ts";
import type { Work } from "./work.ts";

export interface PretrainOptions extends TrainingOptions, ExecutorChoice {
  /** A dataset's name, or a path; left out when resuming. */
  readonly data?: string;
  readonly name?: string;
  /** A run's name, or true for the last one that was interrupted. */
  readonly resume?: string | boolean;
  /** Go on although it would be computed in another way. */
  readonly replan?: boolean;
  readonly dryRun?: boolean;
  readonly profile?: boolean;
  /** A page to write instead of training: pictures beside the views that would be drawn. */
  readonly showViews?: string;
  readonly overwrite?: boolean;
  /** What such a page opens in. */
  readonly language?: Language;
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
      /** Memory that can be had just now. */
      readonly availableBytes: number;
      readonly diskBytes: number;
      readonly steps: number;
      /** Of each view, in its notation; one where both are alike. */
      readonly views: readonly string[];
    }
  | { readonly outcome: "shown"; readonly page: string; readonly pictures: number }
  | { readonly outcome: "profiled"; readonly profile: StepProfile };

/** All of a training but the executor. */
type Plan = Omit<TrainingTask, "executor">;

export async function pretrain(options: PretrainOptions, work: Work): Promise<PretrainResult> {
  if (options.showViews !== undefined) return await show(options, openReadingDesk(work));
  if (options.dryRun || options.profile) return await tryOut(options, openReadingDesk(work));
  using desk = await openDesk(work);
  const plan = await planOf(options, desk);
  await using executor = disposing(await openExecutor(plan.machine, work));
  const trained = await trainRepresentation({ ...plan, executor }, desk);
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

async function planOf(options: PretrainOptions, desk: ReadingDesk): Promise<Plan> {
  const { data, name, resume } = options;
  const { store, work } = desk;
  if (resume !== undefined && resume !== false) {
    const run = resumable(desk, resume);
    const stored = storedTraining(run);
    refuseOthers(run, stored.options, trainingOptions(options));
    const [dataset] = run.document.datasets;
    const found = store.dataset(dataset.name, dataset.version);
    const machine = await machineAgain(stored.machine, options);
    const replan = options.replan ?? false;
    return { ...stored, dataset: found, machine, resume: run.id, replan };
  }
  if (data === undefined) throw new Problem("app/data-missing");
  const machine = await machineOf(options, work.workspace);
  const given = trainingOptions(options);
  const from = given.from === undefined ? undefined : store.resolve(given.from, work.cwd);
  const filled = fillOptions(from ? goingOn(from, given, store) : given, store);
  checkOptions(filled);
  const dataset = await openDataset(data, {}, desk);
  return { options: filled, dataset, machine, ...(name !== undefined && { name }) };
}

/** What the representation brings along, views as its training had them, where nothing else is asked. */
function goingOn(from: Representation, given: TrainingOptions, store: Store): TrainingOptions {
  const views = mergeViews(viewsOf(from, store), given);
  return { ...optionsFrom(from), ...defined(given), ...views };
}

/** The run named, or the newest pretraining that did not finish. */
function resumable({ store }: ReadingDesk, asked: string | boolean): Run {
  if (typeof asked === "string") return store.run(asked);
  const isOpen = (run: Run) => run.document.kind === "pretrain" && run.state() !== "finished";
  const found = store.runs().filter(isOpen).at(-1);
  if (found) return found;
  const values = { kind: "pretrain", workspace: store.workspace };
  throw new Problem("app/nothing-to-resume", values);
}

async function show(options: PretrainOptions, desk: ReadingDesk): Promise<PretrainResult> {
  const { store, work } = desk;
  const { showViews: file = "", overwrite = false, language = "en" } = options;
  const page = viewsPlace({ file, cwd: work.cwd, overwrite });
  const plan = await planOf(options, desk);
  const shown = await showViews(page, { ...plan, store, language });
  return { outcome: "shown", page, ...shown };
}

async function tryOut(asked: PretrainOptions, desk: ReadingDesk): Promise<PretrainResult> {
  const { dataset, options, machine } = await planOf(asked, desk);
  const { store, work } = desk;
  await using executor = disposing(await openExecutor(machine, work));
  using all = openStoredPictures(store, dataset.document);
  const pictures = picturesAt(all, itemsOf(dataset.document, "train"));
  const initial = options.from === undefined ? undefined : store.resolve(options.from, work.cwd);
  const choices: Choices = choicesOf(options, {
    dataset,
    pictures,
    machine,
    ...(initial && { initial }),
  });
  const pace = { executor, clock: work.clock };
  const available = availableMemory();
  if (machine.device === "cpu") await requireMemory(settle(choices), executor, available);
  if (asked.profile) return { outcome: "profiled", profile: await profileStep(choices, pace) };
  const { seconds, memoryBytes, checkpointBytes, steps, cautions } = await estimate(choices, pace);
  for (const caution of cautions) work.emit({ type: "notice", level: "warning", ...caution });
  // Some steps were measured in this very process; its peak has libraries and pictures in it, too.
  const peak = process.resourceUsage().maxRSS * 1024;
  return {
    outcome: "estimated",
    seconds,
    memoryBytes: Math.max(peak, memoryBytes),
    availableBytes: available,
    // One checkpoint is kept, one is written aside before it replaces the other, one is shelved.
    diskBytes: 3 * checkpointBytes,
    steps,
    views: [...new Set(choices.recipes.views.map(describeRecipe))],
  };
}

function defined<T extends object>(values: T): T {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}

function disposing(executor: Executor): Executor & AsyncDisposable {
  return { ...executor, [Symbol.asyncDispose]: () => executor.dispose() };
}
