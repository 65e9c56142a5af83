/** The languages a person can read Tanafuda in, and one sentence in each of them. */

export const languages = ["en", "ja"] as const;

export type Language = (typeof languages)[number];

/** One sentence as ICU MessageFormat in every language, with the same placeholders in each. */
export type Wording = Readonly<Record<Language, string>>;

/** `en_GB.UTF-8`, `ja-JP` and the like → a language; English where nothing else fits. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith("ja") ? "ja" : "en";
}
