/**
 * From a shelf with some labels to a head that can be trusted: labels are divided, the head is chosen
 * by cross-validation on its training labels alone, promises come from the calibration labels, and what
 * all of it is worth from the items set aside, which nothing before has seen.
 */
import { fork, type Key, Problem } from "../../base/index.ts";
import { type Matrix, pickRows, plainProduct, type Rate, weightedRate } from "../measure/index.ts";
import { abstentionItems, provingItems } from "./abstention.ts";
import { type Classifier, type ClassifierOptions, fitClassifier } from "./classifier.ts";
import { conformalPlace } from "./conformal.ts";
import { type Division, divideLabels, type Shelved } from "./division.ts";
import type { HeadName } from "./head.ts";
import { type JudgedItems, type Judgement, judge } from "./judgement.ts";
import { type CheapestPoint, cheapestPoint } from "./operating-point.ts";
import { fitPromises, type Promised, type PromiseOptions, type Promises } from "./promises.ts";
import { likeliest } from "./temperature.ts";

export interface LabelledShelf extends Shelved {
  readonly matrix: Matrix;
  readonly classes: number;
  /** Of every row; draws depend on them and on groups, never on the order of rows. */
  readonly ids: readonly string[];
  readonly slices?: JudgedItems["slices"];
  /** Of rows set aside: how many items each stands for; default: 1. */
  readonly weights?: JudgedItems["weights"];
}

export interface AdaptationOptions extends PromiseOptions {
  readonly key: Key;
  readonly kinds?: readonly HeadName[];
  readonly weights?: "balanced" | "none";
  /** Labels for calibration; default: `calibrationLabels`. */
  readonly calibration?: number;
  /** What must be promised: where that needs more labels, nothing is fitted. */
  readonly insist?: readonly ("sets" | "abstention")[];
  readonly onProgress?: ClassifierOptions["onProgress"];
  /** May move the encoder on the training rows: another classifier, and the features it works on. */
  readonly refine?: (given: Refining) => Promise<Refined | undefined>;
  /** What it costs to miss an item of a class, and to take another for it. */
  readonly alarm?: AlarmCosts;
}

export interface Refining {
  /** Rows of the shelf that may be trained on. */
  readonly training: Uint32Array;
  /** The best head on the features as they are. */
  readonly classifier: Classifier;
}

export interface Refined {
  readonly classifier: Classifier;
  /** Of every row of the shelf. */
  readonly matrix: Matrix;
}

export interface AlarmCosts {
  readonly class: number;
  readonly missed: number;
  readonly falseAlarm: number;
}

export interface Alarm {
  /** On held-out training labels, where it was chosen. */
  readonly chosen: CheapestPoint;
  /** On the items set aside. */
  readonly judged?: { readonly missed: Rate; readonly falseAlarm: Rate };
}

export interface Adaptation {
  readonly division: Division;
  readonly classifier: Classifier;
  readonly examples: Matrix;
  readonly promises: Promises;
  readonly alarm?: Promised<Alarm>;
  /** Left out where no item set aside has a label. */
  readonly judgement?: Judgement;
}

