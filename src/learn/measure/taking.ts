/** From results to measurements of one label set: protocol, interval, evidence. */
import { fork, type Key } from "../../base/index.ts";
import { bootstrapScores } from "./bootstrap.ts";
import { deltaInterval } from "./delta-interval.ts";
import { type Groups, labelledRows, numberGroups, type UsableLabels } from "./labels.ts";
import type { Matrix, Product } from "./matrix.ts";
import { finite, type Measurement, type MeasureName, type Taken } from "./measurement.ts";
import { type Features, protocolId } from "./protocol.ts";
import { scorePredictions } from "./scores.ts";

export type Split = "train" | "test";
export type Settings = Readonly<Record<string, string | number>>;

/** One label set over prepared features of both splits, and how it is to be measured. */
export interface Task {
  readonly train: Matrix;
  readonly test: Matrix;
  readonly labels: UsableLabels;
  /** What hangs together in each split. */
  readonly groups?: { readonly train: Groups; readonly test: Groups } | undefined;
  readonly features: Features;
  readonly measures: ReadonlySet<MeasureName>;
  readonly shots: readonly number[];
  readonly repeats: number;
  readonly neighbours: readonly number[];
  readonly bootstrap: number;
  readonly product: Product;
  readonly key: Key;
}

/** What every measurement of a task has in common. */
export function heading(task: Task, measure: MeasureName, split: Split, settings: Settings = {}) {
  const protocol = protocolId(measure, task.features, settings);
  return { measure, protocol, features: task.features, split, labelSet: task.labels.name };
}

export interface Judged {
  readonly measure: MeasureName;
  readonly split: Split;
  readonly predicted: Int32Array;
  readonly settings?: Settings;
  /** Labels to judge by, if not the task's. */
  readonly codes?: Int32Array;
  readonly rest?: Partial<Measurement>;
}

/** Accuracy and balanced accuracy of predictions, with bootstrap intervals. */
export function takeScores(task: Task, judged: Judged): Taken[] {
  const { labels } = task;
  const { measure, split, predicted, settings, rest } = judged;
  const scores = scorePredictions(predicted, judged.codes ?? labels[split], labels.classes.length);
  const groups = task.groups && numberGroups(task.groups[split], scores.rows).codes;
  const intervals = bootstrapScores(scores.correct, scores.codes, {
    key: fork(task.key, "intervals", split),
    groups,
    repeats: task.bootstrap,
  });
  const { rows, codes, correct } = scores;
  const evidence = {
    kind: "scores",
    rows,
    codes,
    scores: correct,
    ...(groups && { groups }),
  } as const;
  const perClass = labels.classes.map((name, c) => ({
    class: name,
    items: scores.counts[c],
    found: finite(scores.perClass[c]),
  }));
  const common = { ...heading(task, measure, split, settings), items: scores.items, ...rest };
  const accuracy: Measurement = {
    ...common,
    statistic: "accuracy",
    value: finite(scores.accuracy),
    interval: intervals.accuracy,
  };
  const balanced: Measurement = {
    ...common,
    statistic: "balanced-accuracy",
    value: finite(scores.balanced),
    interval: intervals.balanced,
    details: { ...common.details, perClass },
  };
  return [
    { measurement: accuracy, evidence },
    { measurement: balanced, evidence },
  ];
}

/** A positive statistic with the first-order interval of its influences. */
export function takeInfluenced(
  task: Task,
  split: Split,
  { mean, influence }: { readonly mean: number; readonly influence: Float64Array },
) {
  const codes = task.labels[split];
  const groups = task.groups && numberGroups(task.groups[split]).codes;
  const interval =
    mean > 0 && Number.isFinite(mean)
      ? deltaInterval(mean, influence, codes, { groups })
      : undefined;
  return {
    number: {
      value: finite(mean),
      ...(interval && { interval }),
      items: labelledRows(codes).length,
    },
    evidence: { kind: "influence", codes, influence, ...(groups && { groups }) } as const,
  };
}
