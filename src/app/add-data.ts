/** Takes pictures in: the first version of a dataset, or the next one with what is new. */
import type { Evidence } from "../base/index.ts";
import { type IngestChoices, takeIn } from "./dataset.ts";
import { openDesk } from "./desk.ts";
import { type LabelSetFacts, labelSetFacts } from "./label-sets.ts";
import type { Work } from "./work.ts";

export interface AddDataOptions extends IngestChoices {
  readonly path: string;
  /** Files that are still being written. */
  readonly leave?: readonly string[];
}

export interface AddDataResult {
  readonly name: string;
  readonly version: string;
  readonly counts: {
    readonly total: number;
    readonly added: number;
    readonly unchanged: number;
    readonly removed: number;
    /** Pictures that could not be used. */
    readonly rejected: number;
    /** Files that are no pictures. */
    readonly other: number;
    readonly evaluation: number;
    readonly groups: number;
  };
  readonly rejected: readonly {
    readonly path: string;
    readonly code: string;
    readonly values: Evidence;
  }[];
  readonly labelSets: readonly LabelSetFacts[];
  /** Days, lots, lines and cameras that names or lists tell. */
  readonly facets: readonly { readonly name: string; readonly values: readonly string[] }[];
}

export async function addData(
  { path, leave, ...choices }: AddDataOptions,
  work: Work,
): Promise<AddDataResult> {
  using desk = await openDesk(work);
  const { document, version, counts } = await takeIn(path, choices, desk, {
    ...(leave && { leave: new Set(leave) }),
  });
  return {
    name: document.name,
    version,
    counts: {
      total: document.items.id.length,
      added: counts.added,
      unchanged: counts.kept,
      removed: counts.removed,
      rejected: counts.rejected - counts.notPictures,
      other: counts.notPictures,
      evaluation: counts.evaluation,
      groups: counts.groups,
    },
    rejected: document.rejected.filter(({ code }) => code !== "data/not-a-picture"),
    labelSets: document.labelSets.map(labelSetFacts),
    facets: (document.facets ?? []).map(({ name, values }) => ({ name, values })),
  };
}