export async function adaptHead(
  shelf: LabelledShelf,
  options: AdaptationOptions,
): Promise<Adaptation> {
  const { codes, classes, groups, ids, aside } = shelf;
  const { key, product = plainProduct, kinds, weights, onProgress } = options;
  const own = codes.filter((code, row) => code >= 0 && !aside[row]).length;
  const wanted = options.calibration ?? calibrationLabels(own, options);
  const division = divideLabels(shelf, { key: fork(key, "division"), calibration: wanted });
  const { training, calibration, evaluation } = division;
  requireEnough(calibration.length, options);
  const kept = new Set(calibration);
  const trains = new Set(training);
  // In the order of their ids, so that nothing depends on the order in which they came.
  const rows = Uint32Array.from(ids.keys())
    .filter((row) => !aside[row] && !kept.has(row))
    .sort((a, b) => (ids[a] < ids[b] ? -1 : 1));
  const labelled = {
    matrix: pickRows(shelf.matrix, rows),
    codes: Int32Array.from(rows, (row) => (trains.has(row) ? codes[row] : -1)),
    classes,
    groups: Array.from(rows, (row) => groups[row]),
  };
  const frozen = await fitClassifier(labelled, {
    key: fork(key, "classifier"),
    product,
    ...(kinds && { kinds }),
    ...(weights && { weights }),
    ...(onProgress && { onProgress }),
  });
  const refined = await options.refine?.({ training, classifier: frozen });
  const { classifier, matrix } = refined ?? { classifier: frozen, matrix: shelf.matrix };
  const examples = pickRows(matrix, training);
  const others = rows.filter((row) => !trains.has(row));
  const confidences =
    others.length >= enoughOthers || !classifier.heldOut
      ? await classifier.probabilities(pickRows(matrix, others.length > 0 ? others : training))
      : classifier.heldOut.probabilities;
  const promises = await fitPromises(
    classifier,
    {
      matrix: pickRows(matrix, calibration),
      codes: Int32Array.from(calibration, (row) => codes[row]),
      examples,
      confidences: likeliest(confidences).confidence,
    },
    { ...options, product },
  );
  const judged = pickRows(matrix, evaluation);
  const judgedCodes = Int32Array.from(evaluation, (row) => codes[row]);
  const { weights: standing } = shelf;
  const judgedWeights = standing && Float64Array.from(evaluation, (row) => standing[row]);
  const alarm =
    options.alarm &&
    (await alarmOf(classifier, options.alarm, { judged, judgedCodes, weights: judgedWeights }));
  return {
    division,
    classifier,
    examples,
    promises,
    ...(alarm && { alarm }),
    ...(evaluation.length > 0 && {
      judgement: await judge(classifier, promises, {
        matrix: judged,
        codes: judgedCodes,
        classes,
        groups: Array.from(evaluation, (row) => groups[row]),
        weights: judgedWeights,
        key: fork(key, "judgement"),
        ...(shelf.slices && { slices: Array.from(evaluation, (row) => shelf.slices?.[row]) }),
      }),
    }),
  };
}

function requireEnough(items: number, options: AdaptationOptions): void {
  const { insist = [], alpha, target, delta } = options;
  if (insist.includes("sets")) conformalPlace(items, alpha);
  const needed = provingItems(target, delta);
  if (insist.includes("abstention") && needed > items) {
    throw new Problem("heads/too-few-to-promise", { items, needed, target });
  }
}

/** Items without a label below which thresholds are tried where held-out items suggest instead. */
const enoughOthers = 200;
/** More labels than these make no promise noticeably better. */
const mostCalibration = 2000;

/** A quarter of the labels, or up to a third where candidate sets or abstention need that many. */
export function calibrationLabels(
  labels: number,
  { alpha, target, delta }: Pick<PromiseOptions, "alpha" | "target" | "delta">,
): number {
  const needs = [Math.ceil(1 / alpha - 1 - 1e-9), provingItems(target, delta)];
  const room = Math.floor(labels / 3);
  const least = Math.max(0, ...needs.filter((need) => need <= room));
  const most = Math.max(mostCalibration, abstentionItems(target, delta));
  return Math.min(most, Math.max(least, Math.floor(labels / 4)));
}

interface AlarmItems extends Pick<JudgedItems, "weights"> {
  readonly judged: Matrix;
  readonly judgedCodes: Int32Array;
}

async function alarmOf(
  classifier: Classifier,
  { class: wanted, missed, falseAlarm }: AlarmCosts,
  { judged, judgedCodes, weights }: AlarmItems,
): Promise<Promised<Alarm>> {
  const { heldOut, classes } = classifier;
  const column = classes.indexOf(wanted);
  const labels = heldOut?.codes.length ?? 0;
  if (!heldOut || column < 0) {
    return { refused: { code: "heads/nothing-held-out", values: { labels } } };
  }
  const columnOf = ({ rows, columns, values }: Matrix) =>
    Float64Array.from({ length: rows }, (_, i) => values[i * columns + column]);
  const positive = Array.from(heldOut.codes, (code) => code === column);
  try {
    const chosen = cheapestPoint(
      { probability: columnOf(heldOut.probabilities), positive },
      { missed, falseAlarm },
    );
    if (judged.rows === 0) return { held: { chosen } };
    const raised = columnOf(await classifier.probabilities(judged)).map((p) =>
      p >= chosen.threshold ? 1 : 0,
    );
    const rows = [...judgedCodes.keys()];
    const [defects, others] = [true, false].map((is) =>
      rows.filter((i) => (judgedCodes[i] === wanted) === is),
    );
    return {
      held: {
        chosen,
        judged: {
          missed: weightedRate(defects, (i) => !raised[i], weights),
          falseAlarm: weightedRate(others, (i) => raised[i] === 1, weights),
        },
      },
    };
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.code !== "heads/one-sided") throw thrown;
    return { refused: { code: thrown.code, values: thrown.values } };
  }
}
