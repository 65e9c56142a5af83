/**
 * The content of `report.json`: every number that the page shows, and nothing that only the page
 * needs. Pictures are data URIs; classes are named by their label set's `classes`.
 *
 * A report is complete at every stage: what is not known yet is `null` or an empty list, and the
 * page says of each such chapter that it is still to come.
 */
import type { Evidence, Json } from "../base/index.ts";
import type { VerdictId } from "../words/index.ts";
import type {
  ClusterFacts,
  CostFacts,
  CurveFacts,
  DoubtfulFacts,
  ErrorFacts,
  HeadFacts,
  LabellingFacts,
  ResolutionFacts,
  SplitFacts,
} from "./chapters.ts";

export const reportFormat = 2;

/** How far the work has come: pictures read, seen by the untrained encoder, trained, measured. */
export const stages = ["data", "untrained", "trained", "measured"] as const;

export type Stage = (typeof stages)[number];

export interface Report {
  readonly format: typeof reportFormat;
  readonly stage: Stage;
  /** Seconds until the last stage, where that is known; absent when it is reached. */
  readonly timeLeft?: number;
  /** "none": a copy without pictures, file names and places, made to be handed on. */
  readonly privacy?: "none";
  /** ISO 8601. */
  readonly created: string;
  readonly product: { readonly name: "tanafuda"; readonly version: string };
  readonly title: string;
  readonly verdict: VerdictFacts;
  readonly data: DataFacts;
  /** What a look at every picture found doubtful, most urgent first. */
  readonly doubtful: readonly DoubtfulFacts[];
  /** What another resolution would change, by label set. */
  readonly resolution: readonly ResolutionFacts[];
  readonly pictures: readonly SeenPicture[];
  readonly training: TrainingFacts | null;
  /** The features by which the headline is judged. */
  readonly headlineFeatures: "l2" | "raw";
  readonly measures: readonly Measured[];
  /** Paired differences: `to` minus `from`. */
  readonly differences: readonly Difference[];
  readonly layers: readonly LayerFacts[];
  /** One row for each number that several seeds gave. */
  readonly seeds: readonly SeedSpread[];
  /** Accuracy under random splits beside splits by day, lot or camera. */
  readonly splits: readonly SplitFacts[];
  readonly errors: ErrorFacts | null;
  /** Left out where labels are too few to put to work, and in reports of before. */
  readonly head?: HeadFacts;
  /** Left out where labels are too few to draw a curve of, and in reports of before. */
  readonly curve?: CurveFacts;
  /** Left out where every label set is complete, and in reports of before. */
  readonly labelling?: LabellingFacts;
  readonly cost: CostFacts | null;
  readonly clusters: ClusterFacts | null;
  readonly map: ShelfMap | null;
  readonly neighbours: readonly NeighbourRow[];
  readonly run: RunFacts;
  readonly next: readonly NextStep[];
}

export interface Sentence {
  readonly id: VerdictId;
  readonly values: Evidence;
}

export interface VerdictFacts {
  /** "pending" until the last stage. */
  readonly outcome: "works" | "partly" | "failed" | "unknown" | "unlabelled" | "pending";
  readonly headline: Sentence;
  readonly findings: readonly Sentence[];
  /** The numbers at the top, three or fewer: which measures, by what the headline was judged. */
  readonly headlineMeasures: readonly {
    readonly labelSet: string | null;
    readonly measure: MeasureName;
    readonly statistic: Statistic;
  }[];
  /** What would change this verdict. */
  readonly change: readonly Sentence[];
}

export interface NextStep extends Sentence {
  /** Hours of a person's work, from and to. */
  readonly hours?: { readonly low: number; readonly high: number };
  /** Left out where the step is no command. */
  readonly command?: string;
}

export interface DataFacts {
  readonly dataset: string;
  readonly version: string;
  readonly source: string;
  /** Shorter side of the pictures as they are kept, and side of what the network is given; px. */
  readonly resolution: number;
  readonly size: number;
  readonly items: number;
  readonly train: number;
  readonly evaluation: number;
  readonly groups: { readonly count: number; readonly by: string };
  /** Notice or problem codes with how many files each met, and a few paths. */
  readonly rejected: readonly {
    readonly code: string;
    readonly count: number;
    readonly examples: readonly { readonly path: string; readonly values: Evidence }[];
  }[];
  readonly labelSets: readonly {
    readonly name: string;
    /** The coarser set that this one refines. */
    readonly parent?: string;
    readonly classes: readonly string[];
    /** Labelled items per class; all, and those of the evaluation split. */
    readonly counts: readonly number[];
    readonly evaluationCounts: readonly number[];
    readonly unlabelled: number;
  }[];
}

