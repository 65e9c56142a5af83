/** Doorway of `words`. */
export { type Language, languageOf, languages, type Wording } from "./language.ts";
export { notices } from "./notices.ts";
export { phases } from "./phases.ts";
export { problems } from "./problems.ts";
export { report as reportWords } from "./report.ts";
export { format, isSentenceId, sentence, sentenceOrId } from "./sentence.ts";
export { type SentenceId, sentences } from "./sentences.ts";
export { type Term, type TermId, terms } from "./terms.ts";
export { type VerdictId, verdicts } from "./verdicts.ts";
