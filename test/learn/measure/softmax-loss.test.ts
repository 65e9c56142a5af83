/** The cross-entropy of the probe against the formula as written, in float64. */
import { expect, test } from "vitest";
import { fork, keyFromSeed, normal } from "../../../src/base/index.ts";
import { softmaxLoss } from "../../../src/learn/measure/softmax-loss.ts";

test.each([
  [3, 5, 1],
  [10, 1300, 8],
  [4, 600, 200],
])("%i classes, %i rows, logits of size %d", (classes, rows, size) => {
  const key = fork(keyFromSeed(9), classes, rows);
  const values = Float32Array.from(normal(key, classes * rows), (value) => value * size);
  const codes = Int32Array.from({ length: rows }, (_, i) => (i * 7) % classes);
  const bias = Float64Array.from({ length: classes }, (_, c) => c / 3);
  const scale = 1 / rows;
  let expected = 0;
  const slopes = new Float64Array(classes * rows);
  for (let i = 0; i < rows; i++) {
    const logits = Array.from({ length: classes }, (_, c) =>
      Math.fround(values[c * rows + i] + bias[c]),
    );
    const most = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
    expected += most + Math.log(total) - logits[codes[i]];
    for (let c = 0; c < classes; c++) {
      const share = Math.exp(logits[c] - most) / total;
      slopes[c * rows + i] = scale * (share - (c === codes[i] ? 1 : 0));
    }
  }
  const biasSlope = new Float64Array(classes);
  const found = softmaxLoss(
    { rows: classes, columns: rows, values },
    {
      codes,
      bias,
      scale,
      biasSlope,
    },
  );
  expect(Math.abs(found / expected - 1)).toBeLessThan(3e-7);
  for (let c = 0; c < classes; c++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      expect(Math.abs(values[c * rows + i] - slopes[c * rows + i])).toBeLessThan(2e-7 * scale);
      sum += slopes[c * rows + i];
    }
    expect(Math.abs(biasSlope[c] - sum)).toBeLessThan(2e-7);
  }
});
