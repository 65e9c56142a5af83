/** What is doubtful about a dataset's pictures, found by looking at all of them once. */
import { type Emit, type Evidence, type NoticeCode, silent } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import { brightness, contrast, fingerprint, gridBytes } from "./fingerprint.ts";
import { findLookAlikes } from "./look-alikes.ts";
import type { Pictures } from "./pictures.ts";

export type CheckCode = Extract<NoticeCode, `data/found-${string}`>;

export interface Finding {
  readonly code: CheckCode;
  readonly count: number;
  /** The items concerned, in the dataset's order. */
  readonly ids: readonly string[];
  /** What the code's sentence needs. */
  readonly values: Evidence;
}

const checkLimits = {
  /** Standard deviation of grey values over a coarse grid; below it a picture shows nothing. */
  blank: 2,
  /** Mean grey value of 255. */
  dark: 24,
  /** Longer ÷ shorter side above this, unless most pictures are like that. */
  aspect: 2.5,
  /** Classes with fewer items cannot be told from chance. */
  tinyClass: 5,
} as const;

/** Findings with at least one item, in a fixed order. */
export function check(
  version: DatasetVersion,
  pictures: Pictures,
  { emit = silent }: { emit?: Emit } = {},
): Finding[] {
  const { items } = version;
  const total = pictures.count;
  const grids = new Uint8Array(total * gridBytes);
  const aspects = new Float64Array(total);
  const blank: number[] = [];
  const dark: number[] = [];
  emit({ type: "phase", phase: "check", total });
  for (let i = 0; i < total; i++) {
    const size = pictures.size(i);
    const grid = fingerprint(pictures.read(i), size);
    grids.set(grid, i * gridBytes);
    aspects[i] = size.width / size.height;
    if (contrast(grid) < checkLimits.blank) blank.push(i);
    if (brightness(grid) < checkLimits.dark) dark.push(i);
    if (i % 256 === 255) emit({ type: "progress", phase: "check", done: i + 1, total });
  }
  emit({ type: "progress", phase: "check", done: total, total });

  const across = new Set<number>();
  findLookAlikes(
    { grids, aspects },
    {
      isSettled: (i, j) => items.split[i] === items.split[j],
      onPair: (i, j) => {
        if (items.split[i] !== items.split[j]) across.add(items.split[i] === "train" ? j : i);
      },
    },
  );
  const tiny = version.labelSets.flatMap((set) => tinyClasses(set));
  const found: [CheckCode, number[], Evidence][] = [
    ["data/found-equal-bytes", equalBytes(items.digest), {}],
    ["data/found-leaks", [...across].sort((a, b) => a - b), {}],
    ["data/found-blank", blank, {}],
    ["data/found-dark", dark, {}],
    ["data/found-odd-sizes", oddSizes(aspects), {}],
    [
      "data/found-tiny-classes",
      tiny,
      { limit: checkLimits.tinyClass, classes: tinyNames(version) },
    ],
  ];
  return found
    .filter(([, list]) => list.length > 0)
    .map(([code, list, values]) => {
      const ids = [...new Set(list)].map((i) => items.id[i]);
      return {
        code,
        count: ids.length,
        ids,
        values: { ...values, count: ids.length, first: ids[0] },
      };
    });
}

/** Every item whose bytes another item has too. */
function equalBytes(digests: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const digest of digests) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  return digests.flatMap((digest, i) => ((counts.get(digest) ?? 0) > 1 ? [i] : []));
}

function oddSizes(aspects: Float64Array): number[] {
  const sorted = Float64Array.from(aspects).sort();
  const middle = sorted[sorted.length >> 1];
  const isOdd = (aspect: number) => Math.max(aspect / middle, middle / aspect) > checkLimits.aspect;
  return [...aspects.keys()].filter((i) => isOdd(aspects[i]));
}

type LabelSet = DatasetVersion["labelSets"][number];

function classCounts({ classes, codes }: LabelSet): Uint32Array {
  const counts = new Uint32Array(classes.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  return counts;
}

function tinyClasses(set: LabelSet): number[] {
  const counts = classCounts(set);
  return set.codes.flatMap((code, i) =>
    code >= 0 && counts[code] < checkLimits.tinyClass ? [i] : [],
  );
}

function tinyNames({ labelSets }: DatasetVersion): number {
  return labelSets.reduce(
    (sum, set) => sum + classCounts(set).filter((count) => count < checkLimits.tinyClass).length,
    0,
  );
}
