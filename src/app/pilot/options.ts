/** What a pilot is asked and what it answers. */
import type { Verdict, Volume } from "../../decide/index.ts";
import type { Report } from "../../report/index.ts";
import type { Language } from "../../words/index.ts";
import type { IngestChoices } from "../dataset.ts";
import type { ExecutorChoice } from "../executor.ts";
import type { TrainingOptions } from "../training-choices.ts";
import type { PageOptions } from "./page.ts";

export interface PilotOptions extends IngestChoices, TrainingOptions, ExecutorChoice {
  readonly data: string;
  readonly out?: string;
  /** Pictures a day, for what mistakes cost. */
  readonly volume?: number;
  readonly defectShare?: number;
  /** Yen that one missed defect, one false alarm costs. */
  readonly missCost?: number;
  readonly alarmCost?: number;
  /** False: beside the page a copy without pictures, file names and places, to be handed on. */
  readonly pictures?: boolean;
  readonly overwrite?: boolean;
  readonly resume?: boolean;
  /** Go on although it would be computed in another way. */
  readonly replan?: boolean;
  readonly language: Language;
}

export interface PilotReport {
  readonly outcome: "reported";
  readonly run: string;
  /** The training it rests on: its own part, or one of an earlier pilot. */
  readonly training: string;
  readonly dataset: string;
  readonly representation: string;
  /** Where to label what was chosen, and the list that this saves; where something is to label. */
  readonly labelling?: { readonly page: string; readonly saves: string };
  /** The page; `report.json` lies beside it. */
  readonly report: string;
  /** A picture to search with. */
  readonly example?: string;
  readonly counts: { readonly total: number; readonly evaluation: number };
  readonly verdict: Pick<Verdict, "id" | "values">;
  readonly measures: Report["measures"];
  readonly headlineSets: readonly string[];
}

export type PilotResult =
  | PilotReport
  | { readonly outcome: "interrupted"; readonly run: string; readonly step: number };

export function pageOptions(options: PilotOptions): PageOptions {
  const volume = volumeOf(options);
  const { language, pictures = true } = options;
  return { language, pictures, ...(volume && { volume }) };
}

/** What was said of a day's work; undefined where nothing was. */
function volumeOf(options: PilotOptions): Volume | undefined {
  const { volume: perDay, defectShare, missCost, alarmCost } = options;
  if (perDay === undefined) return undefined;
  return {
    perDay,
    ...(defectShare !== undefined && { defectShare }),
    ...(missCost !== undefined && { missCost }),
    ...(alarmCost !== undefined && { alarmCost }),
  };
}

export function ingestChoices(options: PilotOptions): IngestChoices {
  const { name, resolution, labels, columns, hierarchy, group, split, share, background } = options;
  const first = { name, resolution, labels, columns, hierarchy };
  return { ...first, group, split, share, background } as IngestChoices;
}
