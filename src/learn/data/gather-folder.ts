/** Gathers a folder of pictures: scan, compare by size and time, read what is new. */
import { Problem } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import { exclusions } from "./decisions.ts";
import {
  type FreshItem,
  type Gathered,
  type GatherOptions,
  knownPlaces,
  stopIfAsked,
} from "./gather.ts";
import { inOrder } from "./in-order.ts";
import { pagesByFile } from "./pages.ts";
import { startPhase } from "./phase.ts";
import { openPictureReaders, type ReadAhead } from "./picture-readers.ts";
import { type ReadFile, readPicture } from "./read-picture.ts";
import { type FoundFile, type Rejected, scanFolder } from "./scan.ts";
import { whiteOf } from "./white.ts";

export async function gatherFolder(root: string, options: GatherOptions): Promise<Gathered> {
  const { previous, signal, resolution, concurrency, addPicture, readers: asked } = options;
  const seen = new Set<number>();
  const rejected: Gathered["rejected"] = [];
  await using readers = openPictureReaders({ root, resolution, concurrency, ...asked });
  const toRead = await compare(root, options, { seen, rejected, expect: readers.expect });
  const white = options.decoding.white ?? (await whiteOf(root, toRead, previous));
  const decoding = { ...options.decoding, ...(white !== undefined && { white }) };
  const places = knownPlaces(previous);
  const byPath = new Map(previous?.items.path.map((path, i) => [path, i]));
  const byDigest = new Map(previous?.items.digest.map((digest, i) => [digest, i]));
  const fresh: FreshItem[] = [];
  const clipped: string[] = [];
  let enlarged = 0;
  let done = 0;

  const stretch = startPhase("ingest", { ...options, total: toRead.length });
  options.expectPictures(toRead.length);
  const isKnown = (digest: string) => places.has(digest);
  const read = async (files: readonly ReadAhead[]): Promise<readonly Read[]> => {
    stopIfAsked(signal);
    const [{ file, small, giveBack }] = files;
    if (small) return files.map(fromAhead);
    const { pictures, rejected } = await readPicture(root, file, { resolution, decoding, isKnown });
    return [{ file, pictures, rejected, giveBack }];
  };
  const ahead = readers.readAhead(toRead);
  const take = ({ file, pictures, rejected: refused, giveBack }: Read) => {
    stretch.at(++done);
    for (const one of refused) rejected.push(one);
    for (const { path, digest, taken, decoded } of pictures) {
      const old = byPath.get(path);
      if (old !== undefined && previous?.items.digest[old] === digest) {
        seen.add(old);
        continue;
      }
      let place = places.get(digest);
      if (place === undefined) {
        if (decoded === undefined) throw new Problem("internal/defect", { path });
        place = addPicture(decoded, digest);
        places.set(digest, place);
        if (decoded.enlarged) enlarged++;
        if (decoded.clipped) clipped.push(path);
      }
      const successor = old ?? byDigest.get(digest);
      const { bytes, modified } = file;
      // Written out: objects made by spreading have a hidden class each, larger than themselves.
      fresh.push({ path, digest, bytes, modified, place, successor, taken });
    }
    giveBack?.();
  };
  // Twice the cores: while one picture is awaited in order, those behind it are decoded.
  for await (const found of inOrder(ahead, 2 * concurrency, read)) {
    stopIfAsked(signal);
    for (const one of found) take(one);
  }
  stretch.end();
  const kept = [...seen].sort((a, b) => a - b);
  // Some were found while scanning, some while reading: one order, whatever was skipped this time.
  rejected.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return { kept, fresh, rejected, enlarged, clipped, decoding, own: [] };
}

function fromAhead({ file, small, giveBack }: ReadAhead): Read {
  const pictures = small ? [{ path: file.path, digest: small.digest, decoded: small.decoded }] : [];
  return { file, pictures, rejected: none, giveBack };
}

const none: readonly Rejected[] = [];

type Read = ReadFile & Pick<ReadAhead, "file" | "giveBack">;

/** Files that have to be read. Those of equal size and time are noted as seen or rejected again. */
async function compare(
  root: string,
  options: GatherOptions,
  into: {
    seen: Set<number>;
    rejected: Gathered["rejected"];
    expect: (files: number) => void;
  },
): Promise<FoundFile[]> {
  const { previous, signal } = options;
  const before = previous?.rejected ?? [];
  const byPath = new Map(previous?.items.path.map((path, i) => [path, i]));
  const refusals = new Map(before.map((entry) => [entry.path, entry]));
  const isThere = (path: string) => byPath.has(path) || refusals.has(path);
  const pages = pagesByFile(previous?.items.path ?? [], isThere);
  const refusedPages = pagesByFile([...refusals.keys()], isThere);
  const isExcluded = exclusions(previous);
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
    if (isExcluded(found)) continue;
    const item = byPath.get(found.path);
    if (options.leave?.has(found.path)) {
      if (item !== undefined) into.seen.add(item);
      for (const page of pages.get(found.path) ?? []) into.seen.add(page);
      continue;
    }
    const refusal = refusals.get(found.path);
    const isSame =
      (item !== undefined && sameFile(previous?.items, item, found)) ||
      (refusal !== undefined && sameRefusal(refusal, found));
    if (!isSame) {
      into.expect(toRead.push(found));
      continue;
    }
    if (item !== undefined) into.seen.add(item);
    if (refusal !== undefined) into.rejected.push(refusal);
    for (const page of pages.get(found.path) ?? []) into.seen.add(page);
    for (const page of refusedPages.get(found.path) ?? []) into.rejected.push(before[page]);
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
