/** Views per second on one core: two SimCLR views of each picture, drawn and applied. */

import { keyFromSeed, uniform } from "../src/base/index.ts";
import { fillViews, simclrRecipe, vicregRecipe } from "../src/learn/augment/index.ts";

const count = 256;
const cases = [
  { source: 32, size: 32 },
  { source: 64, size: 32 },
  { source: 64, size: 64 },
  { source: 96, size: 96 },
  { source: 128, size: 96 },
  { source: 256, size: 96 },
];

for (const { source, size } of cases) {
  const pixels = Uint8Array.from(uniform(keyFromSeed(source), 3 * source * source), (u) => 256 * u);
  const pictures = { size: () => ({ height: source, width: source }), read: () => pixels };
  const indexes = Uint32Array.from({ length: count }, (_, i) => i);
  for (const { views } of [simclrRecipe({ size }), vicregRecipe({ size })]) {
    const out = new Float32Array(2 * count * 3 * size * size);
    const rates: number[] = [];
    for (let round = 0; round < 10; round++) {
      const start = performance.now();
      fillViews(pictures, indexes, { recipes: views, key: keyFromSeed(round), out });
      rates.push((2 * count * 1000) / (performance.now() - start));
    }
    const [median, best] = [rates.sort((a, b) => a - b)[5], rates[9]];
    const line = `${views[0].name} ${source}² → ${size}²: ${Math.round(median)} views/s (best ${Math.round(best)})`;
    process.stdout.write(`${line}\n`);
  }
}
