/**
 * Fine-tuning with an honest end: cross-validation trains once for each fold, looks at the held-out
 * pictures after every epoch, and says how long to train and whether it beats the frozen encoder's best
 * head at all. Only then is all of it trained on, for that long; the temperature is that of the held-out
 * scores.
 */
import { fork } from "../../base/index.ts";
import {
  type Classifier,
  crossEntropy,
  fitClassifier,
  fitTemperature,
  likeliest,
  openClassifier,
  softmax,
  type Tried,
} from "../heads/index.ts";
import {
  crossValidationFolds,
  type Frame,
  type Groups,
  type Matrix,
  type Product,
  pickRows,
  plainProduct,
  scorePredictions,
} from "../measure/index.ts";
import type { ValueTree } from "../nn/index.ts";
import { type Lesson, type TunedHead, type Tuning, trainOnce } from "./train-once.ts";

export interface FineTuneTask extends Omit<Tuning, "frame" | "onEpoch"> {
  /** Training rows: positions in `pictures`. */
  readonly rows: Uint32Array;
  /** Class of each row. */
  readonly codes: Int32Array;
  readonly classes: number;
  readonly groups?: Groups | undefined;
  /** The frozen encoder's features of each row. */
  readonly features: Matrix;
  /** What the frozen encoder's heads came to. */
  readonly frozen: Classifier;
  readonly weights?: "balanced" | "none";
  readonly product?: Product;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Accuracy, balanced accuracy and cross-entropy on held-out rows. */
export type Judged = Omit<Tried, "head" | "setting">;

export interface FineTuned {
  /** Epochs that cross-validation chose; 0 where training made nothing better. */
  readonly epochs: number;
  /** On held-out rows after each epoch, the first before any. */
  readonly curve: readonly Judged[];
  /** The best of them by cross-entropy after scaling. */
  readonly judged: Judged;
  /** The same for the frozen encoder's best head. */
  readonly against: Judged;
  /** Left out where the frozen head is at least as good. */
  readonly better?: {
    readonly values: ValueTree;
    readonly classifier: Classifier;
    /** Mean loss of each epoch of the last training. */
    readonly losses: readonly number[];
  };
}

/** Undefined where the labels cannot be cross-validated: nothing could then be told of it. */
export async function fineTune(task: FineTuneTask): Promise<FineTuned | undefined> {
  const { features, codes: asGiven, groups, recipe, key, frozen, weights = "none" } = task;
  const { product = plainProduct } = task;
  const present = frozen.classes;
  const codes = asGiven.map((code) => present.indexOf(code));
  const splits = crossValidationFolds(
    { codes, groups },
    { key: fork(key, "folds"), folds: recipe.folds, rows: Number.POSITIVE_INFINITY },
  ).filter(({ fit }) => new Set(fit.map((at) => codes[at])).size > 1);
  const against = frozen.tried.toSorted(weights === "balanced" ? byBalanced : byAccuracy).at(0);
  if (splits.length < 2 || against === undefined) return undefined;
  const frame = plainFrame(frozen.frame);
  const total = (splits.length + 1) * recipe.epochs;
  let done = 0;
  const tuning: Tuning = { ...task, frame, onEpoch: () => task.onProgress?.(++done, total) };

  const all = { features, codes, present: present.length };
  const found = Array.from({ length: recipe.epochs + 1 }, () =>
    new Float32Array(codes.length * present.length).fill(Number.NEGATIVE_INFINITY),
  );
  for (const { fit, held } of splits) {
    const lesson = await lessonOf(task, { ...all, at: fit, product });
    const own = Uint32Array.from(held, (at) => task.rows[at]);
    const { held: looks } = await trainOnce(tuning, lesson, { epochs: recipe.epochs, held: own });
    for (const [epoch, { values, columns }] of looks.entries()) {
      for (const [i, at] of held.entries()) {
        found[epoch].set(values.subarray(i * columns, (i + 1) * columns), at * columns);
      }
    }
  }
  const judged = found.map((values) =>
    judge({ rows: codes.length, columns: present.length, values }, codes),
  );
  const order = [...judged.keys()].sort((a, b) => judged[a].loss - judged[b].loss || a - b);
  const epochs = order[0];
  const best = judged[epochs];
  const { accuracy, balanced, loss } = best;
  const facts = {
    epochs,
    curve: judged.map(({ accuracy, balanced, loss }) => ({ accuracy, balanced, loss })),
    judged: { accuracy, balanced, loss },
    against: { accuracy: against.accuracy, balanced: against.balanced, loss: against.loss },
  };
  const compare = weights === "balanced" ? byBalanced : byAccuracy;
  if (epochs === 0 || compare(best, against) >= 0) return facts;
  const lesson = await lessonOf(task, { ...all, at: Uint32Array.from(codes.keys()), product });
  const made = await trainOnce(tuning, lesson, { epochs, held: new Uint32Array(0) });
  const fitted = {
    head: "logistic",
    setting: 0,
    temperature: best.temperature,
    classes: present,
    frame,
    form: linearForm(made.head, frame.columns),
  } as const;
  const classifier: Classifier = {
    ...fitted,
    ...openClassifier(fitted, product),
    tried: frozen.tried,
    heldOut: { probabilities: best.probabilities, codes },
  };
  return { ...facts, better: { values: made.values, classifier, losses: made.losses } };
}

const byAccuracy = (a: Judged, b: Judged) => b.accuracy - a.accuracy || a.loss - b.loss;
const byBalanced = (a: Judged, b: Judged) => b.balanced - a.balanced || a.loss - b.loss;

interface Part {
  readonly features: Matrix;
  readonly codes: Int32Array;
  readonly present: number;
  readonly at: Uint32Array;
  readonly product: Product;
}

/** Begins at the logistic head of these rows on frozen features; classes they lack begin unlikely. */
async function lessonOf(task: FineTuneTask, part: Part): Promise<Lesson> {
  const { features, codes, present, at, product } = part;
  const { frozen, weights = "none", key, groups } = task;
  const own = Int32Array.from(at, (row) => codes[row]);
  const fitted = await fitClassifier(
    {
      matrix: pickRows(features, at),
      codes: own,
      classes: present,
      groups: groups && Array.from(at, (row) => groups[row]),
    },
    { key: fork(key, "head"), kinds: ["logistic"], weights, product, frame: frozen.frame },
  );
  const counts = new Int32Array(present);
  for (const code of own) counts[code]++;
  return {
    rows: Uint32Array.from(at, (row) => task.rows[row]),
    codes: own,
    classes: present,
    weights: Float64Array.from(counts, (count) =>
      weights === "none" || count === 0 ? 1 : own.length / (present * count),
    ),
    head: startOf(fitted, present),
  };
}

const unlikely = -5;

/** From the frame's axes back to features as they come: W in the frame is V = W · axes out of it. */
function startOf({ form, frame, classes }: Classifier, present: number): TunedHead {
  if (form.kind !== "linear") throw new TypeError("a logistic head is linear");
  const { columns, axes } = frame;
  const weight = new Float32Array(columns * present);
  const bias = new Float32Array(present).fill(unlikely);
  for (const [k, c] of classes.entries()) {
    bias[c] = form.bias[k];
    for (let p = 0; p < columns; p++) {
      const own = form.weights.values[k * columns + p];
      if (axes === undefined) weight[p * present + c] += own;
      else {
        for (let q = 0; q < columns; q++) {
          weight[q * present + c] += own * axes.values[p * columns + q];
        }
      }
    }
  }
  return { weight, bias };
}

function plainFrame({ columns, means, scale }: Frame): Frame {
  return { columns, means, scale, axes: undefined };
}

/** `[width, classes]` as heads have it, `[classes, width]`. */
function linearForm({ weight, bias }: TunedHead, columns: number) {
  const classes = bias.length;
  const values = new Float32Array(weight.length);
  for (let p = 0; p < columns; p++) {
    for (let c = 0; c < classes; c++) values[c * columns + p] = weight[p * classes + c];
  }
  const weights = { rows: classes, columns, values };
  return { kind: "linear", weights, bias: Float64Array.from(bias) } as const;
}

function judge(scores: Matrix, codes: Int32Array) {
  const temperature = fitTemperature(scores, codes);
  const probabilities = softmax(scores, temperature);
  const { predicted } = likeliest(probabilities);
  const { accuracy, balanced } = scorePredictions(predicted, codes, scores.columns);
  return {
    ...{ accuracy, balanced, temperature, probabilities },
    loss: crossEntropy(probabilities, codes),
  };
}
