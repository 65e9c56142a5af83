/** What a labelling sheet shows: pictures to label, why they were chosen, and the classes to choose from. */
import type { Evidence } from "../base/index.ts";
import type { SentenceId } from "../words/index.ts";

export interface Sheet {
  readonly product: { readonly name: "tanafuda"; readonly version: string };
  readonly dataset: string;
  /** The label set that the answers belong to; the column of the list that is saved. */
  readonly labelSet: string;
  /** Identifies the sheet: what was answered is kept in the browser under it. */
  readonly id: string;
  /** Known classes, in the order of their keys; the reader may add more. */
  readonly classes: readonly string[];
  readonly items: readonly SheetItem[];
  /** Whether chance alone chose, all alike or in strata, so that answers can be counted for all. */
  readonly drawn?: "random" | "strata" | false;
  /** Pictures on the whole shelf. */
  readonly shelf: number;
}

export interface SheetItem {
  /** As the list names it. */
  readonly path: string;
  /** `data:image/...;base64,...` */
  readonly image: string;
  readonly why: { readonly id: SentenceId; readonly values: Evidence };
  /** How it was chosen, kept with its answer: a strategy's name, `random` or `strata`. */
  readonly chosen?: string;
  /** How many items it stands for, where it was drawn in strata. */
  readonly standsFor?: number;
  /** Share of the shelf that the items up to and with this one cover, 0 … 1. */
  readonly covered: number;
}
