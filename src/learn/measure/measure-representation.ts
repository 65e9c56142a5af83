/** The whole of the measures on one representation, ours or imported. */
import { fork, type Key, Problem } from "../../base/index.ts";
import { fewShotDefaults } from "./few-shot-ncc.ts";
import { knnDefaults } from "./knn.ts";
import {
  checkGroups,
  checkLabels,
  type Groups,
  type LabelSet,
  type LeftOut,
  usableLabels,
} from "./labels.ts";
import { checkMatrix, type Matrix, type Product } from "./matrix.ts";
import { measureLabels } from "./measure-labels.ts";
import { measureUnlabelled } from "./measure-unlabelled.ts";
import type { Measurement, MeasurementEvidence, MeasureName, Taken } from "./measurement.ts";
import { plainProduct } from "./product.ts";
import { type Features, withFeatures } from "./protocol.ts";

export interface Representation {
  /** Rows that centres, neighbours and probes come from. */
  readonly train: Matrix;
  /** Rows that are judged. */
  readonly test: Matrix;
  readonly labelSets: readonly LabelSet[];
  /** What hangs together in each split; intervals and cross-validation then go by group. */
  readonly groups?: { readonly train: Groups; readonly test: Groups } | undefined;
}

export interface MeasureOptions {
  readonly key: Key;
  readonly features?: readonly Features[];
  readonly measures?: readonly MeasureName[];
  readonly shots?: readonly number[];
  readonly repeats?: number;
  readonly neighbours?: readonly number[];
  /** Draws of the bootstrap. */
  readonly bootstrap?: number;
  readonly product?: Product;
}

export interface Measured {
  readonly measurements: readonly Measurement[];
  /** By measurement; what paired comparisons need. */
  readonly evidence: ReadonlyMap<Measurement, MeasurementEvidence>;
  /** Classes too small to be measured, by label set. */
  readonly leftOut: readonly (LeftOut & { readonly labelSet: string })[];
  /** Label sets that could not be measured at all, and why. */
  readonly unusable: readonly { readonly labelSet: string; readonly problem: Problem }[];
}

export const measureDefaults = {
  features: ["l2", "raw"],
  measures: [
    "majority",
    "ncc",
    "few-shot-ncc",
    "cdnv",
    "directional-cdnv",
    "cross-fitted-cdnv",
    "within-class-variance",
    "knn",
    "linear-probe",
    "rankme",
    "effective-rank",
    "participation-ratio",
    "collapse",
  ],
  shots: [1, 5],
  repeats: fewShotDefaults.repeats,
  neighbours: knnDefaults.neighbours,
  bootstrap: 1000,
  product: plainProduct,
} as const satisfies Omit<Required<MeasureOptions>, "key">;

/** A label set that cannot be measured is named in the answer and does not stop the others. */
export async function measureRepresentation(
  { train, test, labelSets, groups }: Representation,
  options: MeasureOptions,
): Promise<Measured> {
  const { key, features: kinds, ...settings } = { ...measureDefaults, ...options };
  const measures = new Set<MeasureName>(settings.measures);
  checkMatrix(train, "train");
  checkMatrix(test, "test");
  if (train.columns !== test.columns) {
    throw new Problem("measure/widths-differ", { train: train.columns, test: test.columns });
  }
  checkGroups(groups?.train, train.rows);
  checkGroups(groups?.test, test.rows);
  const usable = labelSets.map((set) => {
    checkLabels(set.train, train.rows, set.name);
    checkLabels(set.test, test.rows, set.name);
    return usableOrProblem(set);
  });
  const taken: Taken[] = [];
  for (const features of kinds) {
    if (unlabelled.some((measure) => measures.has(measure))) {
      const found = measureUnlabelled(train, features, { key: fork(key, "unlabelled") });
      taken.push(
        ...found
          .filter(({ measure }) => measures.has(measure))
          .map((measurement) => ({ measurement })),
      );
    }
    const prepared = { train: withFeatures(train, features), test: withFeatures(test, features) };
    for (const { labels } of usable) {
      if (!labels) continue;
      const task = { ...settings, ...prepared, labels, groups, features, measures };
      taken.push(...(await measureLabels({ ...task, key: fork(key, labels.name) })));
    }
  }
  return {
    measurements: taken.map(({ measurement }) => measurement),
    evidence: new Map(
      taken.flatMap(({ measurement, evidence }) => (evidence ? [[measurement, evidence]] : [])),
    ),
    leftOut: usable.flatMap(({ labels }) =>
      (labels?.leftOut ?? []).map((left) => ({ labelSet: labels?.name ?? "", ...left })),
    ),
    unusable: usable.flatMap(({ labelSet, problem }) => (problem ? [{ labelSet, problem }] : [])),
  };
}

const unlabelled = ["rankme", "effective-rank", "participation-ratio", "collapse"] as const;

function usableOrProblem(set: LabelSet) {
  try {
    return { labelSet: set.name, labels: usableLabels(set) };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return { labelSet: set.name, problem };
  }
}
