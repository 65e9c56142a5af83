/** One training step as a subject of benches: who can take it, from which weights, to which loss. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Json } from "../../src/base/index.ts";
import { type Asked, type Check, type Child, Stop, spreadOf, startOurs } from "../harness/index.ts";
import { type Mode, startMode } from "./modes.ts";

export interface Subject {
  readonly network: string;
  readonly views: number;
  readonly size: number;
  readonly threads: number;
  /** Of PyTorch, where a contestant runs on it. */
  readonly device: string;
  readonly executor: string | undefined;
}

/** Weights and views of a subject in files, while it lasts. */
export interface Exported extends Disposable {
  readonly folder: string;
}

export async function exportSubject({ network, views, size }: Subject): Promise<Exported> {
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  await using child = await startOurs("step", { name: "export" });
  await child.ask("export", { network, views, size, folder }, z.null());
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A contestant that has taken its first steps. */
export interface Stepping {
  readonly child: Child;
  readonly losses: readonly number[];
  readonly description?: Json;
}

const warmUp = 3;
/** Seconds for compiling and the first steps: enough for whoever is to win anything. */
export const usualPatience = 180;
const prepared = z.object({ losses: z.array(z.number()), description: z.json().optional() });
const timed = z.object({ seconds: z.array(z.number()) });
const remembered = z.object({ bytes: z.number() });

export async function stepOurs({ network, views, size, threads, device, executor }: Subject) {
  const child = await startOurs("step", { name: "ours" });
  return await prepare(child, { network, views, size, threads, device, executor, losses: warmUp });
}

export async function stepPeer(
  { network, threads, device }: Subject,
  mode: Mode,
  { folder, patience }: { readonly folder: string; readonly patience?: number },
) {
  const { compiled, channelsLast: channels_last, bf16, tf32 } = mode;
  const chosen = { compiled, channels_last, bf16, tf32 };
  const asked = { network, folder, threads, device, ...chosen, losses: warmUp };
  return await prepare(await startMode("step", mode), asked, patience);
}

/**
 * Starts peers by their modes. Who takes longer than the patience is given up, and is not tried with
 * another allocator.
 */
export function peersOf(
  subject: Subject,
  how: { readonly folder: string; readonly patience: number },
): (mode: Mode) => Promise<Stepping> {
  const givenUp = new Set<string>();
  return async (mode) => {
    if (mode.without !== undefined && givenUp.has(mode.without)) {
      throw new Stop("given-up", "it was given up without tcmalloc, too.");
    }
    try {
      return await stepPeer(subject, mode, how);
    } catch (cause) {
      if (cause instanceof Stop && cause.reason === "given-up") givenUp.add(mode.name);
      throw cause;
    }
  };
}

/** Leaves no child behind where preparing fails. */
async function prepare(child: Child, asked: Asked, seconds?: number): Promise<Stepping> {
  try {
    const limit = seconds === undefined ? undefined : { seconds };
    const found = await child.ask("prepare", asked, prepared, limit);
    const { losses, description } = found;
    return { child, losses, ...(description !== undefined && { description }) };
  } catch (cause) {
    await child.close();
    throw cause;
  }
}

/** The executor, its library and how it was opened. */
export function describeOurs({ description }: Stepping): string {
  return `ours: ${JSON.stringify(description)}`;
}

/** Views per second, by the median of some steps. */
export async function rateOf(child: Child, { views }: Subject, repeat: number): Promise<number> {
  const { seconds } = await child.ask("run", { repeat }, timed);
  return views / spreadOf(seconds).median;
}

export async function peakMemoryOf(child: Child): Promise<number> {
  return (await child.ask("memory", {}, remembered)).bytes;
}

/**
 * Losses of the first steps, from the same weights and views: gradients and updates are right or they
 * differ from the second on. bfloat16 has 8 bits of significand, on whichever side it is used.
 */
export function checkLosses(our: Stepping, peer: Stepping, { bf16, tf32 }: Mode): Check {
  const ours = our.losses;
  const apart = ours.map((loss, i) => Math.abs(loss - peer.losses[i]) / Math.abs(loss));
  const check = {
    name: `losses of ${ours.length} steps, ours and ${peer.child.name}, relative`,
    found: Math.max(...apart),
    limit: bf16 || tf32 || mayRound(our) ? 1e-2 : 1e-3,
  };
  if (check.found <= check.limit) return check;
  throw new Stop(
    "wrong-answer",
    `${check.name}: ${check.found}, more than ${check.limit}. Ours ${ours.join(", ")}, theirs ${peer.losses.join(", ")}.`,
  );
}

/** Unless float32 was asked for, ours may have measured that bf16 is faster here. */
function mayRound({ description }: Stepping): boolean {
  const named = typeof description === "object" && description !== null;
  return named && "precision" in description && description.precision !== "f32";
}
