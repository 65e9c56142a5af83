/** Measures a representation with everything that belongs beside it, by label set and by layer. */
import { type Emit, fork, keyFromSeed } from "../base/index.ts";
import type { DatasetVersion, LabelSet } from "../formats/documents/index.ts";
import {
  type Comparison,
  comparePaired,
  type LabelSet as JudgedLabels,
  type Matrix,
  type Measured,
  type Measurement,
  measureDefaults,
  measureRepresentation,
  measureUnlabelled,
  type Product,
  pickRows,
} from "../learn/measure/index.ts";
import type { Representation, StoredDataset } from "../registry/index.ts";
import { itemsOf } from "./dataset.ts";
import { noteStrata } from "./drawn-labels.ts";
import {
  beforeTraining,
  controlLimits,
  type FeatureTask,
  pcaOf,
  pixelsOf,
  spread,
  storedFeatures,
  untrainedFeatures,
} from "./subjects.ts";
import { preprocessingOf } from "./training-choices.ts";

export type SubjectName = "trained" | "untrained" | "raw-pixels" | "pca";

export interface LayerScores {
  readonly tap: string;
  readonly trained: readonly Measurement[];
  readonly untrained: readonly Measurement[];
}

export interface SubjectsMeasured {
  readonly subjects: Readonly<Record<SubjectName, Measured>>;
  /** Each control to the trained one, in pairs. */
  readonly gains: Readonly<Record<Exclude<SubjectName, "trained">, readonly Comparison[]>>;
  /** NCC at every layer asked for. */
  readonly layers: readonly LayerScores[];
  /** Features of all items at the representation's own layer. */
  readonly features: Matrix;
}

export interface MeasureTask extends FeatureTask {
  readonly dataset: StoredDataset;
  readonly labelSets: readonly LabelSet[];
  /** Layers besides the representation's own. */
  readonly layers: readonly string[];
  readonly seed: number;
  readonly product: Product;
}

const controlMeasures = [
  "ncc",
  "cdnv",
  "directional-cdnv",
  "knn",
  "linear-probe",
  "rankme",
] as const;

export async function measureSubjects(
  representation: Representation,
  task: MeasureTask,
): Promise<SubjectsMeasured> {
  const { dataset, labelSets, pictures, desk, seed, product } = task;
  const { emit, clock } = desk.work;
  const key = fork(keyFromSeed(seed), "measure");
  noteStrata(dataset.document, labelSets, emit);
  const rows = splitRows(dataset.document);
  const { layer } = representation.document;
  const taps = [...new Set([...task.layers, layer])];
  const named = (label: string) => ({ ...task, label });
  const trained = await storedFeatures(representation, { taps, dataset }, named("trained"));
  const untrained = await untrainedFeatures(
    beforeTraining(representation),
    { taps, dataset, train: rows.train },
    named("untrained"),
  );

  const started = clock.monotonic();
  const total = 5 + 2 * task.layers.length;
  let done = 0;
  emit({ type: "phase", phase: "measure", total });
  const step = async <T>(work: Promise<T>): Promise<T> => {
    const found = await work;
    desk.work.signal.throwIfAborted();
    emit({ type: "progress", phase: "measure", done: ++done, total });
    return found;
  };
  const judged = { document: dataset.document, labelSets, rows };
  const onSplits = (matrix: Matrix) => splitMatrix(matrix, rows);
  const full = { key, product };
  const control = { ...full, measures: controlMeasures, features: ["l2"] } as const;
  const headline = measure(onSplits(trained[layer]), judged, { ...full, features: ["l2"] });
  const asTheyCome = { ...full, measures: rawMeasures, features: ["raw"] } as const;
  const main = joined(
    await step(headline),
    await step(measure(onSplits(trained[layer]), judged, asTheyCome)),
  );
  const first = await step(measure(onSplits(untrained[layer]), judged, control));

  const sampled = { ...rows, train: spread(rows.train, controlLimits.rows) };
  if (sampled.train.length < rows.train.length) {
    const values = { used: sampled.train.length, total: rows.train.length };
    emit({ type: "notice", level: "info", code: "app/controls-sampled", values });
  }
  const preprocessing = preprocessingOf(representation);
  const pixels = {
    train: pixelsOf(pictures, preprocessing, sampled.train),
    test: pixelsOf(pictures, preprocessing, sampled.test),
  };
  const fewer = { ...judged, rows: sampled };
  const withoutProbe = { ...control, measures: withoutLinearProbe };
  const raw = await step(measure(pixels, fewer, withoutProbe));
  const compressed = await pcaOf(pixels.train, pixels.test, { seed, product });
  const pca = await step(measure(compressed, fewer, control));

  const layers: LayerScores[] = [];
  const onlyNcc = { ...full, measures: ["ncc"], features: ["l2"] } as const;
  for (const tap of task.layers) {
    const after = await step(measure(onSplits(trained[tap]), judged, onlyNcc));
    const start = await step(measure(onSplits(untrained[tap]), judged, onlyNcc));
    layers.push({ tap, trained: after.measurements, untrained: start.measurements });
  }
  emit({ type: "phase-end", phase: "measure", seconds: (clock.monotonic() - started) / 1000 });
  noteUnmeasured(main, { document: dataset.document, rows, emit });
  const pairs = { key: fork(key, "pairs") };
  return {
    subjects: { trained: main, untrained: first, "raw-pixels": raw, pca },
    gains: {
      untrained: comparePaired(first, main, pairs),
      "raw-pixels": comparePaired(raw, main, pairs),
      pca: comparePaired(pca, main, pairs),
    },
    layers,
    features: trained[layer],
  };
}

