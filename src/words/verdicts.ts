/** The sentences that `decide` chooses by rules: the headline, findings and what to do next. */
import type { Wording } from "./language.ts";

export const verdicts = {} as const satisfies Record<`verdict/${string}`, Wording>;

export type VerdictId = keyof typeof verdicts;
