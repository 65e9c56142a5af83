/** Views made by a graph, held against the same draws applied on the host. */
import { expect } from "vitest";
import { fork, keyFromSeed, uniform } from "../../../src/base/index.ts";
import { type Executor, placeholder } from "../../../src/engine/index.ts";
import {
  applyView,
  drawNumbers,
  drawView,
  type Recipe,
  simclrRecipe,
  vicregRecipe,
  writeDraw,
} from "../../../src/learn/augment/index.ts";
import { viewsOf } from "../../../src/learn/train/views-graph.ts";

const key = keyFromSeed(8);

export interface ViewsCase {
  readonly name: string;
  readonly recipes: readonly Recipe[];
  readonly sizes: readonly (readonly [height: number, width: number])[];
}

const solarised: Recipe = {
  ...vicregRecipe({ size: 12 }).views[0],
  blur: { probability: 0.7, sigma: [0.1, 2] },
  solarize: { probability: 0.7, threshold: 0.5 },
};
const anyWayUp: Recipe = { ...solarised, verticalFlip: 0.5, quarterTurns: true };
export const viewsCases: readonly ViewsCase[] = [
  {
    name: "SimCLR, small squares",
    recipes: simclrRecipe({ size: 8 }).views,
    sizes: Array.from({ length: 6 }, () => [8, 8] as const),
  },
  {
    name: "blur and solarisation, pictures of several shapes",
    recipes: [solarised, { ...solarised, grayscale: 1 }],
    sizes: [
      [16, 16],
      [20, 16],
      [16, 27],
      [9, 16],
      [16, 11],
    ],
  },
  {
    name: "vertical flips and quarter turns in one view of two",
    recipes: [anyWayUp, solarised],
    sizes: Array.from({ length: 8 }, () => [14, 11] as const),
  },
];

/** The largest difference, in units of normalised colours. */
export async function viewsDifference(executor: Executor, { recipes, sizes }: ViewsCase) {
  const [n, { size }] = [sizes.length, recipes[0]];
  const height = Math.max(...sizes.map(([h]) => h));
  const width = Math.max(...sizes.map(([, w]) => w));
  const pictures = new Float32Array(n * height * width * 3);
  const draws = new Float32Array(recipes.length * n * drawNumbers.count);
  const expected = new Float32Array(recipes.length * n * 3 * size * size);
  for (const [i, [h, w]] of sizes.entries()) {
    const pixels = Uint8Array.from(uniform(fork(key, i), 3 * h * w), (u) => 256 * u);
    for (let y = 0; y < h; y++) {
      pictures.set(pixels.subarray(3 * y * w, 3 * (y + 1) * w), 3 * (i * height + y) * width);
    }
    for (const [v, recipe] of recipes.entries()) {
      const draw = drawView(recipe, fork(key, i, v), { height: h, width: w });
      writeDraw(draw, recipe, draws, (v * n + i) * drawNumbers.count);
      const at = (v * n + i) * 3 * size * size;
      applyView(pixels, { height: h, width: w }, draw, recipe, expected, at);
    }
  }
  const inputs = {
    pictures: placeholder("pictures", [n, height, 3 * width]),
    draws: placeholder("draws", [recipes.length * n, drawNumbers.count]),
  };
  const program = await executor.compile({ outputs: { views: viewsOf(recipes, inputs) } });
  const { views } = await program.run({ pictures, draws });
  await program.dispose();
  expect(views.length).toBe(expected.length);
  return Math.max(...views.map((value, i) => Math.abs(value - expected[i])));
}
