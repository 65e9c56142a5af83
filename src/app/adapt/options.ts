/** What is asked of `adapt`, and what it answers: names and paths, as people and programs read them. */
import type { Evidence } from "../../base/index.ts";
import type { Scope } from "../../learn/finetune/index.ts";
import type { HeadName, Tried } from "../../learn/heads/index.ts";
import type { ExecutorChoice } from "../executor.ts";

export interface AdaptOptions extends ExecutorChoice {
  readonly representation: string;
  /** The label set. */
  readonly labels: string;
  /** Of the head; default: the label set's. */
  readonly name?: string;
  /** Which kinds of heads compete; default: all. */
  readonly heads?: readonly string[];
  readonly weights?: "balanced" | "none";
  /** Labels for calibration; default: a quarter, or what promises need. */
  readonly calibration?: number;
  /** How often a candidate set may lack the true class, and something known be called unlike. */
  readonly alpha?: number;
  readonly sets?: "all" | "class";
  /** The largest share of wrong answers among those that are given … */
  readonly target?: number;
  /** … but for this probability. */
  readonly delta?: number;
  /** The class that must not be missed, and what a missed one and a false alarm cost. */
  readonly defect?: string;
  readonly missedCosts?: number;
  readonly falseAlarmCosts?: number;
  readonly seed?: number;
  /** Whether labels may move the encoder, and how much of it. */
  readonly fineTune?: string;
  /** Passes over the labels at most. */
  readonly epochs?: number;
}

/** What came of fine-tuning, by cross-validation on the training labels. */
export interface FineTuneFacts {
  readonly scope: Scope;
  /** Where the labels could not be cross-validated, there is nothing more to say. */
  readonly tried?: {
    readonly epochs: number;
    readonly accuracy: number;
    readonly balanced: number;
    /** The same of the best head on the frozen encoder. */
    readonly frozen: { readonly accuracy: number; readonly balanced: number };
  };
  /** The encoder that it made, only where it is the better one. */
  readonly representation?: string;
}

export const adaptDefaults = { alpha: 0.1, target: 0.05, delta: 0.05 } as const;

/** A share as it was counted, with its exact 95 % interval. */
export interface Counted {
  readonly count: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** A number with its 95 % bootstrap interval. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Why something is not promised: a sentence's id and values. */
export interface Refused {
  readonly code: string;
  readonly values: Evidence;
}

export interface AdaptResult {
  /** `NAME@VERSION`. */
  readonly head: string;
  readonly representation: string;
  readonly dataset: string;
  readonly labelSet: string;
  readonly weights: "balanced" | "none";
  /** What every number below is of: `evaluation@` and the beginning of the split's digest. */
  readonly split: { readonly name: string; readonly items: number; readonly labelled: number };
  /** Labels by what they were used for; none was used twice. */
  readonly labels: {
    readonly training: number;
    readonly calibration: number;
    readonly evaluation: number;
  };
  /** Those that the head can name. */
  readonly classes: readonly string[];
  readonly chosen: {
    readonly head: HeadName;
    readonly setting: number;
    readonly temperature: number;
  };
  /** By cross-validation on the training labels alone; empty where they were too few for it. */
  readonly tried: readonly Tried[];
  readonly sets:
    | { readonly alpha: number; readonly by: "all" | "class" }
    | { readonly refused: Refused };
  readonly abstention: AbstentionFacts | { readonly refused: Refused };
  readonly novelty: { readonly alpha: number } | { readonly refused: Refused };
  readonly alarm?: AlarmFacts | { readonly refused: Refused };
  /** Left out where no picture set aside has a label. */
  readonly judged?: JudgedFacts;
  readonly labelling: LabellingFacts;
  /** Only where it was asked for. */
  readonly fineTune?: FineTuneFacts;
  /** A picture to predict. */
  readonly example?: string;
}

export interface AbstentionFacts {
  readonly target: number;
  readonly delta: number;
  /** Null: no answer is given. */
  readonly confidence: number | null;
  readonly bound: number;
  readonly answered: number;
}

export interface AlarmFacts {
  readonly class: string;
  readonly missedCosts: number;
  readonly falseAlarmCosts: number;
  /** Null: never. */
  readonly threshold: number | null;
  /** Expected costs of an item, of never and of always raising the alarm. */
  readonly cost: number;
  readonly never: number;
  readonly always: number;
  readonly missed?: Counted;
  readonly falseAlarm?: Counted;
}

export interface JudgedFacts {
  readonly accuracy: Bounded;
  readonly balanced: Bounded;
  /** What always naming the commonest class gives. */
  readonly commonest: number;
  /** Mean distance between what probabilities say and what is so. */
  readonly calibrationError: number;
  readonly reliability: readonly (Counted & {
    readonly from: number;
    readonly to: number;
    readonly confidence: number;
  })[];
  readonly classes: readonly {
    readonly name: string;
    readonly found: Counted;
    readonly covered?: Counted;
  }[];
  /** What was taken for what, most often first, with pictures: the surest mistakes. */
  readonly confused: readonly {
    readonly class: string;
    readonly as: string;
    readonly count: number;
    readonly of: number;
    readonly examples: readonly { readonly id: string; readonly path: string }[];
  }[];
  readonly coverage?: {
    readonly all: Counted;
    readonly slices: readonly ({ readonly name: string } & Counted)[];
    readonly meanSize: number;
    readonly single: number;
    readonly empty: number;
  };
  readonly answered?: { readonly given: Counted; readonly wrong?: Counted };
  readonly unlike?: Counted;
}

/** What is to be known of the labels themselves. */
export interface LabellingFacts {
  /** Training labels that similar pictures contradict. */
  readonly doubtful: {
    readonly count: number;
    readonly examples: readonly {
      readonly path: string;
      readonly label: string;
      readonly other: string;
    }[];
  };
  /** Pictures on which people disagree. */
  readonly disagreements: number;
  /** Pictures that were left out because a copy of them is set aside. */
  readonly leaks: number;
  /** Classes of pictures set aside that no training label names: each such picture counts as wrong. */
  readonly unknown: readonly { readonly name: string; readonly items: number }[];
  /** Where pictures to judge by were drawn in strata: how many all of them stand for. */
  readonly standFor?: number;
  /** Classes with one label, or labels of one group. */
  readonly single: readonly string[];
}
