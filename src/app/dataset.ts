/** Datasets by name or by path: a path becomes a dataset named after its folder. */
import { existsSync, realpathSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Problem } from "../base/index.ts";
import { type DatasetVersion, facetNames } from "../formats/documents/index.ts";
import { createPackWriter, openPack } from "../formats/pack/index.ts";
import {
  detectSource,
  facetOfColumn,
  type Ingested,
  ingest,
  type LabelList,
  openPictures,
  type Pictures,
  readLabelList,
} from "../learn/data/index.ts";
import {
  checkName,
  datasetDigest,
  nameFrom,
  readConfig,
  type Store,
  type StoredDataset,
} from "../registry/index.ts";
import { attachLists, columnOf } from "./attach-lists.ts";
import { type Desk, openDesk, type ReadingDesk } from "./desk.ts";
import { readWorkbookApart } from "./job/read-workbook.ts";
import { requirePath } from "./near-paths.ts";

/** What decides a dataset's version; the same for `data add` and `pilot`. */
export interface IngestChoices {
  readonly name?: string;
  readonly resolution?: number;
  /** Lists with labels, groups or splits. */
  readonly labels?: readonly string[];
  readonly columns?: readonly string[];
  /** `coarse>fine`. */
  readonly hierarchy?: readonly string[];
  readonly group?: string;
  readonly split?: string;
  readonly share?: number;
  readonly background?: string;
}

export interface Taken extends StoredDataset {
  readonly counts: Ingested["counts"];
}

/** Ingests a path: the first version, or the next one with what is new. Lists become label sets. */
export async function takeIn(
  path: string,
  choices: IngestChoices,
  desk: Desk,
  { leave }: { readonly leave?: ReadonlySet<string> } = {},
): Promise<Taken> {
  const { store, writer, work } = desk;
  const config = readConfig(store.workspace).data;
  requirePath(path, { cwd: work.cwd, datasets: store.datasetNames() });
  const source = detectSource(resolve(work.cwd, path));
  const name = datasetName(source.path, choices.name);
  const previous = store.datasetNames().includes(name) ? store.dataset(name).document : undefined;
  const lists = (choices.labels ?? []).map((file) =>
    readLabelList(resolve(work.cwd, file), {
      emit: work.emit,
      readWorkbook: readWorkbookApart,
      ...(choices.columns && { columns: choices.columns }),
    }),
  );
  const group = ruleOf(choices.group ?? (previous ? undefined : config.group), lists);
  const split = choices.split === undefined ? undefined : `column:${choices.split}`;
  const list = listWith([group, split], lists);
  const resolution = choices.resolution ?? (previous ? undefined : config.resolution);
  const background = choices.background ?? (previous ? undefined : config.background);
  const share = choices.share ?? (previous ? undefined : config.share);
  const { version, counts } = await ingest(source, {
    name,
    createPack: (options) => createPackWriter(writer.packsFolder, options),
    openPack: (digest) => openPack(store.packFolder(digest)),
    packFolder: (digest) => store.packFolder(digest),
    clock: work.clock,
    emit: work.emit,
    signal: work.signal,
    ...(previous && { previous }),
    ...(leave && { leave }),
    ...(list && { list }),
    ...(resolution !== undefined && { resolution }),
    ...(group !== undefined && { group }),
    ...(split !== undefined && isColumnOf(split, list) && { split }),
    ...(share !== undefined && { evaluationShare: share }),
    ...(background !== undefined && { background }),
  });
  try {
    const now = work.clock.now().toISOString();
    const labelled = attachLists(version, lists, { choices, now, emit: work.emit });
    const document = labelled === version ? version : after(previous, labelled, { version, now });
    return { version: writer.writeDataset(document), document, counts };
  } catch (thrown) {
    // The pictures were fine: with a better list nothing has to be read again.
    if (thrown instanceof Problem) writer.writeDataset(version);
    throw thrown;
  }
}

/**
 * Labels alone make a version, too: where the pictures are those of the version before, that one is
 * its parent. Else two versions would both be nobody's parent, and which is newest would be chance.
 */
function after(
  previous: DatasetVersion | undefined,
  labelled: DatasetVersion,
  { version, now }: { readonly version: DatasetVersion; readonly now: string },
): DatasetVersion {
  if (previous === undefined) return labelled;
  const parent = datasetDigest(previous);
  return datasetDigest(version) === parent ? { ...labelled, parent, created: now } : labelled;
}

