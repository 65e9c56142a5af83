/** A notice as the line a person reads. */
import type { Event } from "../../base/index.ts";
import { type Language, sentence } from "../../words/index.ts";

export function noticeText(
  { level, code, values }: Extract<Event, { type: "notice" }>,
  language: Language,
): string {
  const text = sentence(code, values, language);
  return level === "warning" ? sentence("cli/warning", { text }, language) : text;
}
