/** The label sets of a new version: those of the source made anew, those of people carried on. */
import type { DatasetVersion, Facet, LabelSet } from "../../formats/documents/index.ts";
import { checkNesting } from "./attach-labels.ts";
import { folderLabelSets } from "./folder-labels.ts";
import type { Gathered } from "./gather.ts";
import { nameLabelSet } from "./name-labels.ts";

/** Sources whose label sets are made from the items each time. */
const madeAnew = ["folder", "cifar-binary"];

/** `skip` leading folders of the paths are no labels. */
export function labelSetsOf(
  paths: readonly string[],
  {
    gathered,
    previous,
    skip,
    facets,
  }: {
    gathered: Gathered;
    previous?: DatasetVersion | undefined;
    skip: number;
    facets: readonly Facet[];
  },
): LabelSet[] {
  const { kept, fresh, own } = gathered;
  const made: LabelSet[] = own.map(({ name, classes, parent }, position) => {
    const before = previous?.labelSets.find((set) => set.name === name);
    const codes = [
      ...kept.map((i) => before?.codes[i] ?? -1),
      ...fresh.map(({ codes }) => codes?.[position] ?? -1),
    ];
    return {
      name,
      classes: [...classes],
      codes,
      ...(parent && { parent }),
      source: "cifar-binary",
    };
  });
  if (own.length === 0) {
    const told = facets.filter(({ source }) => source === "path").map(({ name }) => name);
    made.push(...folderLabelSets(paths, { skip, facets: told }));
    const named = nameLabelSet(paths);
    if (named) made.push(named);
  }
  const names = new Set(made.map(({ name }) => name));
  for (const set of previous?.labelSets ?? []) {
    if (names.has(set.name) || madeAnew.includes(set.source)) continue;
    const carried = (old: number | undefined) => (old === undefined ? -1 : set.codes[old]);
    const codes = [...kept.map(carried), ...fresh.map(({ successor }) => carried(successor))];
    made.push({ ...set, codes });
  }
  return made.map((set) => (isNested(set, made) ? set : withoutParent(set)));
}

/** Folders may have been renamed: a hierarchy that no longer holds is no reason to stop. */
function isNested(set: LabelSet, others: readonly LabelSet[]): boolean {
  try {
    checkNesting(set, others);
    return true;
  } catch {
    return false;
  }
}

function withoutParent({ parent: _, ...set }: LabelSet): LabelSet {
  return set;
}
