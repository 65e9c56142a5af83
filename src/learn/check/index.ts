/** Doorway of checks: what is doubtful about a dataset before anything is trained on it. */
export {
  type Answer,
  type AnswerList,
  type AnswerWord,
  type AnswerWords,
  readAnswers,
} from "./answers.ts";
export { type Applied, applyAnswers } from "./apply-answers.ts";
export { type CheckOptions, check } from "./check.ts";
export { doubtfulLabels, type Features } from "./doubtful-labels.ts";
export type { Finding, FindingGroup, FoundItem, Suggestion } from "./finding.ts";
export { openLookFeatures } from "./look-features.ts";
