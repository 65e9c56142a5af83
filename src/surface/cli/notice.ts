/** A notice as the line a person reads. */
import type { Event, Evidence } from "../../base/index.ts";
import { type Language, sentence } from "../../words/index.ts";
import { oneLine } from "./table.ts";

export function noticeText(
  { level, code, values }: Extract<Event, { type: "notice" }>,
  language: Language,
): string {
  const text = sentence(code, harmless(values), language);
  return level === "warning" ? sentence("cli/warning", { text }, language) : text;
}

/** Names of files may hold line breaks and control characters; a terminal must not obey them. */
export function harmless(values: Evidence): Evidence {
  const entries = Object.entries(values);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "string" ? oneLine(value) : value]),
  );
}
