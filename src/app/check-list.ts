/** The findings of a check as a list that a person answers in a spreadsheet, and the list's words. */
import { writeCsv } from "../formats/csv/index.ts";
import type { DatasetVersion } from "../formats/documents/index.ts";
import type { AnswerWords, Finding, Suggestion } from "../learn/check/index.ts";
import { checkList, type Language, sentence, spellings } from "../words/index.ts";

/** One row an item, the weightiest finding first; then what was taken out, so that it can come back. */
export function findingsCsv(
  findings: readonly Finding[],
  document: DatasetVersion,
  language: Language,
): string {
  const say = (id: keyof typeof checkList) => checkList[id][language];
  const places = new Map(document.items.id.map((id, i) => [id, i]));
  const rows: string[][] = [
    (["finding", "group", "item", "split", "labels", "suggestion", "answer"] as const).map((name) =>
      say(`list/${name}`),
    ),
  ];
  for (const { kind, groups } of findings) {
    const name = sentence(`finding/${kind}`, {}, language);
    for (const group of groups) {
      for (const { id, suggestion } of group.items) {
        const at = places.get(id) ?? -1;
        const split = say(`list/${document.items.split[at]}`);
        const suggested = suggestionText(suggestion, document, language);
        rows.push([name, group.id, id, split, labelsText(document, at), suggested, ""]);
      }
    }
  }
  for (const { id, labels, reason } of document.excluded ?? []) {
    const shown = Object.entries(labels).map(([set, label]) => `${set}=${label}`);
    rows.push([say("list/excluded"), reason, id, "", shown.join("; "), "", ""]);
  }
  return writeCsv(rows);
}

export const answerWords: AnswerWords = {
  columns: {
    finding: spellings("list/finding"),
    group: spellings("list/group"),
    item: spellings("list/item"),
    answer: spellings("list/answer"),
  },
  answers: {
    keep: spellings("answer/keep"),
    remove: spellings("answer/remove"),
    restore: spellings("answer/restore"),
    relabel: spellings("answer/relabel"),
  },
};

/** As an answer would be written, so that it can be copied. */
function suggestionText(
  suggestion: Suggestion,
  { labelSets }: DatasetVersion,
  language: Language,
): string {
  switch (suggestion.do) {
    case "relabel": {
      const isAlone = labelSets.length === 1;
      const label = isAlone ? suggestion.class : `${suggestion.set}=${suggestion.class}`;
      return `${checkList["answer/relabel"][language]}:${label}`;
    }
    case "keep":
    case "remove":
      return checkList[`answer/${suggestion.do}`][language];
    case "look":
    case "collect":
      return checkList[`list/${suggestion.do}`][language];
    default:
      return suggestion satisfies never;
  }
}

/** `OK`, or `line=A; defect=scratch` where there are several sets. */
function labelsText({ labelSets }: DatasetVersion, at: number): string {
  return labelSets
    .flatMap(({ name, classes, codes }) => {
      if (!(codes[at] >= 0)) return [];
      return [labelSets.length === 1 ? classes[codes[at]] : `${name}=${classes[codes[at]]}`];
    })
    .join("; ");
}
