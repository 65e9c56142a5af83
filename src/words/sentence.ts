/** From a sentence's id and its values to text: ICU MessageFormat, with numbers by locale. */

import { IntlMessageFormat } from "intl-messageformat";
import type { Evidence } from "../base/index.ts";
import type { Language, Wording } from "./language.ts";
import { type SentenceId, sentences } from "./sentences.ts";

const compiled = new Map<string, IntlMessageFormat>();

/**
 * The sentence with its values put in. Values are text, never parsed. It does not throw: a value
 * that is missing leaves the pattern readable, so that an error report never hides its error.
 */
export function sentence(id: SentenceId, values: Evidence, language: Language): string {
  return format(sentences[id], values, language);
}

/** As `sentence`, for an id that comes from a file and may be of another version. */
export function sentenceOrId(id: string, values: Evidence, language: Language): string {
  return isSentenceId(id) ? sentence(id, values, language) : `[${id}] ${JSON.stringify(values)}`;
}

export function isSentenceId(id: string): id is SentenceId {
  return Object.hasOwn(sentences, id);
}

/** The text of a wording that is not in the common table. */
export function format(wording: Wording, values: Evidence, language: Language): string {
  const pattern = wording[language];
  try {
    const text = message(pattern, language).format({ ...values });
    return typeof text === "string" ? text : String(text);
  } catch {
    return pattern.replace(/\{(\w+)[^{}]*\}/g, (found, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : found,
    );
  }
}

function message(pattern: string, language: Language): IntlMessageFormat {
  const key = `${language}:${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = new IntlMessageFormat(pattern, language, undefined, { ignoreTag: true });
  compiled.set(key, made);
  return made;
}
