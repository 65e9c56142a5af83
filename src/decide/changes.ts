/** What would change the verdict: how far it is from turning, and what mistakes cost at a volume. */
import type { DailyCost } from "./cost.ts";
import { limits } from "./limits.ts";
import { itemsNeeded } from "./next-steps.ts";
import type { Verdict, VerdictCode } from "./verdict.ts";

export interface ChangeFacts {
  readonly cost?: DailyCost;
  /** Defects judged, and the upper end of the share missed. */
  readonly missed?: { readonly of: number; readonly high: number };
}

/** Nearest first. */
export function wouldChange(headline: Verdict, { cost, missed }: ChangeFacts = {}): Verdict[] {
  return [...byNumbers(headline), ...bySureness(missed), ...byMoney(cost)];
}

function byNumbers({ id, values }: Verdict): Verdict[] {
  const { gainLow: low, gainHigh: high } = values;
  switch (id) {
    case "verdict/works":
      return typeof low === "number" ? [say("verdict/change-gain-gone", { low })] : [];
    case "verdict/failed-no-gain":
    case "verdict/failed-harmed":
    case "verdict/failed-chance":
    case "verdict/partly-small-gain":
      if (typeof low !== "number" || typeof high !== "number") return [];
      return [say("verdict/change-gain-needed", { low, high, needed: limits.usefulGain })];
    case "verdict/failed-simple-better":
    case "verdict/partly-simple-as-good":
      return [say("verdict/change-simple", values)];
    case "verdict/unknown-few":
    case "verdict/unknown-wide":
      return [say("verdict/change-more-evaluation", { items: itemsNeeded(values) })];
    case "verdict/unlabelled":
    case "verdict/unlabelled-no-gain":
      return [say("verdict/change-labels", { items: limits.labelsToStart })];
    default:
      return [];
  }
}

/** The rule of three: no miss among n shows a rate below 3 / n (Hanley, Lippman-Hand 1983). */
function bySureness(missed: ChangeFacts["missed"]): Verdict[] {
  if (!missed || missed.high <= 0.01) return [];
  return [say("verdict/change-sure-missed", { ...missed, needed: 300 })];
}

function byMoney(cost: DailyCost | undefined): Verdict[] {
  if (!cost) return [];
  const { volume, yen, yenWithout, breakEven } = cost;
  if (yen && yenWithout !== undefined) {
    const values = { volume, yen: Math.round(yen.value), without: Math.round(yenWithout) };
    return [say("verdict/change-yen", values)];
  }
  if (breakEven === undefined) return [];
  return [say("verdict/change-break-even", { volume, ratio: breakEven })];
}

function say(id: VerdictCode, values: Verdict["values"]): Verdict {
  return { id, values };
}
