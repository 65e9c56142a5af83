/** How good predictions are: accuracy, balanced accuracy, per class, and what guessing gives. */
import { countClasses } from "./labels.ts";

export interface Scores {
  /** Rows that have a label, and so were judged. */
  readonly items: number;
  readonly accuracy: number;
  /** Mean over classes of the share found (macro recall): guessing gives 1 / classes. */
  readonly balanced: number;
  /** Share found of each class; NaN for a class without rows. */
  readonly perClass: Float64Array;
  readonly counts: Int32Array;
  /** Judged rows, their classes, and 1 where the prediction was right. */
  readonly rows: Uint32Array;
  readonly codes: Int32Array;
  readonly correct: Float32Array;
}

/** Rows without a label (-1) are not judged. */
export function scorePredictions(
  predicted: Int32Array,
  codes: Int32Array,
  classes: number,
): Scores {
  const counts = countClasses(codes, classes);
  const hits = new Float64Array(classes);
  const items = counts.reduce((sum, count) => sum + count, 0);
  const rows = new Uint32Array(items);
  const judged = new Int32Array(items);
  const correct = new Float32Array(items);
  let at = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code < 0) continue;
    const right = predicted[i] === code ? 1 : 0;
    hits[code] += right;
    rows[at] = i;
    judged[at] = code;
    correct[at++] = right;
  }
  const perClass = hits.map((hit, c) => hit / counts[c]);
  const present = perClass.filter((share) => !Number.isNaN(share));
  return {
    items,
    accuracy: sum(hits) / items,
    balanced: sum(present) / present.length,
    perClass,
    counts,
    rows,
    codes: judged,
    correct,
  };
}

/** The class that is commonest in training (lowest number on ties), predicted for every row. */
export function majorityPredictions(train: Int32Array, rows: number, classes: number): Int32Array {
  const counts = countClasses(train, classes);
  return new Int32Array(rows).fill(counts.indexOf(Math.max(...counts)));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
