/** Puts labels to work: a head on a representation's features, with what may be trusted of it. */
import { asJson, digestJson, fork, keyFromSeed, Problem } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { type Adaptation, adaptHead, type HeadName, headKinds } from "../../learn/heads/index.ts";
import {
  checkName,
  nameFrom,
  nearest,
  type Representation,
  readConfig,
  type Store,
  type StoredDataset,
} from "../../registry/index.ts";
import { itemsOf, openStoredPictures } from "../dataset.ts";
import { type Desk, openDesk } from "../desk.ts";
import { examplePicture } from "../example-picture.ts";
import { machineOf, openExecutor } from "../executor.ts";
import { chooseLabelSets } from "../label-sets.ts";
import { productOn } from "../product.ts";
import { headTensors } from "../stored-head.ts";
import { storedFeatures } from "../subjects.ts";
import { requireWeights } from "../training-choices.ts";
import type { Work } from "../work.ts";
import { type Costs, judgedFacts, promiseDocument, promiseFacts } from "./facts.ts";
import { fineTuner, scopeOf } from "./fine-tune.ts";
import { type Labelling, labellingOf } from "./labelling.ts";
import {
  type AdaptOptions,
  type AdaptResult,
  adaptDefaults,
  type FineTuneFacts,
} from "./options.ts";
import { frozenSplit, shelfOf, splitName } from "./shelf.ts";

export async function adapt(options: AdaptOptions, work: Work): Promise<AdaptResult> {
  using desk = await openDesk(work);
  const { store } = desk;
  const representation = store.resolve(options.representation, work.cwd);
  const dataset = datasetOf(representation, store);
  const { document } = dataset;
  const set = labelSetOf(document, options.labels, store);
  const asked = {
    representation,
    dataset,
    set,
    name: checkName("head", options.name ?? nameFrom(set.name) ?? "head"),
    kinds: kindsOf(options.heads),
    costs: costsOf(options, set),
    seed: options.seed ?? readConfig(work.workspace).seed ?? 0,
  };
  requireLabels(asked);
  requireWeights(representation);
  const scope = scopeOf(options.fineTune);
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    using pictures = openStoredPictures(store, document);
    const { layer } = representation.document;
    const task = { executor, pictures, desk };
    const features = await storedFeatures(representation, { taps: [layer], dataset }, task);
    const matrix = features[layer];
    const { reference } = representation;
    const { emit, signal, clock } = work;
    const about = { document, set, pictures, features: matrix, representation: reference };
    const labelling = labellingOf({ ...about, emit, signal });
    await using products = productOn(executor);
    const started = clock.monotonic();
    emit({ type: "phase", phase: "adapt" });
    const tuner =
      scope &&
      fineTuner({
        ...{ scope, representation, dataset, set, executor, pictures, desk, options },
        ...{ matrix, codes: labelling.codes, seed: asked.seed, product: products.product },
      });
    const { alpha, target, delta } = { ...adaptDefaults, ...given(options) };
    const { kinds, costs } = asked;
    const found = await adaptHead(
      { ...shelfOf(document, set, labelling.codes), matrix, classes: set.classes.length },
      {
        key: fork(keyFromSeed(asked.seed), "adapt"),
        alpha,
        by: options.sets ?? "all",
        target,
        delta,
        product: products.product,
        insist: insisted(options),
        ...(tuner && { refine: tuner.refine }),
        ...(kinds && { kinds }),
        ...(options.weights && { weights: options.weights }),
        ...(options.calibration !== undefined && { calibration: options.calibration }),
        ...(costs && {
          alarm: { ...costs, class: set.classes.indexOf(costs.class), ...named(costs) },
        }),
        onProgress(done, total) {
          signal.throwIfAborted();
          emit({ type: "progress", phase: "adapt", done, total });
        },
      },
    );
    emit({ type: "phase-end", phase: "adapt", seconds: (clock.monotonic() - started) / 1000 });
    const tuned = tuner?.outcome();
    return keep(found, {
      ...{ ...asked, representation: tuned?.representation ?? representation },
      ...{ labelling, options, desk },
      ...(tuned && { fineTune: tuned.facts }),
    });
  } finally {
    await executor.dispose();
  }
}

interface Asked {
  readonly representation: Representation;
  readonly dataset: StoredDataset;
  readonly set: LabelSet;
  readonly name: string;
  readonly kinds: readonly HeadName[] | undefined;
  readonly costs: Costs | undefined;
  readonly seed: number;
}

interface Keeping extends Asked {
  readonly fineTune?: FineTuneFacts;
  readonly labelling: Labelling;
  readonly options: AdaptOptions;
  readonly desk: Desk;
}

