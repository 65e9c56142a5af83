/** Doorway of `decide`. */
export { type DailyCost, type DailyRates, dailyCost, type Rate, type Volume } from "./cost.ts";
export { type FindingNumbers, findings } from "./findings.ts";
export { headline, headlineSoFar, type PilotNumbers } from "./headline.ts";
export { limits } from "./limits.ts";
export { nextSteps, type Situation } from "./next-steps.ts";
export type { Estimate, Outcome, Verdict, VerdictCode } from "./verdict.ts";
