/** Measurements in the report's form: subject by subject, with what was paired and what layers say. */
import type { Comparison, Measurement } from "../../learn/measure/index.ts";
import type {
  Difference,
  LayerFacts,
  Measured,
  MeasureName,
  Statistic,
  Subject,
} from "../../report/index.ts";
import type { SubjectsMeasured } from "../measure-subjects.ts";

export function measuredFacts(subjects: Partial<SubjectsMeasured["subjects"]>): Measured[] {
  return Object.entries(subjects).flatMap(([name, { measurements }]) =>
    measurements.flatMap((one) => {
      const subject = subjectOf(name, one);
      const fact = subject && factOf(one, subject);
      return fact ? [fact] : [];
    }),
  );
}

export function differenceFacts({ gains }: Pick<SubjectsMeasured, "gains">): Difference[] {
  return Object.entries(gains).flatMap(([from, comparisons]) =>
    comparisons.flatMap((one) => differenceOf(from, one) ?? []),
  );
}

/** One chart's worth for each label set: NCC on the evaluation split, before and after. */
export function layerFacts({ layers }: Pick<SubjectsMeasured, "layers">): LayerFacts[] {
  const sets = new Set(
    layers.flatMap(({ trained }) => trained.flatMap((one) => one.labelSet ?? [])),
  );
  return [...sets].map((labelSet) => ({
    labelSet,
    measure: "ncc",
    statistic: "balanced-accuracy",
    taps: layers.flatMap(({ tap, trained, untrained }) => {
      const [after, before] = [trained, untrained].map((list) => judgedNcc(list, labelSet));
      if (!after || after.value === null) return [];
      const { low, high } = after.interval ?? {};
      const start = before?.value ?? undefined;
      return [
        {
          tap,
          value: after.value,
          ...(low !== undefined && { low }),
          ...(high !== undefined && { high }),
          ...(start !== undefined && { untrained: start }),
        },
      ];
    }),
  }));
}

/** Balanced accuracy of NCC on the evaluation split, of the labels as given. */
export function judgedNcc(
  measurements: readonly Measurement[],
  labelSet: string,
): Measurement | undefined {
  return measurements.find(
    (one) =>
      one.measure === "ncc" &&
      one.statistic === "balanced-accuracy" &&
      one.split === "test" &&
      one.features === "l2" &&
      one.labelSet === labelSet &&
      one.control === undefined,
  );
}

const names: Partial<Record<Measurement["measure"], MeasureName>> = {
  majority: "ncc",
  ncc: "ncc",
  "few-shot-ncc": "ncc-shots",
  knn: "knn",
  "linear-probe": "linear-probe",
  cdnv: "cdnv",
  "directional-cdnv": "directional-cdnv",
  "within-class-variance": "within-class-variance",
  "sample-ncc": "sample-ncc",
  rankme: "rankme",
};

const statistics: Partial<Record<Measurement["statistic"], Statistic>> = {
  accuracy: "accuracy",
  "balanced-accuracy": "balanced-accuracy",
  "pair-mean": "value",
  "class-mean": "value",
  dimensions: "value",
};

function subjectOf(name: string, { measure, control }: Measurement): Subject | undefined {
  if (control !== undefined) return name === "trained" ? control : undefined;
  if (measure === "majority") return name === "trained" ? "majority" : undefined;
  switch (name) {
    case "trained":
    case "untrained":
    case "raw-pixels":
    case "pca":
      return name;
    default:
      return undefined;
  }
}

function factOf(one: Measurement, subject: Subject): Measured | undefined {
  const measure = names[one.measure];
  const statistic = statistics[one.statistic];
  if (measure === undefined || statistic === undefined || one.value === null) return undefined;
  const count = /\b(?:k|shots)=(\d+)/.exec(one.protocol)?.[1];
  return {
    subject,
    labelSet: one.labelSet ?? null,
    measure,
    statistic,
    features: one.features,
    split: one.split === "test" ? "evaluation" : "train",
    protocol: one.protocol,
    value: one.value,
    ...(count !== undefined && { count: Number(count) }),
    ...(one.interval && { low: one.interval.low, high: one.interval.high }),
  };
}

function differenceOf(
  from: string,
  { left, difference, interval }: Comparison,
): Difference | undefined {
  const subject = subjectOf(from, left);
  const fact = subject && factOf(left, subject);
  if (!fact || left.split !== "test" || left.features !== "l2") return undefined;
  const { labelSet, measure, statistic } = fact;
  const { low, high } = interval;
  return {
    from: subject,
    to: "trained",
    labelSet,
    measure,
    statistic,
    over: "items",
    value: difference,
    low,
    high,
  };
}
