/** At most so many pictures as curves need: drawn at random, those to judge by class by class. */
import { type Emit, fork, type Key } from "../../base/index.ts";
import type { Goal } from "../../learn/forecast/index.ts";
import type { LabelsAtHand, Side } from "./labels-at-hand.ts";
import { someRows } from "./some-rows.ts";

/** Pictures with a label to train on, without one, to judge by, and of each class to judge by. */
export const curveLimits = { labelled: 20_000, unlabelled: 10_000, judged: 4_000, ofClass: 50 };

export interface Capping {
  readonly goal: Goal;
  readonly key: Key;
  readonly emit: Emit;
  readonly limits?: typeof curveLimits;
}

/** The same where there are no more. Half of those to judge by are of the class that the goal is about. */
export function cappedLabels(
  labels: LabelsAtHand,
  { goal, key, emit, limits = curveLimits }: Capping,
): LabelsAtHand {
  const { shelf, judged } = labels;
  const places = [...shelf.rows.keys()];
  const [labelled, unlabelled] = [true, false].map((is) =>
    places.filter((at) => shelf.codes[at] >= 0 === is),
  );
  const kept = [
    ...someRows(labelled, limits.labelled, fork(key, "labelled")),
    ...someRows(unlabelled, limits.unlabelled, fork(key, "unlabelled")),
  ].sort((a, b) => a - b);
  const judges = judgesOf(labels, { goal, limits, key: fork(key, "judged") });
  if (kept.length === places.length && judges.length === judged.codes.length) return labels;
  const values = {
    ...{ labelled: Math.min(labelled.length, limits.labelled), ofLabelled: labelled.length },
    ...{ unlabelled: Math.min(unlabelled.length, limits.unlabelled) },
    ...{ ofUnlabelled: unlabelled.length, judged: judges.length, ofJudged: judged.codes.length },
  };
  emit({ type: "notice", level: "info", code: "app/budget-capped", values });
  return {
    ...labels,
    shelf: partOf(shelf, kept),
    judged: {
      ...partOf(
        judged,
        judges.map(({ at }) => at),
      ),
      weights: Float64Array.from(judges, ({ at, weight }) => weight * (judged.weights?.[at] ?? 1)),
    },
  };
}

function partOf({ rows, codes }: Side, places: readonly number[]): Side {
  return {
    rows: Uint32Array.from(places, (at) => rows[at]),
    codes: Int32Array.from(places, (at) => codes[at]),
  };
}

interface Judging extends Pick<Capping, "goal" | "key"> {
  readonly limits: typeof curveLimits;
}

/** Of each class its share, or as many as say something of it; each stands for as many as were left out. */
function judgesOf({ judged, classes }: LabelsAtHand, { goal, limits, key }: Judging) {
  const all = [...judged.codes.keys()];
  const asked = goal.kind === "recall" || goal.kind === "missed" ? goal.class : -1;
  const share = Math.min(1, limits.judged / all.length);
  return classes
    .flatMap((_, c) => {
      const own = all.filter((at) => judged.codes[at] === c);
      const part = c === asked ? limits.judged / 2 : share * own.length;
      const most = Math.ceil(Math.max(part, Math.min(own.length, limits.ofClass)));
      const weight = own.length / Math.min(own.length, most);
      return Array.from(someRows(own, most, fork(key, c)), (at) => ({ at, weight }));
    })
    .sort((a, b) => a.at - b.at);
}
