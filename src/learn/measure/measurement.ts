/** A measured number with all that is needed to read it, and the evidence that stays in memory. */
import type { Json } from "../../base/index.ts";
import type { Interval } from "./interval.ts";
import type { Features } from "./protocol.ts";

export type MeasureName =
  | "majority"
  | "ncc"
  | "few-shot-ncc"
  | "cdnv"
  | "directional-cdnv"
  | "cross-fitted-cdnv"
  | "within-class-variance"
  | "knn"
  | "linear-probe"
  | "sample-ncc"
  | "rankme"
  | "effective-rank"
  | "participation-ratio"
  | "collapse";

export type Statistic =
  | "accuracy"
  | "balanced-accuracy"
  /** Mean over pairs of classes. */
  | "pair-mean"
  /** Mean over classes. */
  | "class-mean"
  /** Share of a total. */
  | "share"
  /** Number of dimensions. */
  | "dimensions"
  | "spread"
  | "mean-cosine";

/** Plain JSON. Two numbers may be compared if `identity` says the same of both. */
export interface Measurement {
  readonly measure: MeasureName;
  readonly statistic: Statistic;
  readonly protocol: string;
  readonly features: Features;
  readonly split: "train" | "test";
  readonly labelSet?: string;
  /** Not the labels as given: a control. */
  readonly control?: "permuted-labels";
  /** null where there is nothing to divide by, such as class centres that coincide. */
  readonly value: number | null;
  readonly interval?: Interval;
  readonly items: number;
  readonly details?: { readonly [name: string]: Json };
}

/** What a measurement rests on, item by item, so that two can be compared in pairs. */
export type MeasurementEvidence =
  | {
      readonly kind: "scores";
      readonly rows: Uint32Array;
      readonly codes: Int32Array;
      readonly scores: Float32Array;
      readonly groups?: Int32Array;
    }
  | {
      readonly kind: "influence";
      readonly codes: Int32Array;
      readonly influence: Float64Array;
      readonly groups?: Int32Array;
    };

export interface Taken {
  readonly measurement: Measurement;
  readonly evidence?: MeasurementEvidence;
}

/** What was measured, apart from the number. */
export function identity(measurement: Measurement): string {
  const { measure, statistic, protocol, split, labelSet = "", control = "" } = measurement;
  return JSON.stringify([measure, statistic, protocol, split, labelSet, control]);
}

/** NaN and infinities become null, as JSON has neither. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
