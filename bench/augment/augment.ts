/** Two SimCLR views of a picture on one core beside lightly and torchvision, and what they cost a step. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import {
  type BenchOptions,
  type BenchReport,
  type Check,
  type Child,
  type Contestant,
  race,
  readMachine,
  requirePeer,
  type Standing,
  Stop,
  spreadOf,
  startOurs,
  startPeer,
} from "../harness/index.ts";
import { writeSquares } from "./pictures.ts";
import { type Look, lookSchema } from "./statistics.ts";

const cases = [
  { side: 32, size: 32, target: 10 },
  { side: 96, size: 96, target: 5 },
  { side: 128, size: 96, target: 5 },
] as const;
const count = 256;
const peers = [
  { by: "lightly", name: "lightly (PIL)" },
  { by: "torchvision", name: "torchvision v2 (tensors)" },
] as const;
/** Sampling alone moves these by a hundredth; the rest is what is documented as deviation. */
const limits: Readonly<Record<keyof Look, number>> = { mean: 0.1, deviation: 0.1, detail: 0.05 };
/** Ours is done so soon that one interruption would be a whole measurement. */
const oursTimes = 10;
/** Steps before end to end is timed: training takes hundreds. */
const warmUp = 8;
const anything = z.object({});
const timed = z.object({ seconds: z.array(z.number()) });

export async function augmentBench({
  executor,
  threads,
  rounds = 7,
  repeat = 3,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("augment");
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  const races: Standing[] = [];
  const checks: Check[] = [];
  const children: Child[] = [await startOurs("augment", { name: "ours" })];
  for (const { name } of peers) children.push(await startPeer("augment", { name }));
  const [ours, ...others] = children;
  try {
    for (const { side, size, target } of cases) {
      const file = join(folder, `${side}.bin`);
      await writeSquares(file, side, count);
      await ours.ask("prepare", { file, side }, anything);
      const expected = await ours.ask("look", { size }, lookSchema);
      for (const [i, { by, name }] of peers.entries()) {
        await others[i].ask("prepare", { file, side, size, by }, anything);
        const found = await others[i].ask("look", { size }, lookSchema);
        for (const key of Object.keys(limits) as (keyof Look)[]) {
          const check = {
            name: `${side}² → ${size}², ${key} of views, ours and ${name}`,
            found: Math.abs(found[key] - expected[key]),
            limit: limits[key],
          };
          if (check.found > check.limit) {
            throw new Stop("wrong-answer", `${check.name} differ by ${check.found}.`);
          }
          checks.push(check);
        }
      }
      const contestants = children.map((child, i): Contestant => {
        const measure = async () => {
          const times = i === 0 ? oursTimes * repeat : repeat;
          const { seconds } = await child.ask("views", { size, repeat: times }, timed);
          return (2 * count) / spreadOf(seconds).median;
        };
        return { name: child.name, ours: i === 0, measure };
      });
      const work = `two SimCLR views of ${side}² pictures at ${size}², one core`;
      const name = `${side}² → ${size}²`;
      races.push(
        await race({ name, work, unit: "views/s", better: "higher", target, rounds, contestants }),
      );
    }
    races.push(await stepRace(ours, { folder, executor, threads, rounds, repeat }));
    const versions = Object.assign({}, ...children.map((child) => child.versions));
    return { bench: "augment", machine, versions, checks, races, notes: [] };
  } finally {
    for (const child of children) await child.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface StepOptions extends Required<Pick<BenchOptions, "threads" | "executor">> {
  readonly folder: string;
  readonly rounds: number;
  readonly repeat: number;
}

/** The same compiled step, with views made for it and with one batch that was made before. */
async function stepRace(ours: Child, options: StepOptions): Promise<Standing> {
  const { folder, executor, threads, rounds, repeat } = options;
  const network = "res-2-64";
  const file = join(folder, "32.bin");
  await ours.ask("train", { file, side: 32, network, executor, threads }, anything);
  // A thread that was started for this training compiles what it runs in its first steps.
  await ours.ask("made", { repeat: warmUp }, timed);
  await ours.ask("given", { repeat: 2 }, timed);
  const contestant = (name: string, ask: string): Contestant => ({
    name,
    ours: ask === "made",
    async measure() {
      const { seconds } = await ours.ask(ask, { repeat }, timed);
      return (2 * count) / spreadOf(seconds).median;
    },
  });
  return await race({
    name: "end to end",
    work: `SimCLR steps of ${network}, batch ${count}, ${threads} threads`,
    unit: "views/s",
    better: "higher",
    target: 0.95,
    rounds,
    contestants: [contestant("views made in training", "made"), contestant("made before", "given")],
  });
}
