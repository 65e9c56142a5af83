/**
 * What people answered on a labelling sheet, added to a label set: earlier labels stay, each answer is
 * kept with who gave it and when, and where people disagree the newest answer counts.
 */
import { type Emit, Problem, silent } from "../../base/index.ts";
import { restoreCell } from "../../formats/csv/index.ts";
import type { Answer, DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { labelSetOf, noteClasses } from "./attach-labels.ts";
import { foldedPath } from "./item-path.ts";
import type { LabelList } from "./label-list.ts";
import { answerColumns } from "./list-table.ts";
import { noteMatches } from "./match-notices.ts";
import { requireMatches } from "./match-rows.ts";

const { by: byColumn, at: atColumn } = answerColumns;
const chosenColumn = "chosen_by";
const weightColumn = "stands_for";
/** Those that say something about an answer, and are no label. */
const about = [byColumn, atColumn, chosenColumn, weightColumn];

export interface AnswerOptions {
  /** The label set; by default the column beside those that say who and when. */
  readonly set?: string;
  /** ISO 8601: when answers were given that do not say. */
  readonly now: string;
  readonly emit?: Emit;
}

/** Whether a list says who labelled and when: it adds to a set, where others replace it. */
export function isAnswerList({ columns }: Pick<LabelList, "columns">): boolean {
  return columns.includes(byColumn) && columns.includes(atColumn);
}

/** Throws where the list names no column or no item, or has no answer in it. */
export function attachAnswers(
  version: DatasetVersion,
  list: LabelList,
  { set: named, now, emit = silent }: AnswerOptions,
): DatasetVersion {
  const column = answerColumn(list, named);
  const name = named ?? column;
  const before = version.labelSets.find((set) => set.name === name);
  const given = answersIn(version, list, { column, now, emit });
  const answers = merged(version, before, given);
  const texts = currentLabels(version, before, answers);
  const made: LabelSet = {
    ...labelSetOf(name, texts, before?.source ?? list.source),
    ...(before?.parent !== undefined && { parent: before.parent }),
    answers,
  };
  noteSlips(made, emit);
  noteDisagreements(version, made, emit);
  noteClasses(made, emit);
  const others = version.labelSets.filter((set) => set.name !== name);
  return { ...version, labelSets: [...others, made] };
}

function answerColumn({ columns, source }: LabelList, named: string | undefined): string {
  const rest = columns.filter((one) => !about.includes(one));
  if (named !== undefined && rest.includes(named)) return named;
  if (rest.length === 1) return rest[0];
  throw new Problem("data/labels-column-missing", {
    file: source,
    column: named ?? "label",
    columns: rest.join(", "),
  });
}

interface Reading {
  readonly column: string;
  readonly now: string;
  readonly emit: Emit;
}

function answersIn(
  { items, source }: DatasetVersion,
  list: LabelList,
  { column, now, emit }: Reading,
): Answer[] {
  const rows = list.rows.map((row) => ({ ...row, key: restoreCell(row.key) }));
  const matches = requireMatches({ ...list, rows }, items, source.path);
  noteMatches(matches, { file: list.source, paths: items.path, emit });
  const given = matches.matched.flatMap(({ row, item }) => {
    // An answer to another question.
    if (row.values[column] === undefined) return [];
    const label = restoreCell(row.values[column] ?? "")
      .normalize("NFC")
      .trim();
    const [by, at] = [row.values[byColumn] ?? "", row.values[atColumn] ?? ""];
    // An untouched row of a list; "cannot tell" carries its time.
    if (label === "" && at === "") return [];
    const said = { label, by: restoreCell(by) || list.source, at: at || now };
    return [{ item: items.id[item], ...said, ...drawingOf(row.values) }];
  });
  if (given.length === 0) {
    throw new Problem("data/labels-all-empty", { file: list.source, column });
  }
  return given;
}

/** How the item was drawn, where the list says so. */
function drawingOf(values: Readonly<Record<string, string>>): Pick<Answer, "chosen" | "weight"> {
  const chosen = restoreCell(values[chosenColumn] ?? "").trim();
  const weight = Number(values[weightColumn] || Number.NaN);
  return {
    ...(chosen !== "" && { chosen }),
    ...(Number.isFinite(weight) && weight > 0 && { weight }),
  };
}

/** All answers by time. One that its giver has given already, last, is not new. */
function merged(
  { created, items }: DatasetVersion,
  before: LabelSet | undefined,
  given: readonly Answer[],
): Answer[] {
  const known = [...(before?.answers ?? [])];
  const latest = new Map(known.map((one) => [`${one.item}\n${one.by}`, one.label]));
  const answered = new Set(known.map(({ item }) => item));
  const position = new Map(items.id.map((id, i) => [id, i]));
  for (const one of given) {
    const place = `${one.item}\n${one.by}`;
    if (latest.get(place) === one.label) continue;
    const code = before?.codes[position.get(one.item) ?? -1] ?? -1;
    if (before && code >= 0 && !answered.has(one.item)) {
      const { classes, source } = before;
      known.push({ item: one.item, label: classes[code], by: source, at: created });
    }
    answered.add(one.item);
    latest.set(place, one.label);
    known.push(one);
  }
  return known
    .map((one, i) => ({ one, i }))
    .sort(byTime)
    .map(({ one }) => one);
}

interface Placed {
  readonly one: Answer;
  readonly i: number;
}

function byTime(left: Placed, right: Placed): number {
  if (left.one.at !== right.one.at) return left.one.at < right.one.at ? -1 : 1;
  return left.i - right.i;
}

/** The newest answer that is one; else what the set said before. */
function currentLabels(
  { items }: DatasetVersion,
  before: LabelSet | undefined,
  answers: readonly Answer[],
): (string | undefined)[] {
  const newest = new Map(
    answers.filter(({ label }) => label !== "").map(({ item, label }) => [item, label]),
  );
  return items.id.map((id, i) => {
    const code = before?.codes[i] ?? -1;
    return newest.get(id) ?? (before && code >= 0 ? before.classes[code] : undefined);
  });
}

export interface Disagreement {
  /** The item's id. */
  readonly item: string;
  /** The last word of each who gave one, the newest first. */
  readonly answers: readonly Answer[];
}

/** Items on which the last words of people differ. Who cannot tell does not disagree. */
export function disagreements({ answers = [] }: Pick<LabelSet, "answers">): Disagreement[] {
  const last = new Map<string, Map<string, Answer>>();
  for (const one of answers) {
    if (one.label === "") continue;
    const people = last.get(one.item) ?? new Map<string, Answer>();
    people.delete(one.by);
    last.set(one.item, people.set(one.by, one));
  }
  return [...last].flatMap(([item, people]) => {
    const words = [...people.values()].reverse();
    return words.some(({ label }) => label !== words[0].label) ? [{ item, answers: words }] : [];
  });
}

export function noteDisagreements({ items }: DatasetVersion, set: LabelSet, emit: Emit): void {
  const found = disagreements(set);
  if (found.length === 0) return;
  const [{ item, answers }] = found;
  const [newest] = answers;
  const other = answers.find(({ label }) => label !== newest.label) ?? newest;
  emit({
    type: "notice",
    level: "warning",
    code: "data/answers-disagree",
    values: {
      set: set.name,
      count: found.length,
      path: items.path[items.id.indexOf(item)] ?? item,
      label: newest.label,
      by: newest.by,
      other: other.label,
      otherBy: other.by,
    },
  });
}

/** Classes that only letter case, width or blanks tell apart: hardly two things. */
function noteSlips({ name, classes }: LabelSet, emit: Emit): void {
  const byFold = new Map<string, string>();
  for (const one of classes) {
    const folded = foldedPath(one).replaceAll(" ", "");
    const meant = byFold.get(folded);
    if (meant !== undefined) {
      const values = { set: name, label: one, meant };
      emit({ type: "notice", level: "warning", code: "data/classes-alike", values });
    } else byFold.set(folded, one);
  }
}