/** By name, or by a path, which is then taken in. */
export async function openDataset(
  reference: string,
  choices: IngestChoices,
  desk: ReadingDesk,
): Promise<StoredDataset> {
  const { store, work, writer } = desk;
  if (store.datasetNames().includes(reference)) return store.dataset(reference);
  if (existsSync(resolve(work.cwd, reference))) {
    if (writer === undefined) {
      using opened = await openDesk(work);
      return await openDataset(reference, choices, opened);
    }
    const taken = await takeIn(reference, choices, { store, work, writer });
    const values = { path: reference, name: taken.document.name };
    work.emit({ type: "notice", level: "info", code: "app/path-became-dataset", values });
    return taken;
  }
  return store.dataset(reference);
}

/**
 * For a pilot: by path, or by a name whose pictures are looked at again where something may be new,
 * that is, where the name is also the folder it came from or where choices were given. With another
 * name the same pictures become a dataset of their own.
 */
export async function refreshDataset(
  reference: string,
  choices: IngestChoices,
  desk: Desk,
): Promise<StoredDataset> {
  const { store, work } = desk;
  if (!store.datasetNames().includes(reference)) return await takeIn(reference, choices, desk);
  const stored = store.dataset(reference);
  const { path } = stored.document.source;
  if ((choices.name ?? reference) !== reference) return await takeIn(path, choices, desk);
  const isHere = realPath(resolve(work.cwd, reference)) === path;
  const isAsked = Object.values(choices).some((choice) => choice !== undefined);
  if (!isHere && !isAsked) return stored;
  return await takeIn(path, { ...choices, name: reference }, desk);
}

/** The name under which a reference is, or would be, stored. */
export function datasetNameOf(
  reference: string,
  name: string | undefined,
  { store, work }: ReadingDesk,
): string {
  if (store.datasetNames().includes(reference)) {
    return name === undefined ? reference : checkName("dataset", name);
  }
  const path = resolve(work.cwd, reference);
  return datasetName(realPath(path) ?? path, name);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** The pictures of a stored version; close them when done. */
export function openStoredPictures(store: Store, document: DatasetVersion): Pictures & Disposable {
  const packs = document.packs.map((digest) => openPack(store.packFolder(digest)));
  return {
    ...openPictures(document, packs),
    [Symbol.dispose]() {
      for (const pack of packs) pack.close();
    },
  };
}

/** Only these pictures, renumbered. */
export function picturesAt(pictures: Pictures, indexes: ArrayLike<number>): Pictures {
  return {
    count: indexes.length,
    size: (i) => pictures.size(indexes[i]),
    read: (i) => pictures.read(indexes[i]),
  };
}

/** Positions of the items of one split. */
export function itemsOf({ items }: DatasetVersion, split: "train" | "evaluation"): Uint32Array {
  return Uint32Array.from([...items.split.keys()].filter((i) => items.split[i] === split));
}

function datasetName(path: string, given: string | undefined): string {
  if (given !== undefined) return checkName("dataset", given);
  return nameFrom(basename(path)) ?? "pictures";
}

const rules = /^(column:.+|facet:.+|folder(:\d+)?|near-duplicate|item)$/;

/** `--group lot` means the list's column of that name, else what names tell of lots. */
function ruleOf(group: string | undefined, lists: readonly LabelList[]): string | undefined {
  if (group === undefined || rules.test(group)) return group;
  const columns = lists.flatMap((list) => list.columns);
  const column =
    columns.find((name) => name === group) ?? columns.find((name) => facetOfColumn(name) === group);
  if (column !== undefined) return `column:${column}`;
  if (facetNames.some((name) => name === group)) return `facet:${group}`;
  return lists.length > 0 ? `column:${group}` : group;
}

function listWith(
  wanted: readonly (string | undefined)[],
  lists: readonly LabelList[],
): LabelList | undefined {
  return lists.find((list) => wanted.some((rule) => rule && isColumnOf(rule, list))) ?? lists[0];
}

function isColumnOf(rule: string, list: LabelList | undefined): boolean {
  const column = columnOf(rule);
  return column !== undefined && (list?.columns.includes(column) ?? false);
}
