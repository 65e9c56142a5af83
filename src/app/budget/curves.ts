/** The same curve of the same draws on several features: the representation's, and what it must beat. */
import { fork, type Key } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import {
  type Forecast,
  fewestSizes,
  forecastLabels,
  type Goal,
  type LearningCurve,
  learningCurve,
} from "../../learn/forecast/index.ts";
import { fitClassifier, type HeadName } from "../../learn/heads/index.ts";
import {
  headlineFeatures,
  labelledRows,
  type Matrix,
  type Product,
  pickRows,
  plainProduct,
  withFeatures,
} from "../../learn/measure/index.ts";
import type { Representation, StoredDataset } from "../../registry/index.ts";
import {
  beforeTraining,
  type FeatureTask,
  pcaOf,
  pixelsOf,
  storedFeatures,
  untrainedFeatures,
} from "../subjects.ts";
import { preprocessingOf } from "../training-choices.ts";
import type { LabelsAtHand } from "./labels-at-hand.ts";
import type { BudgetSubject } from "./options.ts";
import { someRows } from "./some-rows.ts";

export interface CurveTask extends FeatureTask {
  readonly dataset: StoredDataset;
  readonly labels: LabelsAtHand;
  readonly goal: Goal;
  readonly allowed: number;
  readonly key: Key;
  readonly seed: number;
  readonly product: Product;
}

export interface Drawn {
  readonly subject: BudgetSubject;
  readonly curve: LearningCurve;
  readonly head: HeadName;
  readonly setting: number;
}

export interface Features {
  /** `[shelf, d]` and `[judged, d]`, rows of unit length. */
  readonly shelf: Matrix;
  readonly judged: Matrix;
}

/** Draws of each size; the whole set is one draw. */
const repeats = 20;
/** Labels that a head and its setting are chosen on, by cross-validation. */
const choosingRows = 2000;
/** Wider features get the head that needs no fit: others would take minutes and gain little. */
const widest = 1024;

export async function representationFeatures(
  representation: Representation,
  task: CurveTask,
): Promise<Features> {
  const { dataset, labels } = task;
  const { layer } = representation.document;
  const found = await storedFeatures(representation, { taps: [layer], dataset }, task);
  return sides(found[layer], labels);
}

/** Features of pictures without any training. */
export async function baselineFeatures(
  subject: "untrained" | "pca" | "raw-pixels",
  representation: Representation,
  task: CurveTask,
): Promise<Features> {
  const { dataset, labels, pictures, seed, product } = task;
  if (subject === "untrained") {
    const { layer } = representation.document;
    const taps = { taps: [layer], dataset, train: trainRows(dataset.document) };
    const named = { ...task, label: "untrained" };
    const found = await untrainedFeatures(beforeTraining(representation), taps, named);
    return sides(found[layer], labels);
  }
  const preprocessing = preprocessingOf(representation);
  const raw = {
    train: pixelsOf(pictures, preprocessing, labels.shelf.rows),
    test: pixelsOf(pictures, preprocessing, labels.judged.rows),
  };
  const found = subject === "pca" ? await pcaOf(raw.train, raw.test, { seed, product }) : raw;
  return {
    shelf: withFeatures(found.train, headlineFeatures),
    judged: withFeatures(found.test, headlineFeatures),
  };
}

function trainRows({ items }: DatasetVersion): Uint32Array {
  return Uint32Array.from([...items.split.keys()].filter((i) => items.split[i] === "train"));
}

function sides(matrix: Matrix, { shelf, judged }: LabelsAtHand): Features {
  return {
    shelf: withFeatures(pickRows(matrix, shelf.rows), headlineFeatures),
    judged: withFeatures(pickRows(matrix, judged.rows), headlineFeatures),
  };
}

/** With the head that cross-validation on the same labels prefers. */
export async function drawCurve(
  subject: BudgetSubject,
  { shelf, judged }: Features,
  task: CurveTask,
): Promise<Drawn> {
  const { labels, goal, key, desk } = task;
  const product = productFor(shelf, judged, task);
  const { emit, signal, clock } = desk.work;
  const classes = labels.classes.length;
  const weights = goal.kind === "accuracy" ? "none" : "balanced";
  const pool = { matrix: shelf, codes: labels.shelf.codes, classes };
  const { head, setting } = await chosenHead(pool, { key, product, weights });
  const started = clock.monotonic();
  emit({ type: "phase", phase: "budget", total: repeats, label: subject });
  const curve = await learningCurve(
    pool,
    { matrix: judged, codes: labels.judged.codes, weights: labels.judged.weights },
    {
      key: fork(key, "curve"),
      goal,
      head,
      setting,
      weights,
      repeats,
      selfTraining: subject === "self-training",
      product,
      signal,
      onDraw: (done) => emit({ type: "progress", phase: "budget", done, total: repeats }),
    },
  );
  const seconds = (clock.monotonic() - started) / 1000;
  emit({ type: "phase-end", phase: "budget", seconds });
  return { subject, curve, head, setting };
}

/** Products as small as these take longer to hand over than to do here. */
function productFor(shelf: Matrix, judged: Matrix, { product, labels }: CurveTask): Product {
  const work = Math.max(shelf.columns, judged.rows) * shelf.columns * labels.classes.length;
  return work < 1e8 ? plainProduct : product;
}

interface Choosing {
  readonly key: Key;
  readonly product: Product;
  readonly weights: "balanced" | "none";
}

async function chosenHead(
  pool: { readonly matrix: Matrix; readonly codes: Int32Array; readonly classes: number },
  { key, product, weights }: Choosing,
): Promise<{ readonly head: HeadName; readonly setting: number }> {
  if (pool.matrix.columns > widest) return { head: "ncc", setting: 0 };
  const rows = someRows(labelledRows(pool.codes), choosingRows, fork(key, "choosing"));
  const labelled = {
    matrix: pickRows(pool.matrix, rows),
    codes: Int32Array.from(rows, (row) => pool.codes[row]),
    classes: pool.classes,
  };
  const kinds: HeadName[] = ["ncc", "ridge"];
  const chosen = await fitClassifier(labelled, { key, kinds, weights, product });
  return { head: chosen.head, setting: chosen.setting };
}

/** Nothing where the curve has too few sizes to be continued. */
export function continued({ curve }: Drawn, task: CurveTask): Forecast | undefined {
  return curve.points.length < fewestSizes
    ? undefined
    : forecastLabels(curve, { allowed: task.allowed });
}
