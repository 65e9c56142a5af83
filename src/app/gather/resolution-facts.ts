/** Whether the labelled classes could be told apart better if the network were given more pixels. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { digestBytes, fork, type Key, permutation } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { type Decoded, decodePicture } from "../../formats/image/index.ts";
import { centreView } from "../../learn/augment/index.ts";
import { describeEdges, edgeColumns, type Pictures } from "../../learn/data/index.ts";
import { measureSides, sidesProtocol } from "../../learn/measure/index.ts";
import type { ResolutionFacts } from "../../report/index.ts";
import { goodClass } from "../good-class.ts";
import type { ReportTask } from "./gather-report.ts";

const limits = {
  items: 480,
  /** Classes with fewer labelled pictures are not looked at; of the others, the largest. */
  rows: 8,
  classes: 30,
  /** Px of the shorter side. */
  largest: 256,
  smallest: 8,
  /** Files read at a time, and read to learn how large the originals are. */
  atOnce: 8,
  probes: 24,
  pairs: 8,
} as const;

/** Nothing where no labels are there, or no picture has more pixels than the network is given. */
export async function resolutionFacts(
  { dataset, pictures, options }: Pick<ReportTask, "dataset" | "pictures" | "options">,
  key: Key,
): Promise<ResolutionFacts[]> {
  const { document } = dataset;
  const working = options.size;
  // A set that tells good from bad is asked about first.
  const order = [...document.labelSets].sort((a, b) => isInspection(b) - isInspection(a));
  const found = order
    .map((set) => ({ set, ...sampleOf(set, fork(key, "resolution")) }))
    .find((one) => one.items.length > 0);
  if (!found) return [];
  const { set, items, classes } = found;
  const originals = await openOriginals(document, pictures, items);
  const sides = [working / 2, working, 2 * working, 4 * working, 8 * working]
    .map(Math.floor)
    .filter((side) => side >= limits.smallest && (side === working || side <= originals.largest));
  if (!sides.some((side) => side > working)) return [];
  const described = await describe(items, sides, originals.read);
  if (described.items.length < items.length / 2) return [];
  const measured = measureSides({
    sides: described.sides,
    working,
    codes: Int32Array.from(described.items, (i) => classes.indexOf(set.codes[i])),
    classes: classes.length,
    groups: described.items.map((i) => document.items.group[i]),
    key: fork(key, "resolution", "measure"),
  });
  const name = (c: number) => set.classes[classes[c]];
  const pairs = [...measured.pairs]
    .sort((p, q) => Number(!p.enough) - Number(!q.enough) || q.items - p.items)
    .slice(0, limits.pairs)
    .map((pair) => ({ ...pair, classes: [name(pair.classes[0]), name(pair.classes[1])] as const }));
  return [
    {
      ...measured,
      pairs,
      labelSet: set.name,
      protocol: sidesProtocol,
      items: described.items.length,
      working,
    },
  ];
}

function isInspection(set: LabelSet): number {
  return Number(goodClass(set) !== undefined);
}

/** The largest classes, equally many pictures of each where there are enough. */
function sampleOf({ codes, classes }: LabelSet, key: Key) {
  const rows = classes.map((_, c) => [...codes.keys()].filter((i) => codes[i] === c));
  const kept = [...rows.keys()]
    .filter((c) => rows[c].length >= limits.rows)
    .sort((a, b) => rows[b].length - rows[a].length)
    .slice(0, limits.classes);
  if (kept.length < 2) return { items: [], classes: [] };
  const each = Math.floor(limits.items / kept.length);
  const items = kept.flatMap((c) =>
    Array.from(permutation(fork(key, c), rows[c].length).subarray(0, each), (i) => rows[c][i]),
  );
  return { items: items.sort((a, b) => a - b), classes: kept };
}

type Picture = Pick<Decoded, "pixels" | "height" | "width">;

interface Originals {
  /** The largest side that most of them have. */
  readonly largest: number;
  /** Undefined for a file that is gone or has changed. */
  readonly read: (item: number) => Promise<Picture | undefined>;
}

/** The files themselves where they are still there, else the pictures as they are kept. */
async function openOriginals(
  document: DatasetVersion,
  pictures: Pictures,
  items: readonly number[],
): Promise<Originals> {
  const { source, resolution } = document;
  const kept: Originals = {
    largest: resolution,
    read: async (i) => ({ pixels: pictures.read(i), ...pictures.size(i) }),
  };
  if (source.kind !== "folder" || !existsSync(source.path)) return kept;
  for (let side: number = limits.largest; side > resolution; side /= 2) {
    const read = (i: number) => originalAt(document, i, side);
    const probes = await Promise.all(items.slice(0, limits.probes).map(read));
    const large = probes.filter((found) => found && !found.enlarged).length;
    if (large >= 0.8 * probes.length) return { largest: side, read };
  }
  return kept;
}

async function originalAt(
  { source, items, decoding }: DatasetVersion,
  i: number,
  side: number,
): Promise<Decoded | undefined> {
  try {
    const bytes = await readFile(join(source.path, items.path[i]));
    if (digestBytes(bytes) !== items.digest[i]) return undefined;
    return await decodePicture(bytes, side, decoding);
  } catch {
    return undefined;
  }
}

const plain = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;

async function describe(
  items: readonly number[],
  sides: readonly number[],
  read: Originals["read"],
) {
  const found: number[] = [];
  const columns = edgeColumns;
  const values = sides.map(() => new Float32Array(items.length * columns));
  for (let from = 0; from < items.length; from += limits.atOnce) {
    const part = items.slice(from, from + limits.atOnce);
    const pictures = await Promise.all(part.map(read));
    for (const [i, picture] of pictures.entries()) {
      if (!picture) continue;
      for (const [s, side] of sides.entries()) {
        const planes = new Float32Array(3 * side * side);
        centreView(picture.pixels, picture, { size: side, normalize: plain }, planes, 0);
        describeEdges(planes, side, values[s], found.length * columns);
      }
      found.push(part[i]);
    }
  }
  const rows = found.length;
  return {
    items: found,
    sides: sides.map((side, s) => ({
      side,
      matrix: { rows, columns, values: values[s].subarray(0, rows * columns) },
    })),
  };
}
