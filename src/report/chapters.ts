/** Chapters of `report.json` that stand on their own: doubts, resolution, splits, mistakes, cost, groups. */
import type { Evidence } from "../base/index.ts";
import type { Picture } from "./model.ts";

/** A number with its 95 % interval. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A share as it was counted: `count` of `of`, with the share's 95 % interval. */
export interface Counted {
  readonly count: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

export interface DoubtfulFacts {
  /** A notice's code. */
  readonly code: string;
  readonly count: number;
  readonly values: Evidence;
  readonly pictures: readonly Picture[];
}

/**
 * How well the classes of a label set can be told apart by edges and colours alone, from the same
 * pictures shown at several resolutions. No network takes part: it is about the pictures.
 */
export interface ResolutionFacts {
  readonly labelSet: string;
  /** What was measured, with its constants. */
  readonly protocol: string;
  /** Pictures looked at. */
  readonly items: number;
  /** Side in px of what the network is given. */
  readonly working: number;
  /** Balanced accuracy at each side, ascending. */
  readonly sides: readonly ({ readonly side: number } & Bounded)[];
  /** Pairs of classes that cannot be told apart at the working side. */
  readonly pairs: readonly {
    readonly classes: readonly [string, string];
    readonly items: number;
    /** Balanced accuracy of telling the two apart at the working side; guessing gives 0.5. */
    readonly atWorking: Bounded;
    /** The smallest side that tells them apart, and how well; absent where none tried does. */
    readonly enough?: { readonly side: number } & Bounded;
  }[];
  /** The smallest side that tells the whole set apart as well as any, where it is not the working one. */
  readonly better?: number;
}

/** One label set judged in several ways of putting pictures aside. */
export interface SplitFacts {
  readonly labelSet: string;
  readonly facet: string;
  /** Days, lots, cameras: how many there are, and judged pictures. */
  readonly values: number;
  readonly items: number;
  /** Pictures of classes that only one day, lot or camera has: nothing to learn them from. */
  readonly unjudged: number;
  readonly head: "ncc" | "knn";
  /** Balanced accuracy. Random parts have the sizes of the facet's parts. */
  readonly random: Bounded;
  readonly byFacet: Bounded;
  /** `byFacet` minus `random`, over the same pictures. */
  readonly difference: Bounded;
  /** The value that is sorted worst, by plain counts. */
  readonly worst?: { readonly value: string; readonly right: number; readonly of: number };
}

export interface ErrorFacts {
  readonly labelSet: string;
  /** Judged pictures: those that training never saw. */
  readonly wrong: Counted;
  readonly classes: readonly ({ readonly name: string } & Counted)[];
  /** What was taken for what, most often first. */
  readonly confusions: readonly {
    readonly truth: string;
    readonly answer: string;
    readonly count: number;
    readonly of: number;
    readonly pictures: readonly Picture[];
  }[];
  /** Where one class is the good one. */
  readonly inspection?: {
    readonly good: string;
    /** Defects answered as good. */
    readonly missed: Counted;
    /** Good ones answered as a defect. */
    readonly falseAlarms: Counted;
  };
}

/** How the error falls with labels at random, and how many round goals take. */
export interface CurveFacts {
  readonly labelSet: string;
  readonly head: string;
  /** Labels of the shelf that the draws were made from, and pictures set aside that judged them. */
  readonly training: number;
  readonly judged: number;
  /** Forecasts of more labels than these are guesses. */
  readonly guessedBeyond: number;
  readonly points: readonly CurvePoint[];
  /** From the labels at hand on, to eight times as many; the band is 90 %. */
  readonly band: readonly CurvePoint[];
  /** Accuracies that are asked about; null is more than can be said. */
  readonly goals: readonly {
    readonly target: number;
    readonly state: "reached" | "forecast" | "guess" | "doubtful" | "unreachable";
    readonly labels: number | null;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  /** The largest size, forecast from the smaller ones, and what was found. */
  readonly check: { readonly said: number; readonly error: number };
}

export interface CurvePoint {
  readonly labels: number;
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

/** What to label first, chosen on the trained shelf; the page on which to do it lies beside the report. */
export interface LabellingFacts {
  readonly dataset: string;
  readonly labelSet: string;
  /** To train on, or drawn at random from those set aside, to judge by. */
  readonly purpose: "train" | "judge";
  /** Of those among which was chosen: labelled already, or asked about before. */
  readonly labelled: number;
  /** Share of the shelf that these cover, 0 … 1. */
  readonly before: number;
  /** Share that is covered with so many more labels, in the order in which they were chosen. */
  readonly covered: readonly { readonly count: number; readonly share: number }[];
  /** File names: of the page beside the report, and of the list that it saves. */
  readonly page: string;
  readonly saves: string;
  /** The first ones chosen. */
  readonly pictures: readonly Picture[];
}

/** As it was counted, and as a share. */
interface Share extends Counted, Bounded {}

/** A class, day or lot, and how often candidate sets hold the true class there. */
interface Covered extends Share {
  readonly name: string;
}

/** What a classifier can do with the labels there are, judged on pictures set aside. */
export interface HeadFacts {
  readonly labelSet: string;
  readonly kind: string;
  readonly setting: number;
  /** What the numbers are of: the split and the beginning of its digest. */
  readonly split: string;
  /** Labels by what they were used for, and how many there are to train and calibrate in all. */
  readonly labels: {
    readonly training: number;
    readonly calibration: number;
    readonly evaluation: number;
    readonly of: number;
  };
  readonly accuracy: Bounded;
  /** What always naming the commonest class gives. */
  readonly commonest: number;
  readonly calibrationError: number;
  /** How often predictions of a stated confidence were right. */
  readonly reliability: readonly ({ readonly confidence: number } & Counted)[];
  /** Candidate sets: how often they hold the true class, of `promised`; the classes held least. */
  readonly coverage?: {
    readonly promised: number;
    readonly all: Share;
    readonly meanSize: number;
    readonly classes: readonly Covered[];
    readonly slices: readonly Covered[];
  };
  /** Answers that were given, and those of them that were wrong, of at most `target`. */
  readonly answered?: {
    readonly target: number;
    readonly given: Share;
    readonly wrong?: Share;
  };
  readonly unlike?: { readonly alpha: number; readonly flagged: Share };
  /** What could not be promised, and why: ids and values of sentences. */
  readonly refused: readonly { readonly code: string; readonly values: Evidence }[];
  readonly confusions: ErrorFacts["confusions"];
}

export interface CostFacts {
  /** Pictures a day, as the user said. */
  readonly volume: number;
  /** Share of defects among them, as in the labelled pictures. */
  readonly defectShare?: number;
  /** Sorted wrongly a day; where one class is good: missed and false alarms apart. */
  readonly wrong: Bounded;
  readonly missed?: Bounded;
  readonly falseAlarms?: Bounded;
  /** Yen, as the user said. */
  readonly missCost?: number;
  readonly alarmCost?: number;
  /** Yen a day, and what it would be if every defect passed. */
  readonly yen?: Bounded;
  readonly yenWithout?: number;
  /** It pays while a missed defect costs more than this many false alarms. */
  readonly breakEven?: number;
}

export interface ClusterFacts {
  /** The encoder by which they were found. */
  readonly encoder: "untrained" | "trained";
  readonly items: number;
  readonly protocol: string;
  /** Largest first. */
  readonly groups: readonly {
    readonly size: number;
    /** Mean distance to the centre, relative to that of all pictures; small is tight. */
    readonly spread: number;
    readonly typical: readonly Picture[];
    readonly odd: readonly Picture[];
    /** The two pictures of the group that are least alike. */
    readonly leastAlike: readonly Picture[];
    /** Number of the group whose centre is nearest. */
    readonly nearest?: number;
    /** What the leading label set says of its labelled pictures, commonest first. */
    readonly labels?: {
      readonly of: number;
      readonly classes: readonly { readonly name: string; readonly count: number }[];
    };
  }[];
  /** Every item's path and group, so that names given to groups become labels. */
  readonly members: { readonly path: readonly string[]; readonly group: readonly number[] };
}
