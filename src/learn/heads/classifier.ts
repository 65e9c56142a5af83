/**
 * A classifier from few labels: every kind of head at every setting is judged by cross-validation on
 * the labelled rows alone (whole groups held out together), the best is fitted on all of them, and its
 * probabilities are scaled by one temperature, fitted on the held-out scores.
 *
 * Features are centred and divided by one scalar, both from all rows of the shelf, labelled or not, and
 * where the logistic head is tried, turned to principal axes, which no head but its solver notices. Judged is balanced
 * accuracy where classes are weighted to count alike, else accuracy; of equals the lower cross-entropy
 * decides. What was best of many is a flattering estimate: evaluate on labels of their own.
 */
import { fork, type Key, Problem } from "../../base/index.ts";
import {
  checkGroups,
  checkLabels,
  checkMatrix,
  crossValidationFolds,
  type Frame,
  labelledRows,
  type Matrix,
  openTurning,
  type Product,
  pickRows,
  plainProduct,
  principalFrame,
  scorePredictions,
} from "../measure/index.ts";
import {
  type Examples,
  type Fitting,
  type HeadForm,
  type HeadKind,
  type HeadName,
  type Labelled,
  linearScorer,
  stillFrame,
} from "./head.ts";
import { knnHead, neighbourScorer } from "./knn.ts";
import { logisticHead } from "./logistic.ts";
import { nccHead } from "./ncc.ts";
import { ridgeHead } from "./ridge.ts";
import { crossEntropy, fitTemperature, likeliest, softmax } from "./temperature.ts";

export const headKinds: readonly HeadKind[] = [nccHead, ridgeHead, logisticHead, knnHead];

export interface ClassifierOptions {
  readonly key: Key;
  /** Which kinds are tried; default: all. */
  readonly kinds?: readonly HeadName[];
  /** Whether classes count alike, however many labels each has. */
  readonly weights?: "balanced" | "none";
  readonly folds?: number;
  readonly product?: Product;
  /** From `shelfFrame`, for several classifiers on one shelf. */
  readonly frame?: Frame;
  /** Hears how many of the fits for cross-validation are done; may throw to stop. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Tried {
  readonly head: HeadName;
  readonly setting: number;
  /** On held-out rows. */
  readonly accuracy: number;
  readonly balanced: number;
  /** Cross-entropy after scaling. */
  readonly loss: number;
}

/** A classifier as numbers alone: `openClassifier` makes it answer, without fitting anything. */
export interface FittedClassifier {
  readonly head: HeadName;
  readonly setting: number;
  readonly temperature: number;
  /** Number of each class that has labels, in the order of the columns of `probabilities`. */
  readonly classes: readonly number[];
  readonly frame: Frame;
  readonly form: HeadForm;
}

export interface Answering {
  /** `[n, classes with labels]`, of features as they come. */
  probabilities(matrix: Matrix): Promise<Matrix>;
  /** Numbers of classes. */
  predict(matrix: Matrix): Promise<Int32Array>;
}

export interface Classifier extends FittedClassifier, Answering {
  /** What cross-validation found; empty where none was possible, and then the first kind was taken. */
  readonly tried: readonly Tried[];
  /** Held-out probabilities of labelled rows, after scaling: for reliability without further labels. */
  readonly heldOut?: { readonly probabilities: Matrix; readonly codes: Int32Array };
}

export async function fitClassifier(
  { matrix, codes, classes, groups }: Labelled,
  options: ClassifierOptions,
): Promise<Classifier> {
  const { key, weights = "none", folds = 5, product = plainProduct, onProgress } = options;
  checkMatrix(matrix, "shelf");
  checkLabels({ codes, classes: [] }, matrix.rows, "few labels");
  checkGroups(groups, matrix.rows);
  const rows = labelledRows(codes);
  const present = presentClasses(rows, codes, classes);
  const own = Int32Array.from(rows, (row) => present.indexOf(codes[row]));
  const kinds = headKinds.filter(({ name }) => options.kinds?.includes(name) ?? true);
  const turn = kinds.some((kind) => kind.isTurned);
  const frame = options.frame ?? (await shelfFrame(matrix, { key, product, turn }));
  const fitting = { frame, product };
  const labelled = pickRows(matrix, rows);
  const features = await turned(labelled, fitting);
  const all = { features, codes: own, classes: present.length };
  const splits = crossValidationFolds(
    { codes: own, groups: groups && Array.from(rows, (row) => groups[row]) },
    { key: fork(key, "folds"), folds, rows: Number.POSITIVE_INFINITY },
  );
  const candidates = await crossValidate(all, { kinds, splits, weights, product, onProgress });
  const best = candidates.toSorted(weights === "balanced" ? byBalanced : byAccuracy).at(0);
  const [kind, setting] = best ? [best.kind, best.setting] : [kinds[0], middle(kinds[0].settings)];
  const [{ form }] = await kind.fit(weighted(all, weights), [setting], fitting);
  const temperature = best?.temperature ?? 1;
  const fitted = { head: kind.name, setting, temperature, classes: present, frame, form };
  return {
    ...fitted,
    ...openClassifier(fitted, product),
    tried: candidates.map(({ kind: { name }, setting: at, accuracy, balanced, loss }) => ({
      head: name,
      setting: at,
      accuracy,
      balanced,
      loss,
    })),
    ...(best && { heldOut: { probabilities: best.probabilities, codes: best.codes } }),
  };
}

export function openClassifier(
  { form, frame, temperature, classes }: FittedClassifier,
  product: Product = plainProduct,
): Answering {
  const fitting = { frame, product };
  const score =
    form.kind === "linear"
      ? linearScorer(form.weights.values, form.bias, fitting)
      : neighbourScorer(form, fitting);
  const probabilities = async (matrix: Matrix) => softmax(await score(matrix), temperature);
  return {
    probabilities,
    async predict(matrix) {
      return likeliest(await probabilities(matrix)).predicted.map((c) => classes[c]);
    },
  };
}

