/**
 * Views beside torchvision's and lightly's on CIFAR-100: single operations with equal amounts, pixel by
 * pixel, then what many drawn views are like. Nothing is timed.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { asJson, fork, keyFromSeed } from "../../src/base/index.ts";
import {
  applyView,
  type ColourStep,
  drawView,
  type Recipe,
  simclrRecipe,
  type ViewDraw,
  vicregRecipe,
} from "../../src/learn/augment/index.ts";
import type { Pictures } from "../../src/learn/train/index.ts";
import {
  type BenchReport,
  type Child,
  readMachine,
  requirePeer,
  startPeer,
} from "../harness/index.ts";
import { readSubject } from "../parity/subject.ts";

const side = 32;
const counts = { operations: 300, views: 2000, draws: 6 } as const;
const normalize = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;
const recipes = {
  simclr: simclrRecipe({ size: side, normalize }).views[0],
  vicreg: vicregRecipe({ size: side, normalize }).views[0],
} as const;

const difference = z.object({ mean: z.number(), size: z.number(), most: z.number() });
const differences = z.object({ bytes: difference, floats: difference });
const row = z.object({
  name: z.string(),
  ours: z.number(),
  theirs: z.number(),
  error: z.number(),
});
const compared = z.object({ rows: z.array(row) });

export async function viewsBench(): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("views");
  const { train } = readSubject();
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  const peer = await startPeer("views", { name: "lightly and torchvision" });
  try {
    const task = { folder, peer, pictures: train };
    const operations = await singleOperations(task);
    const looks = [
      { method: "simclr", rows: await likeness(task, "simclr") },
      { method: "vicreg", rows: await likeness(task, "vicreg") },
    ];
    const notes = [
      "levels of 255, ours minus torchvision's on bytes (mean, mean size) and on floats (mean size, most)",
      ...operations.map(({ name, bytes, floats }) =>
        [name.padEnd(30), bytes.mean, bytes.size, floats.size, floats.most].map(short).join(" "),
      ),
      ...looks.flatMap(({ method, rows }) => [
        `${method}: ours, lightly's, difference in its standard errors`,
        ...rows.map(({ name, ours, theirs, error }) =>
          [name.padEnd(30), ours, theirs, (ours - theirs) / error].map(short).join(" "),
        ),
      ]),
    ];
    const { versions } = peer;
    return {
      bench: "views",
      machine,
      versions,
      checks: [],
      races: [],
      notes,
      more: asJson({ operations, looks }),
    };
  } finally {
    await peer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Task {
  readonly folder: string;
  readonly peer: Child;
  readonly pictures: Pictures;
}

/** The jitter's operations alone at their ends, a pair of which the first clips, and whole jitters. */
async function singleOperations({ folder, peer, pictures }: Task) {
  const whole = { top: 0, left: 0, height: side, width: side };
  const upright = { flip: false, verticalFlip: false, turns: 0 } as const;
  const bare = { colour: [], grayscale: false, blur: 0, solarize: false } as const;
  const plain: ViewDraw = { crop: whole, ...upright, ...bare };
  const ends: readonly ColourStep[] = [
    ...[0.6, 1.4].map((amount) => ({ kind: "brightness", amount }) as const),
    ...[0.6, 1.4].map((amount) => ({ kind: "contrast", amount }) as const),
    ...[0.6, 1.4].map((amount) => ({ kind: "saturation", amount }) as const),
    ...[-0.1, 0.1].map((amount) => ({ kind: "hue", amount }) as const),
  ];
  const clipping: readonly ColourStep[] = [
    { kind: "brightness", amount: 1.4 },
    { kind: "contrast", amount: 0.6 },
  ];
  const drawn = (recipe: Recipe, i: number) =>
    drawView(recipe, fork(keyFromSeed(1), i), { height: side, width: side });
  const always = (recipe: Recipe) => ({
    ...recipe,
    jitter: { ...recipe.jitter, probability: 1 },
  });
  const cases: Readonly<Record<string, (i: number) => ViewDraw>> = {
    "crop and resize": (i) => ({ ...plain, crop: drawn(recipes.simclr, i).crop }),
    ...Object.fromEntries(
      ends.map((step) => [`${step.kind} ${step.amount}`, () => ({ ...plain, colour: [step] })]),
    ),
    "brightness 1.4, contrast 0.6": () => ({ ...plain, colour: clipping }),
    "whole jitter, simclr": (i) => ({ ...plain, colour: drawn(always(recipes.simclr), i).colour }),
    "whole jitter, vicreg": (i) => ({ ...plain, colour: drawn(always(recipes.vicreg), i).colour }),
  };
  const source = join(folder, "operations.bin");
  writeFileSync(source, pixelsOf(pictures, counts.operations));
  const found = [];
  for (const [name, drawOf] of Object.entries(cases)) {
    const draws = Array.from({ length: counts.operations }, (_, i) => drawOf(i));
    const views = join(folder, "operations.f32");
    writeFileSync(views, applied(pictures, draws, { recipe: recipes.simclr, each: 1 }));
    const asked = { pictures: source, views, side, draws: asJson(draws) };
    found.push({ name, ...(await peer.ask("apply", asked, differences)) });
  }
  return found;
}

async function likeness({ folder, peer, pictures }: Task, method: keyof typeof recipes) {
  const recipe = recipes[method];
  const [source, views] = [`${method}.bin`, `${method}.f32`].map((name) => join(folder, name));
  writeFileSync(source, pixelsOf(pictures, counts.views));
  const draws = Array.from({ length: counts.views * counts.draws }, (_, at) => {
    const key = fork(keyFromSeed(5), Math.floor(at / counts.draws), at % counts.draws);
    return drawView(recipe, key, { height: side, width: side });
  });
  writeFileSync(views, applied(pictures, draws, { recipe, each: counts.draws }));
  const asked = { pictures: source, views, side, draws: counts.draws, method, recipe };
  return (await peer.ask("compare", asked, compared)).rows;
}

function pixelsOf(pictures: Pictures, count: number): Uint8Array {
  return Buffer.concat(Array.from({ length: count }, (_, i) => pictures.read(i)));
}

/** `each` views of one picture after another, on [0, 1]. */
function applied(
  pictures: Pictures,
  draws: readonly ViewDraw[],
  { recipe, each }: { readonly recipe: Recipe; readonly each: number },
): Float32Array {
  const length = 3 * side * side;
  const out = new Float32Array(draws.length * length);
  for (const [at, draw] of draws.entries()) {
    const index = Math.floor(at / each);
    applyView(pictures.read(index), pictures.size(index), draw, recipe, out, at * length);
  }
  return out;
}

function short(value: string | number): string {
  if (typeof value === "string") return value;
  return (Math.abs(value) < 0.001 ? 0 : value).toPrecision(3).padStart(9);
}
