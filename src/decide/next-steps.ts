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
export function itemsNeeded({ items, gainLow, gainHigh }: Verdict["values"]): number {
  if (typeof items !== "number") return limits.evaluationItems;
  const width =
    typeof gainLow === "number" && typeof gainHigh === "number" ? gainHigh - gainLow : 0;
  const needed = Math.max(limits.evaluationItems, items * (width / limits.wideInterval) ** 2);
  return needed < 100 ? Math.ceil(needed / 10) * 10 : Math.ceil(needed / 100) * 100;
}

/** Seconds that a person takes to label one picture, from a plain choice to one of many. */
const labelling = { low: 4, high: 15 } as const;

/** Hours of a person's work that a step takes; machine time is not counted. */
export function personHours({ id, values }: Verdict): { low: number; high: number } | undefined {
  switch (id) {
    case "verdict/next-search":
      return { low: 0.25, high: 0.5 };
    case "verdict/next-longer":
    case "verdict/next-more-pixels":
    case "verdict/next-against-collapse":
      return { low: 0.1, high: 0.25 };
    case "verdict/next-use-simple":
      return { low: 2, high: 8 };
    case "verdict/next-more-pictures":
      return { low: 0.5, high: 2 };
    case "verdict/next-check-labels":
      return { low: 0.5, high: 1 };
    case "verdict/next-attach-labels":
      return labellingHours(limits.labelsToStart);
    case "verdict/next-more-evaluation":
      return typeof values.items === "number" ? labellingHours(values.items) : undefined;
    default:
      return undefined;
  }
}

function labellingHours(items: number) {
  const hours = (seconds: number) => Math.max(0.1, Math.round((items * seconds) / 360) / 10);
  return { low: hours(labelling.low), high: hours(labelling.high) };
}