export interface Picture {
  readonly path: string;
  /** `data:image/...;base64,...` */
  readonly image: string;
}

export interface SeenPicture extends Picture {
  /** What the network is given: square, in the model's own size. */
  readonly input: string;
  readonly views: readonly [string, string];
}

export interface TrainingFacts {
  readonly rows: readonly TrainingRow[];
  /** What the `ncc` column is: of a label set, or of single pictures where nothing is labelled. */
  readonly nccOf:
    | { readonly kind: "labels"; readonly labelSet: string }
    | { readonly kind: "sample" };
  readonly collapse: "none" | "dimensional" | "complete";
}

export interface TrainingRow {
  readonly step: number;
  readonly epoch?: number;
  readonly loss: number;
  readonly invariance: number;
  readonly regularisation: number;
  readonly learningRate: number;
  /** Measured now and then. */
  readonly ncc?: number;
}

export type Subject =
  | "trained"
  | "untrained"
  | "raw-pixels"
  | "pca"
  | "permuted-labels"
  | "majority";

export type MeasureName =
  | "ncc"
  | "ncc-shots"
  | "knn"
  | "linear-probe"
  | "cdnv"
  | "directional-cdnv"
  | "within-class-variance"
  | "sample-ncc"
  | "rankme";

export type Statistic = "accuracy" | "balanced-accuracy" | "value";

export interface Estimate {
  readonly value: number;
  /** The 95 % interval; absent where none was measured. */
  readonly low?: number;
  readonly high?: number;
}

export interface Measured extends Estimate {
  readonly subject: Subject;
  /** null for measures that need no labels. */
  readonly labelSet: string | null;
  readonly measure: MeasureName;
  readonly statistic: Statistic;
  readonly features: "l2" | "raw";
  readonly split: "train" | "evaluation";
  /** Of m-shot NCC and kNN: m, k. */
  readonly count?: number;
  readonly protocol: string;
}

export interface Difference {
  readonly from: Subject;
  readonly to: Subject;
  readonly labelSet: string | null;
  readonly measure: MeasureName;
  readonly statistic: Statistic;
  readonly over: "items" | "seeds";
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface LayerFacts {
  readonly labelSet: string | null;
  readonly measure: MeasureName;
  readonly statistic: Statistic;
  /** Taps in order of depth. */
  readonly taps: readonly ({
    readonly tap: string;
    readonly untrained?: number;
  } & Estimate)[];
}

export interface SeedSpread {
  readonly labelSet: string | null;
  readonly measure: MeasureName;
  readonly statistic: Statistic;
  readonly subject: Subject;
  readonly values: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

export interface ShelfMap {
  readonly method: string;
  /** The encoder by which it is laid out. */
  readonly encoder: "untrained" | "trained";
  /** How many items the dataset has; the map may show fewer. */
  readonly of: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly path: readonly string[];
  /** Class numbers per point, -1 without a label. */
  readonly labels: readonly { readonly labelSet: string; readonly codes: readonly number[] }[];
  /** The group found for each point, where groups were formed. */
  readonly groups?: readonly number[];
  /** Thumbnails in squares, row by row; each sheet holds the next `count` points. */
  readonly sheets: readonly {
    readonly image: string;
    readonly tile: number;
    readonly columns: number;
    readonly count: number;
  }[];
}

export interface NeighbourRow {
  readonly query: Picture & { readonly label?: string };
  readonly nearest: readonly (Picture & {
    readonly label?: string;
    /** Cosine similarity. */
    readonly similarity: number;
  })[];
}

/** What was asked, and once it was done, what came of it. */
export interface RunFacts {
  readonly id: string;
  readonly method: string;
  readonly backbone: string;
  readonly seeds: readonly number[];
  readonly executor: string;
  readonly host: string;
  readonly trained?: {
    readonly representation: string;
    readonly dimensions: number;
    readonly batch: number;
    readonly steps: number;
    readonly epochs: number;
    readonly seconds: number;
  };
  /** Bytes. */
  readonly peakMemory?: number;
  /** The whole configuration and the executor's plan, for engineers. */
  readonly configuration: Json;
}

/** What keeps the page under 10 MB; whoever gathers a report draws this many and no more. */
export const reportLimits = {
  bytes: 10_000_000,
  mapItems: 4000,
  sheetItems: 400,
  tile: 32,
  pictures: 8,
  queries: 6,
  neighbours: 6,
  /** Pictures beside each finding, each kind of mistake. */
  examples: 6,
  /** Kinds of mistakes that are shown with pictures. */
  confusions: 6,
  /** Items whose group of look-alikes is listed, so that names can be downloaded. */
  grouped: 20_000,
} as const;