function keep(found: Adaptation, { labelling, options, desk, ...asked }: Keeping): AdaptResult {
  const { representation, dataset, set, name, costs, seed, fineTune } = asked;
  const { document, version } = dataset;
  const { classifier, division, judgement, promises } = found;
  const { work, writer } = desk;
  const { training, calibration, evaluation, single } = division;
  const singles = single.map((code) => set.classes[code]);
  if (singles.length > 0) {
    const values = { count: singles.length, name: singles[0] };
    work.emit({ type: "notice", level: "warning", code: "app/classes-with-one-label", values });
  }
  if (!judgement) {
    const values = { labelSet: set.name, representation: representation.reference };
    work.emit({ type: "notice", level: "warning", code: "app/head-not-judged", values });
  }
  const split = { ...frozenSplit(document), labelled: evaluation.length };
  const labels = {
    training: training.length,
    calibration: calibration.length,
    evaluation: evaluation.length,
  };
  const classes = classifier.classes.map((code) => set.classes[code]);
  const { head: kind, setting, temperature, form, frame } = classifier;
  const result: Omit<AdaptResult, "head"> = {
    representation: representation.reference,
    dataset: document.name,
    labelSet: set.name,
    weights: options.weights ?? "none",
    split: {
      name: splitName(split),
      items: split.items,
      labelled: split.labelled,
    },
    labels,
    classes,
    chosen: { head: kind, setting, temperature },
    tried: classifier.tried,
    ...promiseFacts(found, costs),
    ...(judgement && { judged: judgedFacts(judgement, found, { set, document }) }),
    labelling: { ...labelling.facts, single: singles },
    ...(fineTune && { fineTune }),
    ...examplePicture(document),
  };
  const { name: of, version: ofVersion, weights, layer } = representation.document;
  const head = writer.writeHead(
    {
      name,
      seed,
      representation: { name: of, version: ofVersion, digest: weights.digest },
      layer,
      width: frame.columns,
      pictures: { resolution: document.resolution, ...document.decoding },
      dataset: { name: document.name, version },
      labelSet: { name: set.name, digest: labelDigest(document, set) },
      split,
      labels,
      classes,
      kind,
      setting,
      temperature,
      ...(form.kind === "neighbours" && { neighbours: form.count }),
      ...promiseDocument(found, costs),
      results: asJson(result),
    },
    {
      tensors: headTensors({
        classifier,
        examples: found.examples,
        novelty: promises.novelty.held,
      }),
      examples: {
        id: Array.from(training, (i) => document.items.id[i]),
        path: Array.from(training, (i) => document.items.path[i]),
        code: Array.from(training, (i) => classifier.classes.indexOf(set.codes[i])),
      },
    },
  );
  return { head: head.reference, ...result };
}

function datasetOf({ document, reference }: Representation, store: Store): StoredDataset {
  const { name } = document.dataset;
  if (store.datasetNames().includes(name)) return store.dataset(name);
  throw new Problem("app/dataset-gone", { representation: reference, dataset: name });
}

/** A set of that name in another dataset is told: its labels are of other pictures. */
function labelSetOf(document: DatasetVersion, name: string, store: Store): LabelSet {
  const other = store
    .datasets()
    .find((one) => one.name !== document.name && one.labelSets.some((set) => set.name === name));
  const isHere = document.labelSets.some((set) => set.name === name);
  if (!isHere && other) {
    throw new Problem("app/label-set-elsewhere", {
      name,
      dataset: document.name,
      other: other.name,
    });
  }
  return chooseLabelSets(document, [name])[0];
}

function requireLabels({ representation, dataset: { document }, set }: Asked): void {
  const count = (split: "train" | "evaluation") =>
    itemsOf(document, split).filter((i) => set.codes[i] >= 0).length;
  if (count("train") > 0) return;
  throw new Problem("app/no-training-labels", {
    labelSet: set.name,
    dataset: document.name,
    evaluation: count("evaluation"),
    representation: representation.reference,
  });
}

function kindsOf(names: readonly string[] | undefined): readonly HeadName[] | undefined {
  const known = headKinds.map(({ name }) => name);
  return names?.map((name) => {
    const found = known.find((one) => one === name);
    if (found) return found;
    const values = { name, known: known.join(", "), nearest: nearest(name, known) };
    throw new Problem("app/head-kind-unknown", values);
  });
}

function costsOf(options: AdaptOptions, { name, classes }: LabelSet): Costs | undefined {
  const { defect, missedCosts, falseAlarmCosts } = options;
  if (defect === undefined) {
    if (missedCosts === undefined && falseAlarmCosts === undefined) return undefined;
    throw new Problem("app/defect-missing", { labelSet: name, known: classes.join(", ") });
  }
  if (!classes.includes(defect)) {
    const near = nearest(defect, classes);
    const values = { labelSet: name, name: defect, known: classes.join(", "), nearest: near };
    throw new Problem("app/class-unknown", values);
  }
  return { class: defect, missedCosts: missedCosts ?? 1, falseAlarmCosts: falseAlarmCosts ?? 1 };
}

/** What was asked for must be promised, or the command ends with what it would take. */
function insisted({ alpha, sets, target, delta }: AdaptOptions) {
  return [
    ...(alpha !== undefined || sets !== undefined ? (["sets"] as const) : []),
    ...(target !== undefined || delta !== undefined ? (["abstention"] as const) : []),
  ];
}

function given({ alpha, target, delta }: AdaptOptions) {
  return {
    ...(alpha !== undefined && { alpha }),
    ...(target !== undefined && { target }),
    ...(delta !== undefined && { delta }),
  };
}

function named({ missedCosts, falseAlarmCosts }: Costs) {
  return { missed: missedCosts, falseAlarm: falseAlarmCosts };
}

/** Of the classes and of each labelled item's class. */
function labelDigest({ items }: DatasetVersion, { classes, codes }: LabelSet): string {
  const labels = items.id.flatMap((id, i) => (codes[i] < 0 ? [] : [`${id} ${codes[i]}`]));
  return digestJson({ classes, labels: labels.sort() });
}
