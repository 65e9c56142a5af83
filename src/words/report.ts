/** Headings, labels and explanations of the report. */
import type { Wording } from "./language.ts";

export const report = {} as const satisfies Record<`report/${string}`, Wording>;
