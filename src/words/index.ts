/** Doorway of `words`. */

export { checkList, spellings } from "./check-list.ts";
export { type Language, languageOf, languages, type Wording } from "./language.ts";
export { notices } from "./notices.ts";
export { phases } from "./phases.ts";
export { problems } from "./problems.ts";
export { isSentenceId, sentence, sentenceOrId } from "./sentence.ts";
export { type SentenceId, sentences } from "./sentences.ts";
export { type Term, type TermId, terms } from "./terms.ts";
export type { VerdictId } from "./verdicts.ts";
