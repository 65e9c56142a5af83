/** Reads the list of findings back: what a person answered, item by item, or what is wrong with it. */

import { type Code, type Evidence, noticeCodes, Problem } from "../../base/index.ts";
import { type Cells, restoreCell } from "../../formats/csv/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";

export type AnswerWord = "keep" | "remove" | "restore" | "relabel";

export type Answer = { readonly item: string; readonly finding: string; readonly line: number } & (
  | { readonly do: "keep" | "remove" | "restore" }
  | { readonly do: "relabel"; readonly set: string; readonly class: string }
);

export interface AnswerList {
  readonly answers: readonly Answer[];
  /** Rows without an answer. */
  readonly open: number;
}

/** Words of every language for columns and answers, as the list is written with. */
export interface AnswerWords {
  readonly columns: Readonly<Record<"finding" | "group" | "item" | "answer", readonly string[]>>;
  readonly answers: Readonly<Record<AnswerWord, readonly string[]>>;
}

interface Row {
  readonly line: number;
  readonly finding: string;
  readonly item: string;
  readonly answer: string;
}

/** Throws at the first kind of fault, with its first line and how many rows have it: all or nothing. */
export function readAnswers(
  cells: Cells,
  version: DatasetVersion,
  { file, words }: { readonly file: string; readonly words: AnswerWords },
): AnswerList {
  const rows = rowsOf(cells, { file, words });
  const filled = rows.filter(({ answer }) => answer !== "");
  if (filled.length === 0) throw new Problem("data/answers-empty", { file, rows: rows.length });
  const here = new Set(version.items.id);
  const gone = new Set((version.excluded ?? []).map(({ id }) => id));
  const known = [...here, ...gone];
  const faults: Fault[] = [];
  const answers = filled.flatMap((row): Answer[] => {
    const found = here.has(row.item) || gone.has(row.item) ? row.item : resembling(row.item, known);
    const isGone = found !== undefined && gone.has(found);
    if (found === undefined) {
      faults.push({ code: "data/answers-item-unknown", row, values: { item: row.item } });
      return [];
    }
    const answer = answerOf(row.answer, { version, words, isGone });
    if ("code" in answer) {
      faults.push({ code: answer.code, row, values: { item: found, ...answer.values } });
      return [];
    }
    return [{ item: found, finding: row.finding, line: row.line, ...answer }];
  });
  faults.push(...contradictions(answers));
  refuse(faults, file);
  return { answers, open: rows.length - filled.length };
}

interface Fault {
  readonly code: Code;
  readonly row: { readonly line: number };
  readonly values: Evidence;
}

function refuse(faults: readonly Fault[], file: string): void {
  if (faults.length === 0) return;
  const [first] = [...faults].sort((a, b) => a.row.line - b.row.line);
  const count = faults.filter(({ code }) => code === first.code).length;
  throw new Problem(first.code, { file, line: first.row.line, count, ...first.values });
}

function rowsOf(
  { rows, lines }: Cells,
  { file, words }: { file: string; words: AnswerWords },
): Row[] {
  const [heads = [], ...body] = rows;
  const place = (column: keyof AnswerWords["columns"]) =>
    heads.findIndex((head) => words.columns[column].includes(plain(head)));
  const at = {
    finding: place("finding"),
    group: place("group"),
    item: place("item"),
    answer: place("answer"),
  };
  if (at.item < 0 || at.answer < 0) {
    const missing = (at.item < 0 ? words.columns.item : words.columns.answer)[0];
    throw new Problem("data/answers-column-missing", {
      file,
      column: missing,
      columns: heads.join(", ").slice(0, 200),
    });
  }
  return body.map((row, i) => {
    const group = restoreCell(row[at.group] ?? "");
    const finding = restoreCell(row[at.finding] ?? "");
    return {
      line: lines[i + 1],
      finding: kindOf(group) ?? finding,
      item: restoreCell(row[at.item] ?? "").normalize("NFC"),
      answer: restoreCell(row[at.answer] ?? "").trim(),
    };
  });
}

type Read =
  | { readonly do: "keep" | "remove" | "restore" }
  | { readonly do: "relabel"; readonly set: string; readonly class: string }
  | { readonly code: Code; readonly values: Evidence };

