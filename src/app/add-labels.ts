/** Attaches label sets from a list to a dataset: a new version of it, with the same pictures. */
import { resolve } from "node:path";
import { readLabelList } from "../learn/data/index.ts";
import type { Store } from "../registry/index.ts";
import { attachLists } from "./attach-lists.ts";
import { openDesk } from "./desk.ts";
import { readWorkbookApart } from "./job/read-workbook.ts";
import { type LabelSetFacts, labelSetFacts } from "./label-sets.ts";
import type { Work } from "./work.ts";

export interface AddLabelsOptions {
  readonly dataset: string;
  readonly file: string;
  readonly set?: string;
  readonly columns?: readonly string[];
  readonly hierarchy?: readonly string[];
}

export interface AddLabelsResult {
  readonly name: string;
  readonly version: string;
  readonly attached: readonly string[];
  readonly labelSets: readonly LabelSetFacts[];
  /** The newest one of this dataset, to measure by the labels. */
  readonly representation?: string;
}

export async function addLabels(options: AddLabelsOptions, work: Work): Promise<AddLabelsResult> {
  const { dataset, file, set, columns, hierarchy = [] } = options;
  using desk = await openDesk(work);
  const stored = desk.store.dataset(dataset);
  const list = readLabelList(resolve(work.cwd, file), {
    emit: work.emit,
    readWorkbook: readWorkbookApart,
    ...(columns && { columns }),
  });
  const labelled = attachLists(stored.document, [list], {
    choices: { hierarchy },
    now: work.clock.now().toISOString(),
    emit: work.emit,
    ...(set !== undefined && { set }),
  });
  const isNew = labelled !== stored.document;
  const next = { ...labelled, parent: stored.version, created: work.clock.now().toISOString() };
  const version = isNew ? desk.writer.writeDataset(next) : stored.version;
  const before = new Map(stored.document.labelSets.map((set) => [set.name, set]));
  const attached = labelled.labelSets.filter(
    (set) => set.source === list.source || (set.answers && before.get(set.name) !== set),
  );
  return {
    name: labelled.name,
    version,
    attached: attached.map(({ name }) => name),
    labelSets: labelled.labelSets.map(labelSetFacts),
    ...newestOf(labelled.name, desk.store),
  };
}

function newestOf(dataset: string, store: Store): { readonly representation?: string } {
  const made = store.representations().filter(({ document }) => document.dataset.name === dataset);
  const [first, ...rest] = made;
  if (first === undefined) return {};
  const newest = rest.reduce(
    (one, other) => (other.document.created > one.document.created ? other : one),
    first,
  );
  return { representation: newest.reference };
}
