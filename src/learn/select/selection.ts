/** What a strategy hands back: the items to label, in order, and why each. */
import type { SelectOptions, Shelf } from "./shelf.ts";

export type StrategyName = "max-herding" | "typiclust" | "prob-cover" | "k-centre" | "random";

/** Every strategy has this form. */
export type Strategy = (shelf: Shelf, options: SelectOptions) => Promise<Selection>;

export interface Selection {
  readonly strategy: StrategyName;
  /** In the order of choosing: the first n of them are the choice of n. */
  readonly picks: readonly Pick[];
  /** Coverage of the shelf by what was labelled before, and after all picks. */
  readonly before: number;
  readonly coverage: number;
  readonly sizes: Sizes;
}

export interface Pick {
  readonly row: number;
  readonly why: Why;
  /** Share of the shelf whose nearest labelled item this is, once all picks are labelled. */
  readonly share: number;
  /** Coverage of the shelf once this pick and those before it are labelled. */
  readonly coverage: number;
}

export type Why =
  /** Adds most to the coverage: by how much. */
  | { readonly kind: "covers"; readonly gain: number }
  /** The densest place of a cluster that has fewest labels: the cluster's share of the shelf. */
  | { readonly kind: "typical"; readonly cluster: number; readonly distance: number }
  /** The farthest from everything labelled: how far, where two items are √2 apart on average. */
  | { readonly kind: "farthest"; readonly distance: number }
  | { readonly kind: "drawn" };

/** How much of the shelf was looked at; all of it while it is small. */
export interface Sizes {
  /** Items whose coverage is maximised. */
  readonly references: number;
  /** Items among which is chosen. */
  readonly candidates: number;
  /** Items on which coverage and shares were measured, drawn apart from the choosing. */
  readonly judged: number;
  /** With probability 0.95 the coverage is off by no more (Hoeffding 1963); 0 where all were judged. */
  readonly error: number;
}

/** What a strategy itself decides; shares and coverage are measured for all in the same way. */
export interface Chosen {
  readonly row: number;
  readonly why: Why;
}
