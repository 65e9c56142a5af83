/** Doorway of `decide`. */
export { type FindingNumbers, findings } from "./findings.ts";
export { headline, type PilotNumbers } from "./headline.ts";
export { limits } from "./limits.ts";
export { nextSteps, type Situation } from "./next-steps.ts";
export type { Estimate, Outcome, Verdict, VerdictCode } from "./verdict.ts";
