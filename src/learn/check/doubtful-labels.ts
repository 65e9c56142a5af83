/**
 * Labels that similar pictures contradict, the most doubtful first. Each picture's class is guessed
 * from its nearest neighbours, itself left out; then confident learning (Northcutt, Jiang, Chuang,
 * JAIR 2021): a label is a candidate where another class is at least as sure as that class is for
 * its own pictures on average, and candidates are ranked by the normalised margin p(label) − p(other).
 * Deviation: neighbours instead of a cross-validated classifier, copies of the picture among them.
 */
import { digestBytes, keyFromSeed } from "../../base/index.ts";
import type { LabelSet } from "../../formats/documents/index.ts";
import { openCells } from "../looks/index.ts";
import type { RawGroup } from "./finding.ts";

/** Rows of features, one for each item. */
export interface Features {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export interface Doubts {
  /** One group for each label. */
  readonly groups: readonly RawGroup[];
  /** How often the guess is the label, over all labelled items, each class counting the same. */
  readonly agreement: number;
}

const doubtRule = {
  neighbours: 15,
  /** Cells of the index that a picture looks into. */
  probes: 12,
  /** Likeness is sharpened so that near neighbours weigh more: exp((cosine − 1) ÷ this). */
  temperature: 0.1,
  /** Classes with fewer items can be told by nobody. */
  classSize: 5,
  /** The list ends at this share of the labelled items, times how often guesses are right … */
  share: 0.1,
  /** … and asks for so much: p(other) − p(label). */
  margin: 0.2,
} as const;

/** One answer for each set, in their order. */
export function doubtfulLabels(sets: readonly LabelSet[], features: Features): Doubts[] {
  const neighbours = neighbourFinder(features);
  return sets.map((set) => doubtsOf(set, votes(set, neighbours(set))));
}

function doubtsOf(set: LabelSet, { probabilities, guessed }: ReturnType<typeof votes>): Doubts {
  const { classes, codes } = set;
  const count = classes.length;
  const sizes = new Float64Array(count);
  const sure = new Float64Array(count);
  const right = new Float64Array(count);
  for (const [i, code] of codes.entries()) {
    if (code < 0 || guessed[i] < 0) continue;
    sizes[code]++;
    sure[code] += probabilities[i * count + code];
    if (guessed[i] === code) right[code]++;
  }
  const told = [...sizes.keys()].filter((code) => sizes[code] >= doubtRule.classSize);
  const agreement =
    told.reduce((sum, code) => sum + right[code] / sizes[code], 0) / Math.max(1, told.length);
  const labelled = sizes.reduce((sum, size) => sum + size, 0);
  if (!isTold(agreement, { classes: told.length, labelled })) return { groups: [], agreement };
  const found: { at: number; other: number; margin: number }[] = [];
  for (const [i, code] of codes.entries()) {
    if (code < 0 || guessed[i] < 0 || guessed[i] === code) continue;
    if (sizes[code] < doubtRule.classSize) continue;
    const other = guessed[i];
    const support = probabilities[i * count + other];
    const margin = support - probabilities[i * count + code];
    const isConfident = sizes[other] > 0 && support >= sure[other] / sizes[other];
    if (isConfident && margin >= doubtRule.margin) found.push({ at: i, other, margin });
  }
  found.sort((a, b) => b.margin - a.margin || a.at - b.at);
  const groups = found.slice(0, Math.ceil(doubtRule.share * agreement * labelled)).map(
    ({ at, other, margin }): RawGroup => ({
      items: [
        {
          at,
          suggestion: { do: "relabel", set: set.name, class: classes[other] },
          score: Math.min(1, margin),
        },
      ],
      values: { set: set.name, class: classes[codes[at]], other: classes[other] },
    }),
  );
  return { groups, agreement };
}

/** Where guesses are no better than chance (two standard errors), they contradict nothing. */
function isTold(
  agreement: number,
  { classes, labelled }: { readonly classes: number; readonly labelled: number },
): boolean {
  const chance = 1 / Math.max(1, classes);
  return agreement > chance + 2 * Math.sqrt((chance * (1 - chance)) / Math.max(1, labelled));
}

/** Weighted votes of the nearest labelled neighbours, summing to 1; no vote at all gives −1. */
function votes({ classes, codes }: LabelSet, { rows, weights }: Neighbours) {
  const count = classes.length;
  const probabilities = new Float32Array(codes.length * count);
  const guessed = new Int32Array(codes.length).fill(-1);
  const { neighbours } = doubtRule;
  for (const [i, code] of codes.entries()) {
    if (code < 0) continue;
    let total = 0;
    for (let k = i * neighbours; k < (i + 1) * neighbours && rows[k] >= 0; k++) {
      probabilities[i * count + codes[rows[k]]] += weights[k];
      total += weights[k];
    }
    if (total <= 0) continue;
    let best = 0;
    for (let c = 0; c < count; c++) {
      probabilities[i * count + c] /= total;
      if (probabilities[i * count + c] > probabilities[i * count + best]) best = c;
    }
    guessed[i] = best;
  }
  return { probabilities, guessed };
}

interface Neighbours {
  /** `doubtRule.neighbours` a picture, the nearest first; −1 where there are no more. */
  readonly rows: Int32Array;
  readonly weights: Float32Array;
}

/** Searches once for all sets that label the same pictures, which most do. */
function neighbourFinder(features: Features): (set: LabelSet) => Neighbours {
  const { unit, length } = centredRows(features);
  const known = new Map<string, Neighbours>();
  return ({ codes }) => {
    const leftOut = Uint8Array.from(codes, (code) => (code < 0 ? 1 : 0));
    const key = leftOut.includes(1) ? digestBytes(leftOut) : "all";
    const found = known.get(key) ?? neighboursOf(unit, { length, leftOut });
    known.set(key, found);
    return found;
  };
}

function neighboursOf(
  unit: Float32Array,
  { length, leftOut }: { readonly length: number; readonly leftOut: Uint8Array },
): Neighbours {
  const { neighbours, probes, temperature } = doubtRule;
  const cells = openCells(unit, { length, key: keyFromSeed(0), leftOut });
  const rows = new Int32Array(leftOut.length * neighbours).fill(-1);
  const weights = new Float32Array(leftOut.length * neighbours);
  const nearest = boundedList(neighbours);
  for (let i = 0; i < leftOut.length; i++) {
    if (leftOut[i]) continue;
    nearest.clear();
    cells.search(unit.subarray(i * length, (i + 1) * length), {
      probes,
      least: -1,
      visit: (row, likeness) => {
        if (row !== i) nearest.offer(row, likeness);
      },
    });
    let at = i * neighbours;
    nearest.each((row, likeness) => {
      rows[at] = row;
      weights[at++] = Math.exp((likeness - 1) / temperature);
    });
  }
  return { rows, weights };
}

/** The common mean taken away, unit length, filled with zeros to a multiple of four. */
function centredRows({ rows, columns, values }: Features) {
  const length = 4 * Math.ceil(columns / 4);
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) mean[k] += values[i * columns + k] / rows;
  }
  const unit = new Float32Array(rows * length);
  for (let i = 0; i < rows; i++) {
    let square = 0;
    for (let k = 0; k < columns; k++) {
      const value = values[i * columns + k] - mean[k];
      unit[i * length + k] = value;
      square += value * value;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < columns; k++) unit[i * length + k] *= scale;
  }
  return { unit, length };
}

/** The `size` greatest offered since it was cleared, equal ones by ascending row. */
function boundedList(size: number) {
  const rows = new Int32Array(size);
  const likenesses = new Float64Array(size);
  let filled = 0;
  return {
    clear() {
      filled = 0;
    },
    offer(row: number, likeness: number) {
      let at = filled;
      if (filled === size) {
        if (likeness < likenesses[size - 1]) return;
        at = size - 1;
        if (likeness === likenesses[at] && row > rows[at]) return;
      } else filled++;
      while (at > 0 && isBefore(likeness, row, at - 1)) {
        likenesses[at] = likenesses[at - 1];
        rows[at] = rows[at - 1];
        at--;
      }
      likenesses[at] = likeness;
      rows[at] = row;
    },
    each(visit: (row: number, likeness: number) => void) {
      for (let k = 0; k < filled; k++) visit(rows[k], likenesses[k]);
    },
  };

  function isBefore(likeness: number, row: number, at: number): boolean {
    return likeness > likenesses[at] || (likeness === likenesses[at] && row < rows[at]);
  }
}
