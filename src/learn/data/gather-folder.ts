/** Gathers a folder of pictures: scan, compare by size and time, read what is new. */
import { Problem } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import {
  type FreshItem,
  type Gathered,
  type GatherOptions,
  knownPlaces,
  stopIfAsked,
} from "./gather.ts";
import { inOrder } from "./in-order.ts";
import { startPhase } from "./phase.ts";
import { defaultReaders, openPictureReaders, type ReadAhead } from "./picture-readers.ts";
import { readPicture } from "./read-picture.ts";
import { type FoundFile, scanFolder } from "./scan.ts";

export async function gatherFolder(root: string, options: GatherOptions): Promise<Gathered> {
  const { previous, signal, resolution, concurrency, addPicture, readers: asked } = options;
  const seen = new Set<number>();
  const rejected: Gathered["rejected"] = [];
  const toRead = await compare(root, options, { seen, rejected });
  const places = knownPlaces(previous);
  const byPath = new Map(previous?.items.path.map((path, i) => [path, i]));
  const byDigest = new Map(previous?.items.digest.map((digest, i) => [digest, i]));
  const fresh: FreshItem[] = [];
  let enlarged = 0;
  let done = 0;

  const stretch = startPhase("ingest", { ...options, total: toRead.length });
  const isKnown = (digest: string) => places.has(digest);
  const read = async ({ file, small }: ReadAhead) => {
    stopIfAsked(signal);
    return { file, picture: small ?? (await readPicture(root, file, { resolution, isKnown })) };
  };
  const count = defaultReaders(toRead.length, concurrency);
  await using readers = openPictureReaders({ root, resolution, count, ...asked });
  const ahead = readers.readAhead(toRead);
  // Twice the cores: while one picture is awaited in order, those behind it are decoded.
  for await (const { file, picture } of inOrder(ahead, 2 * concurrency, read)) {
    stopIfAsked(signal);
    stretch.at(++done);
    if ("rejected" in picture) {
      rejected.push(picture.rejected);
      continue;
    }
    const { digest, decoded } = picture;
    const old = byPath.get(file.path);
    if (old !== undefined && previous?.items.digest[old] === digest) {
      seen.add(old);
      continue;
    }
    let place = places.get(digest);
    if (place === undefined) {
      if (decoded === undefined) throw new Problem("internal/defect", { path: file.path });
      place = addPicture(decoded, digest);
      places.set(digest, place);
      if (decoded.enlarged) enlarged++;
    }
    fresh.push({ ...file, digest, place, successor: old ?? byDigest.get(digest) });
  }
  stretch.end();
  const kept = [...seen].sort((a, b) => a - b);
  // Some were found while scanning, some while reading: one order, whatever was skipped this time.
  rejected.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { kept, fresh, rejected, enlarged, own: [] };
}

/** Files that have to be read. Those of equal size and time are noted as seen or rejected again. */
async function compare(
  root: string,
  options: GatherOptions,
  into: { seen: Set<number>; rejected: Gathered["rejected"] },
): Promise<FoundFile[]> {
  const { previous, signal } = options;
  const byPath = new Map(previous?.items.path.map((path, i) => [path, i]));
  const before = new Map(previous?.rejected.map((entry) => [entry.path, entry]));
  const toRead: FoundFile[] = [];
  let done = 0;
  const stretch = startPhase("scan", options);
  for await (const found of scanFolder(root)) {
    stopIfAsked(signal);
    stretch.at(++done);
    if ("code" in found) {
      into.rejected.push(found);
      continue;
    }
    const item = byPath.get(found.path);
    if (options.leave?.has(found.path)) {
      if (item !== undefined) into.seen.add(item);
      continue;
    }
    const refusal = before.get(found.path);
    if (item !== undefined && sameFile(previous?.items, item, found)) into.seen.add(item);
    else if (refusal !== undefined && sameRefusal(refusal, found)) into.rejected.push(refusal);
    else toRead.push(found);
  }
  stretch.end();
  return toRead;
}

function sameFile(
  items: DatasetVersion["items"] | undefined,
  i: number,
  { bytes, modified }: FoundFile,
): boolean {
  return items?.bytes?.[i] === bytes && items.modified?.[i] === modified;
}

function sameRefusal(
  { values }: DatasetVersion["rejected"][number],
  { bytes, modified }: FoundFile,
): boolean {
  return values.bytes === bytes && values.modified === modified;
}