/** `keep`, `remove`, `relabel:CLASS` or `relabel:SET=CLASS`, in any of the languages. */
function answerOf(
  text: string,
  context: { version: DatasetVersion; words: AnswerWords; isGone: boolean },
): Read {
  const { words, isGone } = context;
  const [, head, rest] = /^([^:：]*)(?:[:：](.*))?$/su.exec(text) ?? [];
  const word = (Object.keys(words.answers) as AnswerWord[]).find((name) =>
    words.answers[name].includes(plain(head ?? "")),
  );
  const unreadable = { code: "data/answers-unreadable", values: { answer: text } } as const;
  if (word === undefined || (word === "relabel") !== (rest !== undefined)) return unreadable;
  if (word === "relabel") {
    if (isGone) return { code: "data/answers-item-gone", values: {} };
    return relabelOf((rest ?? "").trim(), context);
  }
  if (word === "restore" || isGone) {
    // Keeping what was taken out means to have it back; removing it again changes nothing.
    return isGone && word === "keep" ? { do: "restore" } : { do: word };
  }
  return { do: word };
}

function relabelOf(text: string, { version }: { version: DatasetVersion }): Read {
  const { labelSets } = version;
  const wanted = text.normalize("NFC");
  const named = labelSets.find(({ name }) => wanted.startsWith(`${name}=`));
  const label = named === undefined ? wanted : wanted.slice(named.name.length + 1).trim();
  const holding = (named ? [named] : labelSets).filter(({ classes }) => classes.includes(label));
  if (holding.length === 1) return { do: "relabel", set: holding[0].name, class: label };
  const sets = labelSets.map(({ name }) => name).join(", ");
  if (holding.length > 1) {
    const values = { class: label, set: holding[0].name, sets };
    return { code: "data/answers-set-unclear", values };
  }
  const classes = (named ?? labelSets.at(-1))?.classes ?? [];
  const shown = classes.slice(0, 8).join(", ") + (classes.length > 8 ? " …" : "");
  return { code: "data/answers-class-unknown", values: { class: label, sets, classes: shown } };
}

/** An item cannot go and stay, nor have two classes of one set. */
function contradictions(answers: readonly Answer[]): Fault[] {
  const before = new Map<string, Answer>();
  return answers.flatMap((answer) => {
    const keys =
      answer.do === "relabel"
        ? [`label\0${answer.set}\0${answer.item}`, `stay\0${answer.item}`]
        : [`stay\0${answer.item}`];
    return keys.flatMap((key): Fault[] => {
      const other = before.get(key);
      if (other === undefined) {
        before.set(key, answer);
        return [];
      }
      const isSame = key.startsWith("label") ? same(answer, other) : stays(answer) === stays(other);
      if (isSame) return [];
      const values = {
        item: answer.item,
        first: shown(other),
        firstLine: other.line,
        second: shown(answer),
      };
      return [{ code: "data/answers-contradict", row: answer, values }];
    });
  });
}

function stays({ do: what }: Answer): boolean {
  return what !== "remove";
}

function same(a: Answer, b: Answer): boolean {
  return a.do === "relabel" && b.do === "relabel" && a.class === b.class;
}

function shown(answer: Answer): string {
  return answer.do === "relabel" ? `relabel:${answer.class}` : answer.do;
}

/** A spreadsheet that saves in a narrow character set writes `?` for what it cannot. */
function resembling(item: string, ids: readonly string[]): string | undefined {
  if (!item.includes("?")) return undefined;
  const letters = [...item].map((letter) =>
    letter === "?" ? "[^\\u0000-\\u007f]{1,2}" : letter.replace(/[\\^$.*+()[\]{}|]/g, "\\$&"),
  );
  const pattern = new RegExp(`^${letters.join("")}$`, "u");
  const found = ids.filter((id) => pattern.test(id));
  return found.length === 1 ? found[0] : undefined;
}

/** The kind of finding that a group's id begins with, whatever the language of the list. */
function kindOf(group: string): string | undefined {
  return noticeCodes
    .filter((code) => code.startsWith("data/found-"))
    .map((code) => code.slice("data/found-".length))
    .find((kind) => group.startsWith(`${kind}-`));
}

/** Case, width and blanks at the ends do not matter. */
function plain(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}
