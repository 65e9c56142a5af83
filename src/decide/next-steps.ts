/** What to do next, most useful first, from the headline and a few facts. */
import { limits } from "./limits.ts";
import type { Verdict, VerdictCode } from "./verdict.ts";

export interface Situation {
  readonly trainingPictures: number;
  /** The NCC curve was still rising at the end. */
  readonly stillRising: boolean;
}

export function nextSteps(headline: Verdict, situation: Situation): Verdict[] {
  const { trainingPictures, stillRising } = situation;
  const few = trainingPictures < limits.fewPictures;
  return [
    ...first[headline.outcome ?? "unknown"](headline),
    ...(stillRising && headline.id !== "verdict/failed-collapsed"
      ? (["verdict/next-longer"] as const)
      : []),
    ...(few ? (["verdict/next-more-pictures"] as const) : []),
  ].map((id) => ({ id, values: valuesOf(id, headline, trainingPictures) }));
}

const first: Record<NonNullable<Verdict["outcome"]>, (headline: Verdict) => VerdictCode[]> = {
  works: () => ["verdict/next-search"],
  partly: ({ id }) =>
    id === "verdict/partly-simple-as-good" ? ["verdict/next-use-simple"] : ["verdict/next-search"],
  failed: ({ id }) => {
    if (id === "verdict/failed-collapsed") return ["verdict/next-against-collapse"];
    if (id === "verdict/failed-simple-better") return ["verdict/next-use-simple"];
    return ["verdict/next-check-labels"];
  },
  unknown: () => ["verdict/next-more-evaluation"],
  unlabelled: () => ["verdict/next-attach-labels"],
};

function valuesOf(id: VerdictCode, headline: Verdict, pictures: number): Verdict["values"] {
  if (id === "verdict/next-more-pictures") return { pictures };
  if (id === "verdict/next-more-evaluation") return { items: itemsNeeded(headline.values) };
  return {};
}

/** Interval width falls with the square root of the count: as many as make it `wideInterval`. */
function itemsNeeded({ items, gainLow, gainHigh }: Verdict["values"]): number {
  if (typeof items !== "number") return limits.evaluationItems;
  const width =
    typeof gainLow === "number" && typeof gainHigh === "number" ? gainHigh - gainLow : 0;
  const needed = Math.max(limits.evaluationItems, items * (width / limits.wideInterval) ** 2);
  return needed < 100 ? Math.ceil(needed / 10) * 10 : Math.ceil(needed / 100) * 100;
}
