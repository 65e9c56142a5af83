/**
 * What a step of ResNet-18 costs as its batch, its pictures and its threads grow, beside PyTorch in
 * one mode: three plots, with their numbers as JSON beside them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { availableMemory } from "../../src/app/available-memory.ts";
import {
  type BenchOptions,
  type BenchReport,
  type Machine,
  race,
  readMachine,
  requirePeer,
  type Standing,
} from "../harness/index.ts";
import type { Mode } from "../steps/modes.ts";
import {
  exportSubject,
  peakMemoryOf,
  rateOf,
  type Subject,
  stepOurs,
  stepPeer,
} from "../steps/subject.ts";
import { drawPlot } from "./plot.ts";

const network = "resnet-18";
/** Of PyTorch's modes without compiling the one that does best on most machines. */
const mode: Mode = {
  name: "f32 channels_last",
  compiled: false,
  channelsLast: true,
  bf16: false,
  tf32: false,
};
/** The share of free memory that a point may take. */
const reserve = 0.8;
const colours = { ours: "#0b6e4f", peer: "#8a5a00" };

interface Sweep {
  readonly name: string;
  readonly title: string;
  /** What stays the same, given the views of a step where they are not what grows. */
  readonly fixed: (views: number) => string;
  readonly views: number;
  readonly x: string;
  readonly values: readonly number[];
  readonly subject: (
    value: number,
    views: number,
  ) => Pick<Subject, "views" | "size"> & { readonly threads?: number };
}

const threadCounts = Array.from({ length: availableParallelism() }, (_, i) => i + 1).filter(
  (count) => Number.isInteger(Math.log2(count)),
);

const sweeps: readonly Sweep[] = [
  {
    name: "batch",
    title: "Cost of a step by batch",
    fixed: () => "views of 32²",
    views: 256,
    x: "views in a step",
    values: [64, 128, 256, 512, 1024],
    subject: (views) => ({ views, size: 32 }),
  },
  {
    name: "size",
    title: "Cost of a step by size of picture",
    fixed: (views) => `${views} views`,
    views: 16,
    x: "side of a view in pixels",
    values: [32, 48, 64, 96, 128, 160, 224],
    subject: (size, views) => ({ views, size }),
  },
  {
    name: "threads",
    title: "Cost of a step by threads",
    fixed: (views) => `${views} views of 32²`,
    views: 256,
    x: "threads",
    values: threadCounts,
    subject: (threads, views) => ({ views, size: 32, threads }),
  },
];

export async function scaling(options: BenchOptions): Promise<BenchReport> {
  const { rest, views, out = join("docs", "benchmarks") } = options;
  const machine = readMachine();
  await requirePeer("step");
  mkdirSync(out, { recursive: true });
  const races: Standing[] = [];
  const notes = [`plots and their numbers are in ${out}`];
  let versions: Readonly<Record<string, string>> = {};
  for (const chosen of sweeps.filter(({ name }) => rest.length === 0 || rest.includes(name))) {
    const sweep = { ...chosen, views: views ?? chosen.views };
    const found: { readonly x: number; readonly standing: Standing }[] = [];
    let taken = { bytes: 0, pixels: 1 };
    for (const x of sweep.values) {
      const pixels = pixelsOf(sweep, x);
      // What the last point took grows with its pixels: the machine must not run out of memory.
      const need = (taken.bytes * pixels) / taken.pixels;
      if (need > reserve * availableMemory()) {
        notes.push(`${sweep.name} ${x} and beyond: about ${gigabytes(need)} GB would be needed`);
        break;
      }
      const at = await measure(sweep, x, options);
      taken = { bytes: at.bytes, pixels };
      found.push({ x, standing: at.standing });
      versions = { ...versions, ...at.versions };
      races.push(at.standing);
      // After each point: the next one may be what the machine cannot bear.
      writePlot(out, sweep, found, { machine, versions });
    }
  }
  return {
    bench: "scaling",
    machine,
    versions,
    checks: [],
    races,
    notes,
  };
}

async function measure(
  { name, subject, fixed, views }: Sweep,
  x: number,
  { threads, executor, rounds = 3, repeat = 2 }: BenchOptions,
): Promise<{ standing: Standing; versions: Readonly<Record<string, string>>; bytes: number }> {
  const whole: Subject = { network, threads, device: "cpu", executor, ...subject(x, views) };
  using files = await exportSubject(whole);
  await using ours = (await stepOurs(whole)).child;
  await using peer = (await stepPeer(whole, mode, files)).child;
  const standing = await race({
    name: `${name} ${x}`,
    work: `SimCLR step of ResNet-18, ${fixed(views)}`,
    unit: "ms/view",
    better: "lower",
    rounds,
    contestants: [ours, peer].map((child) => ({
      name: child.name,
      ours: child === ours,
      measure: async () => 1000 / (await rateOf(child, whole, repeat)),
    })),
  });
  const bytes = (await peakMemoryOf(ours)) + (await peakMemoryOf(peer));
  return { standing, versions: { ...ours.versions, ...peer.versions }, bytes };
}

function pixelsOf({ subject, views: usual }: Sweep, x: number): number {
  const { views, size } = subject(x, usual);
  return views * size ** 2;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

function writePlot(
  folder: string,
  { name, title, fixed, views, x }: Sweep,
  found: readonly { readonly x: number; readonly standing: Standing }[],
  by: { readonly machine: Machine; readonly versions: Readonly<Record<string, string>> },
): void {
  const series = [true, false].map((ours) => ({
    name: ours ? "ours" : `PyTorch ${mode.name}`,
    colour: ours ? colours.ours : colours.peer,
    points: found.map(({ x, standing }) => {
      const row = standing.rows.find((one) => one.ours === ours);
      if (!row) throw new RangeError("a contestant is missing");
      const { median, min, max } = row.spread;
      return { x, y: median, low: min, high: max };
    }),
  }));
  const subtitle = `SimCLR, ResNet-18 (CIFAR stem), ${fixed(views)}; ${by.machine.cpu}`;
  const svg = drawPlot({ title, subtitle, x, y: "ms per view", series });
  writeFileSync(join(folder, `scaling-${name}.svg`), svg);
  const numbers = { title, x, unit: "ms per view", ...by, series };
  writeFileSync(join(folder, `scaling-${name}.json`), `${JSON.stringify(numbers, null, 2)}\n`);
}
