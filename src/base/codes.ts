/** Every problem and notice code there is. The compiler asks `words` for a sentence for each. */
import type { ExitKind } from "./problem.ts";

/** Problem codes → the kind that decides the exit code. Sections by room, names by what was found. */
export const codes = {
  "internal/defect": "internal",
  "usage/unknown-option": "usage",
} as const satisfies Record<string, ExitKind>;

export type Code = keyof typeof codes;

/** Notices (info and warnings) that travel in events and never stop anything. */
export const noticeCodes = ["data/items-set-aside"] as const;

export type NoticeCode = (typeof noticeCodes)[number];
