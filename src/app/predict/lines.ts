/** Predictions as lines of a CSV that a spreadsheet opens, or of JSON. */
import { writeCsv } from "../../formats/csv/index.ts";
import { type Language, sentenceOrId } from "../../words/index.ts";
import type { Prediction, Unread } from "./options.ts";

const columns = [
  "path",
  "label",
  "probability",
  "set",
  "answer",
  "unlike",
  "alarm",
  "nearest",
  "nearest_label",
  "state",
  "why",
] as const;

/** The first line, with the mark that tells spreadsheets of UTF-8. */
export const csvHead: string = writeCsv([columns]);

export function csvLine(prediction: Prediction): string {
  const { path, label, probability, set, answer = "", unlike, alarm, nearest } = prediction;
  const [first] = nearest;
  const cells = [
    path,
    label,
    probability.toFixed(4),
    set === undefined ? "" : set.join("|"),
    answer,
    yesNo(unlike?.is),
    yesNo(alarm),
    first?.path ?? "",
    first?.label ?? "",
    "predicted",
    "",
  ];
  return withoutMark(writeCsv([cells]));
}

/** A file without an answer has its line too, and says why. */
export function unreadLine({ path, code, values }: Unread, language: Language): string {
  const blank = columns.slice(1, -2).map(() => "");
  const why = sentenceOrId(code, values, language);
  return withoutMark(writeCsv([[path, ...blank, "unread", why]]));
}

export function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}

function yesNo(value: boolean | undefined): string {
  if (value === undefined) return "";
  return value ? "yes" : "no";
}
