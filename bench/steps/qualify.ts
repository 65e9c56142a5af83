/** Every mode of a peer once, so that only the best go on into the long race. */
import { type Check, Stop } from "../harness/index.ts";
import type { Mode, Modes } from "./modes.ts";

export interface Tried {
  readonly mode: Mode;
  readonly value: number;
  readonly check: Check;
}

export interface Qualified {
  /** Best first. */
  readonly tried: readonly Tried[];
  readonly notes: readonly string[];
}

/** A mode that this machine cannot run is told with its reason; a wrong answer ends the bench. */
export async function qualify(
  { modes, notes }: Modes,
  { better, unit, scale = 1 }: { better: "higher" | "lower"; unit: string; scale?: number },
  attempt: (mode: Mode) => Promise<Omit<Tried, "mode">>,
): Promise<Qualified> {
  const tried: Tried[] = [];
  const failed: string[] = [];
  for (const mode of modes) {
    try {
      tried.push({ mode, ...(await attempt(mode)) });
    } catch (cause) {
      if (!(cause instanceof Stop) || cause.reason !== "child-died") throw cause;
      failed.push(`could not be run: ${mode.name}: ${cause.message.slice(0, 400)}`);
    }
  }
  if (tried.length === 0) throw new Stop("child-died", failed.join("\n"));
  const sign = better === "higher" ? -1 : 1;
  tried.sort((a, b) => sign * (a.value - b.value));
  const list = tried.map(
    ({ mode, value }) => `${mode.name} ${Number((value * scale).toPrecision(3))}`,
  );
  return {
    tried,
    notes: [`each mode once, ${unit}: ${list.join(", ")}`, ...notes, ...failed],
  };
}

/** The check that was nearest to failing in each kind, so that a table stays short. */
export function worstChecks(tried: readonly Tried[]): Check[] {
  const worst = new Map<number, Check>();
  for (const { check } of tried) {
    const known = worst.get(check.limit);
    if (!known || check.found > known.found) worst.set(check.limit, check);
  }
  return [...worst.values()];
}
