/**
 * Seconds and memory of choosing 50 of 100,000 items of 512 dimensions by each strategy, on the
 * executor as `tanafuda select` does it. `npm run bench -- selection large`.
 */
import { productOn } from "../../src/app/product.ts";
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import type { Matrix } from "../../src/learn/measure/index.ts";
import { type StrategyName, strategies } from "../../src/learn/select/index.ts";
import { type BenchOptions, type BenchReport, readMachine } from "../harness/index.ts";
import { openExecutor } from "../ours/executors.ts";

const [rows, columns, blobs, count] = [100_000, 512, 100, 50];
const names = Object.keys(strategies) as StrategyName[];

export async function largeSelection({
  threads,
  executor: name,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  const executor = await openExecutor({ threads, ...(name !== undefined && { executor: name }) });
  const matrix = unitBlobs();
  const found = [];
  try {
    await using products = productOn(executor);
    for (const strategy of names) {
      const [start, before] = [performance.now(), process.cpuUsage()];
      const key = fork(keyFromSeed(0), strategy);
      const { sizes } = await strategies[strategy](
        { matrix },
        { count, key, product: products.product },
      );
      const { user, system } = process.cpuUsage(before);
      const seconds = (performance.now() - start) / 1000;
      found.push({ strategy, seconds, processor: (user + system) / 1e6, ...sizes });
      process.stderr.write(`${strategy}: ${seconds.toFixed(1)} s\n`);
    }
  } finally {
    await executor.dispose();
  }
  const peak = process.resourceUsage().maxRSS * 1024;
  const lines = found.map(
    ({ strategy, seconds, processor, error }) =>
      `${strategy.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s ${processor.toFixed(1).padStart(6)} s of processor time; shares known to ± ${error.toFixed(3)}`,
  );
  return {
    bench: "selection-large",
    machine,
    versions: {},
    checks: [],
    races: [],
    notes: [
      `${count} of ${rows} × ${columns}, ${threads} threads; at most 60 s`,
      ...lines,
      `peak resident memory ${Math.round(peak / 2 ** 20)} MiB, of which features ${Math.round((4 * rows * columns) / 2 ** 20)}`,
    ],
    more: { rows, columns, count, peak, found: found.map((row) => ({ ...row })) },
  };
}

/** Items around a hundred centres, of unit length as features are that `select` works on. */
function unitBlobs(): Matrix {
  const key = keyFromSeed(7);
  const centres = normal(fork(key, "centres"), blobs * columns);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const noise = normal(fork(key, "row", row), columns);
    const from = (row % blobs) * columns;
    const own = noise.map((x, i) => x + centres[from + i]);
    const length = Math.hypot(...own);
    for (const [i, x] of own.entries()) values[row * columns + i] = x / length;
  }
  return { rows, columns, values };
}
