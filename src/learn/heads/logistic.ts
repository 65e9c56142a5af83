/**
 * Logistic regression: the linear probe's objective and solver (`softmax-regression`), with class
 * weights, on features that are in the frame already; from strong penalty to weak, each fit started at
 * the last one's solution.
 */
import { fitRegression, openRegression } from "../measure/index.ts";
import { type HeadKind, linearScorer, type Scorer, stillFrame } from "./head.ts";

const tolerance = 1e-4;

export const logisticHead: HeadKind = {
  name: "logistic",
  settings: [1, 1e-1, 1e-2, 1e-3, 1e-4],
  isTurned: true,
  async fit({ features, codes, classes, weights }, settings, fitting) {
    const { columns } = features;
    const rows = Uint32Array.from(codes.keys());
    const frame = stillFrame(columns);
    const examples = { matrix: features, rows, codes, classes, weights };
    await using regression = await openRegression(examples, { frame, product: fitting.product });
    const scorers: Scorer[] = [];
    let start: Float64Array | undefined;
    for (const penalty of settings) {
      const { at } = await fitRegression(regression, penalty, { tolerance, start });
      start = at;
      const found = Float32Array.from(at.subarray(0, classes * columns));
      scorers.push(linearScorer(found, at.slice(classes * columns), fitting));
    }
    return scorers;
  },
};
