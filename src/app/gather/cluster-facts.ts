/** Groups found without labels, as cards: how many, what is typical, what is odd, what differs most. */
import { fork, type Key, permutation } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import {
  groupsFor,
  headlineFeatures,
  type KMeans,
  kMeans,
  type Matrix,
  pickRows,
  withFeatures,
} from "../../learn/measure/index.ts";
import { type ClusterFacts, reportLimits } from "../../report/index.ts";
import { namedPicture } from "./pictures.ts";

export interface ClusterTask {
  readonly document: DatasetVersion;
  readonly pictures: Pictures;
  /** Of all items. */
  readonly features: Matrix;
  readonly encoder: "untrained" | "trained";
  readonly key: Key;
}

export interface Clustered {
  readonly facts: ClusterFacts;
  /** The group of each item, -1 where it was not looked at. */
  readonly groupOf: Int32Array;
}

const shown = { typical: 4, odd: 2, classes: 3, least: 8 } as const;

/** Undefined where there are too few pictures to form groups. */
export async function clusterFacts(task: ClusterTask): Promise<Clustered | undefined> {
  const { document, features, encoder, key } = task;
  if (features.rows < shown.least) return undefined;
  const rows = permutation(fork(key, "grouped"), features.rows)
    .subarray(0, reportLimits.grouped)
    .sort();
  const matrix = withFeatures(pickRows(features, rows), headlineFeatures);
  const groups = groupsFor(matrix.rows);
  const found = kMeans(matrix, { key: fork(key, "groups"), groups });
  const groupOf = new Int32Array(features.rows).fill(-1);
  rows.forEach((item, row) => {
    groupOf[item] = found.group[row];
  });
  const overall = meanSpread(matrix);
  const set = document.labelSets.at(0);
  const cards = [...found.sizes.keys()].map(async (group) => {
    const members = [...found.group.keys()].filter((row) => found.group[row] === group);
    const outward = [...members].sort((a, b) => found.squares[a] - found.squares[b]);
    const picture = (row: number) => namedPicture(task, rows[row]);
    const odd = outward.slice(shown.typical).slice(-shown.odd).reverse();
    const spread = meanOf(members, (row) => found.squares[row]) / overall;
    const nearest = nearestGroup(found, group, matrix.columns);
    return {
      size: members.length,
      spread: Number.isFinite(spread) ? spread : 0,
      typical: await Promise.all(outward.slice(0, shown.typical).map(picture)),
      odd: await Promise.all(odd.map(picture)),
      leastAlike: await Promise.all(leastAlike(matrix, outward).map(picture)),
      ...(nearest !== undefined && { nearest }),
      ...(set && {
        labels: labelsOf(
          members.map((row) => rows[row]),
          set,
        ),
      }),
    };
  });
  return {
    groupOf,
    facts: {
      encoder,
      items: matrix.rows,
      protocol: `k-means/1 ${headlineFeatures} k=${groups} starts=4`,
      groups: await Promise.all(cards),
      members: {
        path: Array.from(rows, (item) => document.items.path[item]),
        group: [...found.group],
      },
    },
  };
}

/** Two members far apart: the one farthest from the centre, and the one farthest from that. */
function leastAlike(matrix: Matrix, outward: readonly number[]): number[] {
  const first = outward.at(-1);
  if (first === undefined || outward.length < 3) return [];
  let [second, most] = [outward[0], -1];
  for (const row of outward) {
    const square = squareBetween(matrix, first, row);
    if (square > most) [second, most] = [row, square];
  }
  return [first, second];
}

function squareBetween({ columns, values }: Matrix, a: number, b: number): number {
  let square = 0;
  for (let p = 0; p < columns; p++)
    square += (values[a * columns + p] - values[b * columns + p]) ** 2;
  return square;
}

function nearestGroup({ centres }: KMeans, group: number, columns: number): number | undefined {
  let [nearest, least]: [number | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (let other = 0; other * columns < centres.length; other++) {
    if (other === group) continue;
    let square = 0;
    for (let p = 0; p < columns; p++) {
      square += (centres[group * columns + p] - centres[other * columns + p]) ** 2;
    }
    if (square < least) [nearest, least] = [other, square];
  }
  return nearest;
}

/** Mean squared distance of all rows to their common mean. */
function meanSpread({ rows, columns, values }: Matrix): number {
  const mean = new Float64Array(columns);
  for (const [at, value] of values.entries()) mean[at % columns] += value / rows;
  let sum = 0;
  for (const [at, value] of values.entries()) sum += (value - mean[at % columns]) ** 2;
  return sum / rows;
}

function labelsOf(items: readonly number[], { classes, codes }: LabelSet) {
  const counts = new Map<number, number>();
  for (const item of items) {
    if (codes[item] >= 0) counts.set(codes[item], (counts.get(codes[item]) ?? 0) + 1);
  }
  const order = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return {
    of: order.reduce((sum, [, count]) => sum + count, 0),
    classes: order.slice(0, shown.classes).map(([code, count]) => ({ name: classes[code], count })),
  };
}

function meanOf(rows: readonly number[], value: (row: number) => number): number {
  return rows.reduce((sum, row) => sum + value(row) / rows.length, 0);
}