/** What is told of unnormalised features: enough to see whether the protocol matters. */
const rawMeasures = [
  "ncc",
  "cdnv",
  "directional-cdnv",
  "within-class-variance",
  "knn",
  "rankme",
] as const;

function joined(first: Measured, second: Measured): Measured {
  return {
    ...first,
    measurements: [...first.measurements, ...second.measurements],
    evidence: new Map([...first.evidence, ...second.evidence]),
  };
}

/** A probe on thousands of raw pixels takes long and says little that PCA does not. */
const withoutLinearProbe = controlMeasures.filter((name) => name !== "linear-probe");

export interface SplitRows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

export function splitRows(document: DatasetVersion): SplitRows {
  return { train: itemsOf(document, "train"), test: itemsOf(document, "evaluation") };
}

export function splitMatrix(matrix: Matrix, { train, test }: SplitRows) {
  return { train: pickRows(matrix, train), test: pickRows(matrix, test) };
}

/** Codes and groups of the rows in each split, as measures take them. */
export function judgedLabels({ classes, codes, name }: LabelSet, rows: SplitRows): JudgedLabels {
  const at = (list: Uint32Array) => ({ classes, codes: Int32Array.from(list, (i) => codes[i]) });
  return { name, train: at(rows.train), test: at(rows.test) };
}

export function judgedGroups({ items }: DatasetVersion, { train, test }: SplitRows) {
  const at = (list: Uint32Array) => Array.from(list, (i) => items.group[i]);
  return { train: at(train), test: at(test) };
}

type Options = Parameters<typeof measureRepresentation>[1];

interface Noted extends Pick<Judged, "document" | "rows"> {
  readonly emit: Emit;
}

interface Judged {
  readonly document: DatasetVersion;
  readonly labelSets: readonly LabelSet[];
  readonly rows: SplitRows;
}

function measure(
  splits: { readonly train: Matrix; readonly test: Matrix },
  { document, labelSets, rows }: Judged,
  options: Options,
): Promise<Measured> {
  if (splits.test.rows === 0) return Promise.resolve(measuredUnlabelled(splits.train, options));
  return measureRepresentation(
    {
      ...splits,
      labelSets: labelSets.map((set) => judgedLabels(set, rows)),
      groups: judgedGroups(document, rows),
    },
    options,
  );
}

/** Where no picture is set aside, labels cannot be judged; rank and collapse still can. */
function measuredUnlabelled(
  train: Matrix,
  { key, measures = measureDefaults.measures, features = measureDefaults.features }: Options,
): Measured {
  const all = features.flatMap((kind) =>
    measureUnlabelled(train, kind, { key: fork(key, "unlabelled") }),
  );
  const measurements = all.filter(({ measure }) => measures.includes(measure));
  return { measurements, evidence: new Map(), leftOut: [], unusable: [] };
}

/** What a person should know about labels that could not be measured, or not wholly. */
function noteUnmeasured({ leftOut, unusable }: Measured, { document, rows, emit }: Noted): void {
  if (rows.test.length === 0) {
    const values = { dataset: document.name };
    emit({ type: "notice", level: "warning", code: "app/nothing-set-aside", values });
  }
  for (const { labelSet, problem } of unusable) {
    const values = { ...problem.values, labelSet };
    emit({ type: "notice", level: "warning", code: "app/label-set-not-measured", values });
  }
  for (const labelSet of new Set(leftOut.map((left) => left.labelSet))) {
    const classes = leftOut.filter((left) => left.labelSet === labelSet);
    const values = { labelSet, count: classes.length, first: classes[0].class };
    emit({ type: "notice", level: "warning", code: "app/classes-left-out", values });
  }
}
