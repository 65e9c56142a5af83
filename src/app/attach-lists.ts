/** The columns of lists as label sets and facets of a dataset. */
import { type Emit, Problem } from "../base/index.ts";
import type { DatasetVersion, Facet, LabelSet } from "../formats/documents/index.ts";
import {
  attachAnswers,
  attachFacet,
  attachLabels,
  columnsOfSingles,
  emptyColumns,
  facetOfColumn,
  isAnswerList,
  type LabelList,
  offeredSets,
} from "../learn/data/index.ts";
import { datasetDigest } from "../registry/index.ts";
import type { IngestChoices } from "./dataset.ts";

interface Attaching {
  readonly choices: Pick<IngestChoices, "hierarchy" | "split">;
  readonly emit: Emit;
  /** ISO 8601: when answers were given that do not say. */
  readonly now: string;
  /** This column alone, whatever it looks like. */
  readonly set?: string;
}

/**
 * Attaches every column of the lists but those that gave groups, splits and names. Unless a
 * hierarchy or `set` names them as labels, columns about days, lots, lines and cameras become
 * facets, and columns in which hardly two rows agree are left out, which is said.
 */
export function attachLists(
  version: DatasetVersion,
  lists: readonly LabelList[],
  { choices, emit, now, set }: Attaching,
): DatasetVersion {
  const parents = new Map((choices.hierarchy ?? []).map(parentOf));
  const named = new Set([...parents.keys(), ...parents.values()]);
  const apart = new Set([columnOf(version.group.by), choices.split, "split"]);
  let labelled = version;
  for (const list of lists) {
    if (isAnswerList(list)) {
      labelled = attachAnswers(labelled, list, { now, emit, ...(set !== undefined && { set }) });
      continue;
    }
    if (set !== undefined) {
      labelled = attachLabels(labelled, list, { set, ...parentIn(parents, set), emit });
      continue;
    }
    for (const column of list.columns) {
      const name = named.has(column) ? undefined : facetOfColumn(column);
      if (name !== undefined) labelled = attachFacet(labelled, list, { name, column, emit });
    }
    const singles = columnsOfSingles(list);
    const empty = emptyColumns(list, version.items, version.source.path);
    const columns = list.columns.filter(
      (name) =>
        named.has(name) ||
        !(
          apart.has(name) ||
          [...singles, ...empty].includes(name) ||
          facetOfColumn(name) !== undefined
        ),
    );
    for (const [i, column] of parentsFirst(columns, parents).entries()) {
      const options = { set: column, ...parentIn(parents, column), emit, tellsRows: i === 0 };
      labelled = attachLabels(labelled, list, options);
    }
    const out = singles.filter((name) => !named.has(name) && !apart.has(name));
    noteColumns(list, { columns, out, empty, parents, dataset: version.name, emit });
  }
  labelled = { ...labelled, labelSets: listedFirst(labelled, emit) };
  const same = datasetDigest({ ...labelled, parent: version.parent }) === datasetDigest(version);
  return same ? version : labelled;
}

function parentIn(parents: ReadonlyMap<string, string>, set: string): { readonly parent?: string } {
  const parent = parents.get(set);
  return parent === undefined ? {} : { parent };
}

interface Columns {
  readonly columns: readonly string[];
  readonly out: readonly string[];
  readonly empty: readonly string[];
  readonly parents: ReadonlyMap<string, string>;
  readonly dataset: string;
  readonly emit: Emit;
}

function noteColumns(
  list: LabelList,
  { columns, out, empty, parents, dataset, emit }: Columns,
): void {
  const file = list.source;
  if (empty.length > 0) {
    const values = { file, columns: empty.join(", ") };
    emit({ type: "notice", level: "info", code: "data/columns-empty", values });
  }
  if (out.length > 0) {
    const values = { file, columns: out.join(", "), first: out[0], dataset };
    emit({ type: "notice", level: "info", code: "data/columns-left-out", values });
  }
  const offered = offeredSets({ ...list, columns }).find(
    ({ column, parent }) => parent !== undefined && !parents.has(column),
  );
  if (offered?.parent === undefined) return;
  const values = { file, parent: offered.parent, child: offered.column };
  emit({ type: "notice", level: "info", code: "data/hierarchy-offered", values });
}

/**
 * Sets from lists come before sets from folder names: a person wrote them. A folder set that sorts
 * the same items in the same way as a listed one, or is called as a facet's values are, says nothing
 * of its own and goes, which is said.
 */
function listedFirst({ labelSets, facets = [] }: DatasetVersion, emit: Emit): LabelSet[] {
  const [folders, listed] = [true, false].map((isFolder) =>
    labelSets.filter(({ source }) => (source === "folder") === isFolder),
  );
  const known = new Map(listed.map((set) => [partition(set), set.name]));
  const told = folders.flatMap((set) => {
    const labels = known.get(partition(set));
    if (labels !== undefined) return [{ set: set.name, kind: "labels", by: labels }];
    const facet = facets.find((facet) => isNamedAs(set, facet));
    return facet === undefined ? [] : [{ set: set.name, kind: "facet", by: facet.name }];
  });
  const gone = new Set(told.map(({ set }) => set));
  const isChild = folders.some(({ parent }) => parent !== undefined && gone.has(parent));
  if (isChild) return [...listed, ...folders];
  for (const values of told) {
    emit({ type: "notice", level: "info", code: "data/folders-told-twice", values });
  }
  return [...listed, ...folders.filter(({ name }) => !gone.has(name))];
}

/**
 * Whether every class is the facet's value of its items. Sorting alike is not enough: where all of a
 * class were taken on one day, the class is still what people asked for.
 */
function isNamedAs({ classes, codes }: LabelSet, facet: Facet): boolean {
  const named = (text: string | undefined) => text?.toUpperCase();
  return codes.every((code, i) => named(classes[code]) === named(facet.values[facet.codes[i]]));
}

/** Equal for sets that put the same items together, whatever the classes are called. */
function partition({ codes }: LabelSet): string {
  const numbers = new Map([[-1, -1]]);
  return codes
    .map((code) => {
      const number = numbers.get(code) ?? numbers.size;
      numbers.set(code, number);
      return number;
    })
    .join();
}

export function columnOf(rule: string): string | undefined {
  return rule.startsWith("column:") ? rule.slice("column:".length) : undefined;
}

function parentOf(text: string): [child: string, parent: string] {
  const [parent, child, ...rest] = text.split(">").map((part) => part.trim());
  if (!parent || !child || rest.length > 0) throw new Problem("app/hierarchy-unreadable", { text });
  return [child, parent];
}

/** In their order, but for parents that stand after a child. */
function parentsFirst(columns: readonly string[], parents: ReadonlyMap<string, string>): string[] {
  const order = new Set<string>();
  const visit = (name: string, below: readonly string[]) => {
    const parent = parents.get(name);
    if (parent && columns.includes(parent) && !below.includes(parent))
      visit(parent, [...below, name]);
    order.add(name);
  };
  for (const name of columns) visit(name, [name]);
  return [...order];
}
