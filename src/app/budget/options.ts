/** What `tanafuda budget` is asked, and what it answers. */
import type { Equivalent, Forecast } from "../../learn/forecast/index.ts";
import type { HeadName } from "../../learn/heads/index.ts";
import type { ExecutorChoice } from "../executor.ts";

export interface BudgetOptions extends ExecutorChoice {
  readonly representation: string;
  readonly labels?: string;
  /** Accuracy, balanced accuracy or recall to be reached, 0 … 1. */
  readonly target?: number;
  readonly measure?: GoalName;
  /** Of recall and of missed ones. */
  readonly class?: string;
  /** Largest share of the class that may be missed … */
  readonly missed?: number;
  /** … where at most this share of the rest raises the alarm. */
  readonly falseAlarm?: number;
  /** Left out: only the representation's own curve. */
  readonly baselines?: boolean;
  /** Training from scratch on the same labels, too; default: where that takes a few minutes at most. */
  readonly supervised?: boolean;
  readonly seed?: number;
}

export const goalNames = ["accuracy", "balanced", "recall"] as const;
export type GoalName = (typeof goalNames)[number];

/** The goal as it was asked, for sentences and programs. */
export interface AskedGoal {
  readonly kind: GoalName | "missed";
  readonly class?: string;
  /** The error allowed: 1 - target, or the share that may be missed. */
  readonly allowed: number;
  readonly falseAlarm?: number;
}

export const budgetSubjects = [
  "representation",
  "self-training",
  "untrained",
  "pca",
  "raw-pixels",
  "supervised",
] as const;
export type BudgetSubject = (typeof budgetSubjects)[number];

/** Null is more than can be said: infinitely many, as text and files have no word for it. */
export interface Counted {
  readonly labels: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export type ToldForecast = Omit<Forecast, keyof Counted> & Counted;

export interface SubjectCurve {
  readonly subject: BudgetSubject;
  readonly head: HeadName;
  readonly points: readonly {
    readonly labels: number;
    readonly mean: number;
    /** Of one draw. */
    readonly deviation: number;
  }[];
  /** Left out where its curve is too short to be continued. */
  readonly forecast?: ToldForecast;
}

export interface BudgetResult {
  readonly run?: string;
  readonly representation: string;
  readonly dataset: string;
  readonly labelSet: string;
  readonly classes: readonly string[];
  readonly goal: AskedGoal;
  /** Forecasts of more labels than these are guesses. */
  readonly guessedBeyond: number;
  /** How the labels of the curve were come by. */
  readonly policy: "random";
  readonly labels: {
    /** Of the curve, in all. */
    readonly training: number;
    /** Chosen by a strategy: in no curve. */
    readonly selected: number;
    /** Of the curve, how many say that chance chose them; the others are taken at their word. */
    readonly drawn: number;
    readonly evaluation: number;
    /** Evaluation items of the class that the goal is about. */
    readonly ofClass?: number;
    /** Whether evaluation items were drawn in strata, each standing for several. */
    readonly isWeighted: boolean;
    /** Pictures of the shelf without a label in the set. */
    readonly unlabelled: number;
  };
  readonly curves: readonly SubjectCurve[];
  readonly forecast: ToldForecast;
  /** The same interval, had there been so many evaluation items: what they leave open is part of it. */
  readonly sharper: Counted & { readonly items: number };
  readonly need: EvaluationNeed;
  readonly budget: Readonly<Record<"training" | "calibration" | "evaluation" | "total", Counted>>;
  readonly headline: Headline | undefined;
  /** NCC at the labels at hand, by CDNV: usually above 1, which says nothing. */
  readonly bound: { readonly shots: number; readonly error: number } | undefined;
}

/** What showing the goal on evaluation items takes. */
export interface EvaluationNeed {
  /** Items that the share is of, if not one of them is wrong, and as planned for. */
  readonly least: number;
  readonly planned: number;
  /** What the plan takes for the true rate. */
  readonly expected: number;
  /** Share of such items among all, where the goal is about one class. */
  readonly share?: number;
  /** Labels that find so many, drawn at random, and in strata by this classifier. */
  readonly random: number;
  readonly strata?: number;
  readonly atHand: number;
}

/** What the shelf saves: labels that do as well as all of those at hand do without it. */
export interface Headline extends Omit<Equivalent, keyof Counted>, Counted {
  readonly against: BudgetSubject;
}
