/**
 * k nearest neighbours by cosine in the frame: a neighbour at similarity s votes exp(s / 0.1) times its
 * class's weight (the measure's vote; here with weights and with a score for every class). Scores are
 * logarithms of shares of the vote, each class having a hundredth of a vote of similarity 0 to begin
 * with, so that no probability is 0.
 */
import { type Matrix, nearestRows } from "../measure/index.ts";
import { type Fitting, type HeadForm, type HeadKind, inFrame, type Scorer } from "./head.ts";

/** A neighbour votes exp(similarity / temperature); each class begins with `begun`. */
export const knnVote = { temperature: 0.1, begun: 0.01 } as const;

export const knnHead: HeadKind = {
  name: "knn",
  settings: [1, 3, 5, 10, 20],
  async fit({ features: bank, codes, weights }, settings, fitting) {
    return settings.map((neighbours) => {
      const count = Math.min(neighbours, bank.rows);
      return neighbourScorer({ kind: "neighbours", bank, codes, weights, count }, fitting);
    });
  },
};

export function neighbourScorer(
  form: Extract<HeadForm, { readonly kind: "neighbours" }>,
  fitting: Fitting,
): Scorer {
  const { bank, codes, weights, count } = form;
  const classes = weights.length;
  const rows = Uint32Array.from(codes.keys());
  const score = async (matrix: Matrix): Promise<Matrix> => {
    const scores = new Float32Array(matrix.rows * classes);
    await inFrame(matrix, fitting, async (block, from) => {
      const search = { bank, rows, queries: block, count, product: fitting.product };
      await nearestRows(search, (found) => {
        const order = [...found.similarities.keys()].sort(
          (a, b) => found.similarities[b] - found.similarities[a] || a - b,
        );
        const votes = new Float64Array(classes).fill(knnVote.begun);
        for (const at of order.slice(0, count)) {
          const code = codes[found.rows[at]];
          votes[code] += weights[code] * Math.exp(found.similarities[at] / knnVote.temperature);
        }
        const total = votes.reduce((sum, vote) => sum + vote, 0);
        const own = (from + found.query) * classes;
        for (let c = 0; c < classes; c++) scores[own + c] = Math.log(votes[c] / total);
      });
    });
    return { rows: matrix.rows, columns: classes, values: scores };
  };
  return Object.assign(score, { form });
}