export interface ShelfFrameOptions {
  readonly key: Key;
  readonly product?: Product;
  /** Whether it has axes; default: it has. */
  readonly turn?: boolean;
}

/** Centre, scale and axes of all rows. */
export function shelfFrame(
  matrix: Matrix,
  { key, product = plainProduct, turn = true }: ShelfFrameOptions,
): Promise<Frame> {
  const codes = new Int32Array(matrix.rows);
  return principalFrame({ matrix, codes }, { key: fork(key, "frame"), product, turn });
}

function presentClasses(rows: Uint32Array, codes: Int32Array, classes: number): number[] {
  const found = new Set(Array.from(rows, (row) => codes[row]));
  if (found.size < 2) {
    throw new Problem("heads/one-class", { labels: rows.length, found: found.size, classes });
  }
  return [...found].sort((a, b) => a - b);
}

async function turned(matrix: Matrix, { frame, product }: Fitting): Promise<Matrix> {
  await using turning = await openTurning(frame, { product, rows: matrix.rows });
  const { values } = await turning.apply(matrix);
  return { ...matrix, values: values.slice(0, matrix.values.length) };
}

type All = Omit<Examples, "weights">;

function weighted({ features, codes, classes }: All, rule: "balanced" | "none"): Examples {
  const counts = new Int32Array(classes);
  for (const code of codes) counts[code]++;
  const weights = Float64Array.from(counts, (count) =>
    rule === "none" ? 1 : codes.length / (classes * count),
  );
  return { features, codes, classes, weights };
}

interface Candidate extends Omit<Tried, "head"> {
  readonly kind: HeadKind;
  readonly temperature: number;
  readonly probabilities: Matrix;
  readonly codes: Int32Array;
}

const byAccuracy = (a: Candidate, b: Candidate) => b.accuracy - a.accuracy || a.loss - b.loss;
const byBalanced = (a: Candidate, b: Candidate) => b.balanced - a.balanced || a.loss - b.loss;

interface Validation {
  readonly kinds: readonly HeadKind[];
  readonly splits: readonly { readonly fit: Uint32Array; readonly held: Uint32Array }[];
  readonly weights: "balanced" | "none";
  readonly product: Product;
  readonly onProgress: ClassifierOptions["onProgress"];
}

async function crossValidate(all: All, validation: Validation): Promise<Candidate[]> {
  const { kinds, splits, weights, product, onProgress } = validation;
  // Rows are in the frame already, those held out too.
  const fitting = { frame: stillFrame(all.features.columns), product };
  const usable = splits.filter(({ fit }) => new Set(fit.map((at) => all.codes[at])).size > 1);
  if (usable.length < 2) return [];
  const found = kinds.flatMap((kind) =>
    kind.settings.map((setting) => ({ kind, setting, scores: emptyScores(all) })),
  );
  let done = 0;
  for (const { fit, held } of usable) {
    const { part, present } = subset(all, fit);
    const test = pickRows(all.features, held);
    for (const kind of kinds) {
      const scorers = await kind.fit(weighted(part, weights), kind.settings, fitting);
      for (const [i, scorer] of scorers.entries()) {
        const own = found.find((one) => one.kind === kind && one.setting === kind.settings[i]);
        if (own) keep(own.scores, await scorer(test), { held, present });
      }
      onProgress?.(++done, usable.length * kinds.length);
    }
  }
  const judged = Uint32Array.from(usable.flatMap(({ held }) => [...held])).sort();
  return found.map(({ kind, setting, scores }) => ({
    kind,
    setting,
    ...judge(
      pickRows(scores, judged),
      Int32Array.from(judged, (at) => all.codes[at]),
      all.classes,
    ),
  }));
}

function emptyScores({ features, classes }: All): Matrix {
  const values = new Float32Array(features.rows * classes).fill(Number.NEGATIVE_INFINITY);
  return { rows: features.rows, columns: classes, values };
}

/** The rows named, with the classes that occur among them numbered anew. */
function subset({ features, codes }: All, rows: Uint32Array) {
  const present = [...new Set(Array.from(rows, (row) => codes[row]))].sort((a, b) => a - b);
  const part = {
    features: pickRows(features, rows),
    codes: Int32Array.from(rows, (row) => present.indexOf(codes[row])),
    classes: present.length,
  };
  return { part, present };
}

function keep(
  to: Matrix,
  scores: Matrix,
  { held, present }: { readonly held: Uint32Array; readonly present: readonly number[] },
): void {
  for (let i = 0; i < held.length; i++) {
    for (let c = 0; c < present.length; c++) {
      to.values[held[i] * to.columns + present[c]] = scores.values[i * scores.columns + c];
    }
  }
}

/** A row whose class the fold's training rows lacked counts as wrong, and does not set the temperature. */
function judge(scores: Matrix, codes: Int32Array, classes: number) {
  const { columns, values } = scores;
  const known = Uint32Array.from(codes.keys()).filter((i) =>
    Number.isFinite(values[i * columns + codes[i]]),
  );
  const knownCodes = Int32Array.from(known, (i) => codes[i]);
  const temperature = known.length > 0 ? fitTemperature(pickRows(scores, known), knownCodes) : 1;
  const probabilities = softmax(scores, temperature);
  const { predicted } = likeliest(probabilities);
  const { accuracy, balanced } = scorePredictions(predicted, codes, classes);
  const loss = crossEntropy(probabilities, codes);
  return { accuracy, balanced, loss, temperature, probabilities, codes };
}

function middle(settings: readonly number[]): number {
  return settings[Math.floor(settings.length / 2)];
}
