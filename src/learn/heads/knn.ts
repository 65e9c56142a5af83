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
    const counts = settings.map((neighbours) => Math.min(neighbours, bank.rows));
    // One search serves all settings.
    const find = remembered(finder(bank, Math.max(...counts), fitting));
    return counts.map((count) =>
      votingScorer({ kind: "neighbours", bank, codes, weights, count }, find),
    );
  },
};

type Neighbours = Extract<HeadForm, { readonly kind: "neighbours" }>;

export function neighbourScorer(form: Neighbours, fitting: Fitting): Scorer {
  return votingScorer(form, finder(form.bank, form.count, fitting));
}

/** Of each row the places of its nearest in the bank and their similarities, the nearest first. */
interface Nearest {
  readonly count: number;
  /** `[rows, count]`. */
  readonly places: Uint32Array;
  readonly similarities: Float32Array;
}

type Find = (matrix: Matrix) => Promise<Nearest>;

function finder(bank: Matrix, count: number, fitting: Fitting): Find {
  const rows = Uint32Array.from({ length: bank.rows }, (_, i) => i);
  return async (matrix) => {
    const places = new Uint32Array(matrix.rows * count);
    const similarities = new Float32Array(matrix.rows * count);
    await inFrame(matrix, fitting, async (block, from) => {
      const search = { bank, rows, queries: block, count, product: fitting.product };
      await nearestRows(search, (found) => {
        const order = [...found.similarities.keys()].sort(
          (a, b) => found.similarities[b] - found.similarities[a] || a - b,
        );
        const start = (from + found.query) * count;
        for (let k = 0; k < count; k++) {
          places[start + k] = found.rows[order[k]];
          similarities[start + k] = found.similarities[order[k]];
        }
      });
    });
    return { count, places, similarities };
  };
}

/** Asked again about the same matrix, it answers as before. */
function remembered(find: Find): Find {
  let last: { readonly matrix: Matrix; readonly found: Promise<Nearest> } | undefined;
  return (matrix) => {
    if (last?.matrix !== matrix) last = { matrix, found: find(matrix) };
    return last.found;
  };
}

function votingScorer(form: Neighbours, find: Find): Scorer {
  const { codes, weights, count } = form;
  const classes = weights.length;
  const score = async (matrix: Matrix): Promise<Matrix> => {
    const found = await find(matrix);
    const scores = new Float32Array(matrix.rows * classes);
    const votes = new Float64Array(classes);
    for (let i = 0; i < matrix.rows; i++) {
      votes.fill(knnVote.begun);
      for (let at = i * found.count; at < i * found.count + count; at++) {
        const code = codes[found.places[at]];
        votes[code] += weights[code] * Math.exp(found.similarities[at] / knnVote.temperature);
      }
      const total = votes.reduce((sum, vote) => sum + vote, 0);
      for (let c = 0; c < classes; c++) scores[i * classes + c] = Math.log(votes[c] / total);
    }
    return { rows: matrix.rows, columns: classes, values: scores };
  };
  return Object.assign(score, { form });
}
