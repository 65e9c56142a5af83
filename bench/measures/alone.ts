/** Times of the measures at the sizes of CIFAR-100: 50,000 × 512 training rows, 100 classes. */
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import {
  cdnv,
  classStatistics,
  crossFittedCdnv,
  directionalCdnv,
  fitProbe,
  knnPredictions,
  layOutMap,
  type Matrix,
  nccPredictions,
  spectrum,
} from "../../src/learn/measure/index.ts";

export interface Timing {
  readonly name: string;
  readonly seconds: number;
}

/** One run each after a small one that warms the compiler; the plain product, so one core. */
export async function measureTimes(report: (timing: Timing) => void): Promise<void> {
  const key = keyFromSeed(1);
  for (const scale of [50, 1]) {
    const keep = (timing: Timing) => {
      if (scale === 1) report(timing);
    };
    const large = features(50_000 / scale, 512);
    const small = features(5000 / scale, 256);
    const statistics = await timed("class statistics 50,000 × 512", keep, async () =>
      classStatistics(large.matrix, large.codes, 100),
    );
    const bank = { ...large, classes: 100 };
    await timed("NCC 50,000 × 512, 100 classes", keep, () => nccPredictions(bank, large.matrix));
    await timed("CDNV, with influences", keep, async () =>
      cdnv(large.matrix, large.codes, statistics),
    );
    await timed("directional CDNV, with influences", keep, () =>
      directionalCdnv(large.matrix, large.codes, statistics),
    );
    await timed("cross-fitted CDNV", keep, () => crossFittedCdnv(large.matrix, bank, { key }));
    await timed("spectrum 25,600 × 512", keep, async () => spectrum(large.matrix, { key }));
    await timed("kNN 5,000 against 5,000 × 256", keep, () =>
      knnPredictions({ ...small, classes: 100 }, small.matrix),
    );
    await timed("linear probe 5,000 × 256, 100 classes, 6 penalties", keep, () =>
      fitProbe({ ...small, classes: 100 }, { key }),
    );
    await timed("map 5,000 × 256", keep, () => layOutMap(small.matrix, { key }));
  }
}

async function timed<Value>(
  name: string,
  report: (timing: Timing) => void,
  work: () => Promise<Value>,
): Promise<Value> {
  const start = performance.now();
  const value = await work();
  report({ name, seconds: (performance.now() - start) / 1000 });
  return value;
}

function features(rows: number, columns: number): { matrix: Matrix; codes: Int32Array } {
  const key = keyFromSeed(7);
  const centres = normal(fork(key, "centres"), 100 * columns);
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 100);
  const values = Float32Array.from(normal(fork(key, "noise"), rows * columns), (value, at) => {
    const row = Math.floor(at / columns);
    return value + 0.2 * centres[codes[row] * columns + (at % columns)];
  });
  return { matrix: { rows, columns, values }, codes };
}
