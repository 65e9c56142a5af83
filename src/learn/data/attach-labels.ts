/** One column of a list becomes a label set of a dataset: a new version value, the old one stays. */
import { type Emit, Problem, silent } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import type { LabelList } from "./label-list.ts";
import { noteMatches } from "./match-notices.ts";
import { requireMatches } from "./match-rows.ts";

export interface AttachOptions {
  /** The label set's name. One of that name is replaced. */
  readonly set: string;
  /** The list's column; by default the one called like the set, else the only one there is. */
  readonly column?: string;
  /** The coarser set, which has to be there already. */
  readonly parent?: string;
  readonly emit?: Emit;
  /** Whether rows that name no item and the like are told; once is enough for several columns. */
  readonly tellsRows?: boolean;
}

/** Items that the list does not name, or whose cell is empty, have no label. */
export function attachLabels(
  version: DatasetVersion,
  list: LabelList,
  { set, column, parent, emit = silent, tellsRows = true }: AttachOptions,
): DatasetVersion {
  const from = chooseColumn(list, set, column);
  const matches = requireMatches(list, version.items, version.source.path);
  const { matched } = matches;
  const labels = new Map<number, { label: string; line: number }>();
  const contradictions: { item: number; label: string; line: number }[] = [];
  for (const { row, item } of matched) {
    const label = (row.values[from] ?? "").normalize("NFC");
    if (label === "") continue;
    const before = labels.get(item);
    if (before === undefined) labels.set(item, { label, line: row.line });
    else if (before.label !== label) contradictions.push({ item, label, line: row.line });
  }
  if (contradictions.length > 0) {
    const { item, label, line } = contradictions[0];
    const before = labels.get(item);
    throw new Problem("data/labels-contradict", {
      file: list.source,
      set,
      path: version.items.path[item],
      first: before?.label ?? "",
      firstLine: before?.line ?? 0,
      second: label,
      secondLine: line,
      count: new Set(contradictions.map((found) => found.item)).size,
    });
  }
  if (labels.size === 0) {
    throw new Problem("data/labels-all-empty", { file: list.source, column: from });
  }
  if (tellsRows) noteMatches(matches, { file: list.source, paths: version.items.path, emit });
  const texts = version.items.id.map((_, i) => labels.get(i)?.label);
  const made = {
    ...labelSetOf(set, texts, list.source),
    ...(parent === undefined ? {} : { parent }),
  };
  const others = version.labelSets.filter(({ name }) => name !== set);
  checkNesting(made, others);
  for (const other of others) if (other.parent === set) checkNesting(other, [made]);
  noteClasses(made, emit);
  // A newer list of the set says what holds.
  const corrections = version.corrections?.filter((correction) => correction.set !== set);
  return {
    ...version,
    labelSets: [...others, made],
    ...(corrections && { corrections }),
  };
}

/** Classes in code unit order (numbers by value), so that the same labels give the same set. */
export function labelSetOf(
  name: string,
  texts: readonly (string | undefined)[],
  source: string,
): LabelSet {
  const classes = [...new Set(texts.filter((text) => text !== undefined))];
  if (classes.every((text) => /^-?\d+$/.test(text))) classes.sort((a, b) => Number(a) - Number(b));
  else classes.sort();
  const codes = new Map(classes.map((text, code) => [text, code]));
  return {
    name,
    classes,
    codes: texts.map((text) => (text === undefined ? -1 : (codes.get(text) ?? -1))),
    source,
  };
}

/** Throws unless every class of `set` lies in one class of its parent. */
export function checkNesting(set: LabelSet, others: readonly LabelSet[]): void {
  if (set.parent === undefined) return;
  const parent = others.find(({ name }) => name === set.parent);
  if (parent === undefined) {
    const known = others.map(({ name }) => name).join(", ");
    throw new Problem("data/labels-parent-missing", { set: set.name, parent: set.parent, known });
  }
  const upper = new Map<number, number>();
  for (let i = 0; i < set.codes.length; i++) {
    const [code, above] = [set.codes[i], parent.codes[i]];
    if (code < 0 || above < 0) continue;
    const before = upper.get(code) ?? above;
    if (before !== above) {
      throw new Problem("data/labels-not-nested", {
        set: set.name,
        parent: parent.name,
        class: set.classes[code],
        first: parent.classes[before],
        second: parent.classes[above],
      });
    }
    upper.set(code, above);
  }
}

/** What a person should know about a set's classes before numbers are made of it. */
export function noteClasses({ name, classes, codes }: LabelSet, emit: Emit): void {
  if (classes.length === 1) {
    const values = { set: name, class: classes[0] };
    emit({ type: "notice", level: "warning", code: "data/one-class", values });
    return;
  }
  const counts = new Uint32Array(classes.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const single = classes.filter((_, code) => counts[code] === 1);
  if (single.length > 0) {
    const values = { set: name, count: single.length, first: single[0] };
    emit({ type: "notice", level: "warning", code: "data/classes-with-one-item", values });
  }
}

function chooseColumn(list: LabelList, set: string, column: string | undefined): string {
  const wanted = column ?? set;
  if (list.columns.includes(wanted)) return wanted;
  if (column === undefined && list.columns.length === 1) return list.columns[0];
  const columns = list.columns.join(", ");
  throw new Problem("data/labels-column-missing", { file: list.source, column: wanted, columns });
}
