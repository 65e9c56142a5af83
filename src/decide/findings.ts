/** What else the numbers say, each sentence by its own rule; a rule without its numbers is silent. */
import { limits } from "./limits.ts";
import type { Estimate, Verdict, VerdictCode } from "./verdict.ts";

export interface FindingNumbers {
  /** Balanced accuracy of NCC on the evaluation split. */
  readonly ncc?: {
    readonly trained: number;
    readonly untrained: number;
    readonly training?: number;
  };
  readonly probe?: number;
  /** Balanced accuracy of outlines and colours alone, of the same pictures at the same size. */
  readonly outlines?: { readonly estimate: Estimate; readonly side: number };
  readonly majority?: { readonly className: string; readonly share: number };
  readonly permuted?: { readonly estimate: Estimate; readonly chance: number };
  /** One hierarchy, coarsest first, with the trained NCC of each level. */
  readonly levels?: readonly { readonly labelSet: string; readonly value: number }[];
  /** Taps in order of depth. */
  readonly layers?: readonly { readonly tap: string; readonly value: number }[];
  /** Shares of the whole change that had come when a third of the steps were done. */
  readonly firstThird?: { readonly invarianceFall: number; readonly nccGain: number };
  readonly rank?: { readonly value: number; readonly dimensions: number };
  readonly seeds?: { readonly count: number; readonly deviation: number; readonly gain: number };
  readonly pictures?: { readonly total: number; readonly rejected: number };
  readonly smallClasses?: number;
}

/** Findings in the order in which the report shows them. */
export function findings(numbers: FindingNumbers): Verdict[] {
  return rules.flatMap((rule) => rule(numbers) ?? []);
}

type Rule = (numbers: FindingNumbers) => Verdict | undefined;

const rules: readonly Rule[] = [
  ({ ncc }) =>
    ncc &&
    say("verdict/finding-of-hundred", {
      trained: Math.round(100 * ncc.trained),
      untrained: Math.round(100 * ncc.untrained),
    }),
  ({ majority }) =>
    majority && majority.share > limits.majorityShare
      ? say("verdict/finding-imbalance", { ...majority })
      : undefined,
  ({ permuted, ncc }) => {
    if (!permuted) return undefined;
    const { estimate, chance } = permuted;
    const values = { value: estimate.value, chance };
    if (estimate.low > chance) return say("verdict/finding-control-fails", values);
    return ncc && ncc.trained <= estimate.high
      ? say("verdict/finding-control-equal", { ...values, trained: ncc.trained })
      : say("verdict/finding-control-holds", values);
  },
  ({ levels }) => {
    const [coarse, fine] = [levels?.at(0), levels?.at(-1)];
    if (!coarse || !fine || coarse === fine) return undefined;
    return say(
      coarse.value >= fine.value
        ? "verdict/finding-coarser-easier"
        : "verdict/finding-finer-easier",
      {
        coarseSet: coarse.labelSet,
        coarse: coarse.value,
        fineSet: fine.labelSet,
        fine: fine.value,
      },
    );
  },
  ({ layers }) => {
    if (!layers || layers.length < 2) return undefined;
    const best = layers.reduce((a, b) => (b.value >= a.value ? b : a));
    const last = layers[layers.length - 1];
    return say(best === last ? "verdict/finding-layer-last" : "verdict/finding-layer-earlier", {
      tap: best.tap,
      best: best.value,
      last: last.value,
      first: layers[0].value,
    });
  },
  ({ firstThird }) =>
    firstThird &&
    firstThird.invarianceFall >= limits.invarianceEarly &&
    1 - firstThird.nccGain >= limits.sortingLate
      ? say("verdict/finding-regularisation-drives", {
          invarianceFall: firstThird.invarianceFall,
          later: 1 - firstThird.nccGain,
        })
      : undefined,
  ({ ncc }) =>
    ncc?.training !== undefined && ncc.training - ncc.trained > limits.trainingGap
      ? say("verdict/finding-training-gap", { training: ncc.training, unseen: ncc.trained })
      : undefined,
  ({ ncc, probe }) =>
    ncc && probe !== undefined && probe - ncc.trained > limits.probeGain
      ? say("verdict/finding-labels-pay", { probe, ncc: ncc.trained })
      : undefined,
  ({ ncc, outlines }) =>
    ncc && outlines && outlines.estimate.low - ncc.trained > limits.outlinesGain
      ? say("verdict/finding-outlines-better", {
          outlines: outlines.estimate.value,
          ncc: ncc.trained,
          side: outlines.side,
        })
      : undefined,
  ({ rank }) =>
    rank && rank.value < limits.rankShare * rank.dimensions
      ? say("verdict/finding-low-rank", { ...rank })
      : undefined,
  ({ seeds }) =>
    seeds && seeds.count > 1
      ? say(
          seeds.deviation > limits.luckShare * Math.abs(seeds.gain)
            ? "verdict/finding-luck"
            : "verdict/finding-stable",
          { ...seeds },
        )
      : undefined,
  ({ pictures }) =>
    pictures && pictures.rejected > limits.rejectedShare * pictures.total
      ? say("verdict/finding-rejected", { ...pictures })
      : undefined,
  ({ smallClasses }) =>
    smallClasses
      ? say("verdict/finding-small-classes", { classes: smallClasses, limit: limits.smallClass })
      : undefined,
];

function say(id: VerdictCode, values: Verdict["values"]): Verdict {
  return { id, values };
}
