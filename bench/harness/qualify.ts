/** Every peer once, so that only the best go on into the long race. */
import type { Check } from "./report.ts";
import { Stop, type StopReason } from "./stop.ts";

/** One attempt: the rate or the cost, and that the answer was right. */
export interface Attempt {
  readonly value: number;
  readonly check: Check;
}

export type Tried<Peer, Found extends Attempt> = Found & { readonly peer: Peer };

export interface Qualified<Peer, Found extends Attempt> {
  /** Best first. */
  readonly tried: readonly Tried<Peer, Found>[];
  readonly notes: readonly string[];
}

const passedOver = new Set<StopReason>(["child-died", "given-up"]);

/** A peer that this machine cannot run, or not within the time that it is given, is told with its reason; a wrong answer ends the bench. */
export async function qualify<Peer extends { readonly name: string }, Found extends Attempt>(
  peers: readonly Peer[],
  { better, unit }: { readonly better: "higher" | "lower"; readonly unit: string },
  attempt: (peer: Peer) => Promise<Found>,
): Promise<Qualified<Peer, Found>> {
  const tried: Tried<Peer, Found>[] = [];
  const failed: string[] = [];
  for (const peer of peers) {
    try {
      tried.push({ ...(await attempt(peer)), peer });
    } catch (cause) {
      if (!(cause instanceof Stop) || !passedOver.has(cause.reason)) throw cause;
      failed.push(`could not be run: ${peer.name}: ${cause.message.slice(0, 400)}`);
    }
  }
  if (tried.length === 0) throw new Stop("child-died", failed.join("\n"));
  const sign = better === "higher" ? -1 : 1;
  tried.sort((a, b) => sign * (a.value - b.value));
  const list = tried.map(({ peer, value }) => `${peer.name} ${Number(value.toPrecision(3))}`);
  return { tried, notes: [`each once, ${unit}: ${list.join(", ")}`, ...failed] };
}

/** The check that was nearest to failing for each limit, so that a table stays short. */
export function worstChecks(tried: readonly Attempt[]): Check[] {
  const worst = new Map<number, Check>();
  for (const { check } of tried) {
    const known = worst.get(check.limit);
    if (!known || check.found > known.found) worst.set(check.limit, check);
  }
  return [...worst.values()];
}
