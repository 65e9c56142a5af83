/** How the error falls with labels at random, for the report: one curve, and what round goals take. */
import { fork, Problem, permutation } from "../../base/index.ts";
import {
  fewestSizes,
  forecastLabels,
  guessingBeyond,
  learningCurve,
} from "../../learn/forecast/index.ts";
import { headlineFeatures, pickRows, withFeatures } from "../../learn/measure/index.ts";
import type { CurveFacts } from "../../report/index.ts";
import { type LabelsAtHand, labelsAtHand, type Side } from "../budget/index.ts";
import type { HeadTask } from "./head-facts.ts";

/** More labels and judges take long and move the curve little; they are drawn at random. */
const most = { labels: 2000, judges: 1000 } as const;
const repeats = 10;
const head = "ridge";
const roundTargets = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
const targetsShown = 3;

/** Undefined where labels are too few to draw and continue a curve. */
export async function curveFacts({
  document,
  features,
  labelSet,
  product,
  key,
}: HeadTask): Promise<CurveFacts | undefined> {
  const set = document.labelSets.find(({ name }) => name === labelSet);
  const labels = set && atHand(document, set);
  if (!labels) return undefined;
  const shelf = drawn(labels.shelf, most.labels, fork(key, "curve-labels"));
  const judged = drawn(labels.judged, most.judges, fork(key, "curve-judges"));
  const matrixOf = ({ rows }: Side) => withFeatures(pickRows(features, rows), headlineFeatures);
  const curve = await learningCurve(
    { matrix: matrixOf(shelf), codes: shelf.codes, classes: labels.classes.length },
    { matrix: matrixOf(judged), codes: judged.codes },
    { key: fork(key, "curve"), goal: { kind: "accuracy", atLeast: 1 }, head, repeats, product },
  );
  if (curve.points.length < fewestSizes) return undefined;
  const points = curve.points.map(({ labels: count, errors, mean }) => ({
    ...{ labels: count, error: mean },
    ...{ low: Math.min(...errors), high: Math.max(...errors) },
  }));
  const last = points[points.length - 1];
  const targets = roundTargets.filter((target) => target > 1 - last.error).slice(0, targetsShown);
  const found = targets.map((target) => forecastLabels(curve, { allowed: 1 - target }));
  const { band, check } = found[0] ?? forecastLabels(curve, { allowed: last.error });
  return {
    labelSet,
    head,
    training: last.labels,
    guessedBeyond: guessingBeyond * last.labels,
    judged: judged.rows.length,
    points,
    band,
    goals: found.map(({ state, labels: count, low, high }, i) => ({
      target: targets[i],
      state,
      ...{ labels: finite(count), low: finite(low), high: finite(high) },
    })),
    check: { said: check.said, error: check.error },
  };
}

/** Labels that were all selected, or of one class, or none to judge by, are no fault of a report. */
function atHand(...[document, set]: [HeadTask["document"], LabelSet]): LabelsAtHand | undefined {
  try {
    return labelsAtHand(document, set, { representation: "", emit() {} });
  } catch (thrown) {
    if (thrown instanceof Problem) return undefined;
    throw thrown;
  }
}

type LabelSet = HeadTask["document"]["labelSets"][number];

/** Labelled rows alone, so many of them at the most. */
function drawn({ rows, codes }: Side, count: number, key: HeadTask["key"]): Side {
  const labelled = [...rows.keys()].filter((row) => codes[row] >= 0);
  const order = permutation(key, labelled.length).subarray(0, count).toSorted();
  const kept = Array.from(order, (at) => labelled[at]);
  return {
    rows: Uint32Array.from(kept, (row) => rows[row]),
    codes: Int32Array.from(kept, (row) => codes[row]),
  };
}

function finite(count: number): number | null {
  return Number.isFinite(count) ? count : null;
}
