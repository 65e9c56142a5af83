/** Gathers CIFAR's binary files: every record is an item, its labels and its side are given. */
import { digestBytes, Problem } from "../../base/index.ts";
import {
  type CifarFile,
  type CifarSet,
  cifarPixels,
  cifarSide,
  findCifar,
  readCifarRecords,
} from "../../formats/cifar/index.ts";
import { resizePixels } from "../../formats/image/index.ts";
import {
  type FreshItem,
  type Gathered,
  type GatherOptions,
  knownPlaces,
  stopIfAsked,
} from "./gather.ts";
import { startPhase } from "./phase.ts";

export async function gatherCifar(root: string, options: GatherOptions): Promise<Gathered> {
  const { previous, signal, resolution, addPicture } = options;
  const set = findCifar(root);
  if (set === undefined) throw new Problem("data/no-pictures", { path: root, files: 0, broken: 0 });
  const scan = startPhase("scan", options);
  const always = { clipped: [], decoding: options.decoding };
  const own = set.labels.map(({ name, classes }, i) =>
    i === 0 ? { name, classes } : { name, classes, parent: set.labels[i - 1].name },
  );
  const rejected = set.files.flatMap((file) => cutShort(file, set.recordBytes));
  const isSame = isUntouched(set, options);
  scan.end();
  if (isSame) {
    const kept = previous?.items.path.map((_, i) => i) ?? [];
    return { kept, fresh: [], rejected: previous?.rejected ?? [], enlarged: 0, own, ...always };
  }
  const total = set.files.reduce((sum, { records }) => sum + records, 0);
  const stretch = startPhase("ingest", { ...options, total });
  options.expectPictures(total);
  const places = knownPlaces(previous);
  const byPath = new Map(previous?.items.path.map((path, i) => [path, i]));
  const kept: number[] = [];
  const fresh: FreshItem[] = [];
  let enlarged = 0;
  let done = 0;
  for (const file of set.files) {
    let record = 0;
    for (const batch of readCifarRecords(set, file)) {
      stopIfAsked(signal);
      for (const bytes of batch) {
        const path = `${file.name}/${String(record++).padStart(5, "0")}`;
        const codes = [...bytes.subarray(0, set.labels.length)];
        const wrong = codes.findIndex((code, i) => code >= set.labels[i].classes.length);
        if (wrong >= 0) {
          const values = { path, found: codes[wrong], classes: set.labels[wrong].classes.length };
          rejected.push({ path, code: "data/record-label-unknown", values });
          continue;
        }
        const planes = bytes.subarray(set.labels.length);
        const digest = digestBytes(planes);
        const old = byPath.get(path);
        if (old !== undefined && previous?.items.digest[old] === digest) {
          kept.push(old);
          continue;
        }
        let place = places.get(digest);
        if (place === undefined) {
          const square = { width: cifarSide, height: cifarSide };
          const decoded = await resizePixels(cifarPixels(planes), square, resolution);
          if (decoded.enlarged) enlarged++;
          place = addPicture(decoded, digest);
          places.set(digest, place);
        }
        const given = file.part === "test" ? "evaluation" : "train";
        const { bytes: size, modified } = file;
        fresh.push({ path, digest, bytes: size, modified, place, given, codes, successor: old });
      }
      done += batch.length;
      stretch.at(done);
      await nextTurn();
    }
  }
  stretch.end();
  return { kept: kept.sort((a, b) => a - b), fresh, rejected, enlarged, own, ...always };
}

/** Lets timers and signals through between batches of synchronous work. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function cutShort(
  { name, rest, records, bytes }: CifarFile,
  recordBytes: number,
): Gathered["rejected"] {
  if (rest === 0) return [];
  const values = { path: name, records, rest, recordBytes, bytes };
  return [{ path: name, code: "data/record-cut-short", values }];
}

/** Same files, sizes and times as when the previous version was made. */
function isUntouched(set: CifarSet, { previous, resolution }: GatherOptions): boolean {
  if (previous === undefined || previous.resolution !== resolution) return false;
  const { path, bytes = [], modified = [] } = previous.items;
  const before = new Map<string, string>();
  for (let i = 0; i < path.length; i++) {
    before.set(path[i].split("/", 1)[0], `${bytes[i]} ${modified[i]}`);
  }
  return (
    before.size === set.files.filter(({ records }) => records > 0).length &&
    set.files.every((file) => before.get(file.name) === `${file.bytes} ${file.modified}`)
  );
}
