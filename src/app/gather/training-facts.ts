/** How training went: its curves, thinned, and what they were watched by. */
import type { MetricsRow } from "../../registry/index.ts";
import type { TrainingFacts, TrainingRow } from "../../report/index.ts";
import type { TrainedPart } from "./gather-report.ts";

/** Curves keep at most this many points. */
const curvePoints = 600;

export function trainingFacts({ metrics, summary }: TrainedPart): TrainingFacts {
  const { labelSet } = summary.watched;
  return {
    rows: curve(metrics),
    nccOf: labelSet === undefined ? { kind: "sample" } : { kind: "labels", labelSet },
    collapse: summary.collapse,
  };
}

function curve(metrics: readonly MetricsRow[]): TrainingRow[] {
  const stride = Math.max(1, Math.ceil(metrics.length / curvePoints));
  const kept = metrics.filter(({ ncc }, i) => i % stride === 0 || typeof ncc === "number");
  const rows = kept.flatMap((row) => {
    const { step, epoch, loss, invariance, regularisation, rate, ncc } = row;
    if (typeof loss !== "number" || typeof invariance !== "number") return [];
    return [
      {
        step,
        ...(typeof epoch === "number" && { epoch }),
        loss,
        invariance,
        regularisation: Number(regularisation),
        learningRate: Number(rate),
        ...(typeof ncc === "number" && { ncc }),
      },
    ];
  });
  const last = metrics.at(-1);
  const end = rows.at(-1);
  // The look after the last step stands in a row of its own, without a loss.
  return last && end && typeof last.ncc === "number" && last.loss === undefined
    ? [...rows, { ...end, step: last.step, ncc: last.ncc }]
    : rows;
}
