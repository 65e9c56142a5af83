/** Datasets: frozen versions, each with a small summary beside it so that lists stay fast. */
import { existsSync, rmSync } from "node:fs";
import { digestJson, type Emit, Problem, putJson } from "../base/index.ts";
import { startFile, writeFileAtomically } from "../formats/atomic-file/index.ts";
import {
  checkDocument,
  type DatasetSummary,
  type DatasetVersion,
  documentText,
} from "../formats/documents/index.ts";
import type { Layout } from "./layout.ts";
import { checkName, checkNoCollision } from "./names.ts";
import { nearest } from "./nearest.ts";
import { namesIn, readAll, readDocument } from "./stored.ts";

export interface StoredDataset {
  readonly version: string;
  readonly document: DatasetVersion;
}

export interface Shelf {
  readonly workspace: string;
  readonly layout: Layout;
  readonly emit: Emit;
}

/** The version of a dataset's contents: equal contents and parent give the same one. */
export function datasetDigest({ created: _, ...contents }: DatasetVersion): string {
  return digestJson(contents);
}

export function datasetNames({ layout }: Shelf): string[] {
  return namesIn(layout.datasets, "folders").filter(
    (name) => versionNames(layout.dataset(name)).length > 0,
  );
}

/** The newest version of each dataset, by name. */
export function datasets(shelf: Shelf): DatasetSummary[] {
  return readAll(datasetNames(shelf), {
    read: (name) => datasetVersions(shelf, name).at(-1),
    emit: shelf.emit,
  });
}

/**
 * Every version of a dataset, the newest last. No file says which one is newest: each version names
 * its parent, and the newest is the one that is nobody's parent. Only where there are several such
 * (folders merged by hand) their times decide.
 */
export function datasetVersions(shelf: Shelf, name: string): DatasetSummary[] {
  const versions = versionNames(shelf.layout.dataset(name));
  const summaries = readAll(versions, {
    read: (version) => summaryOf(shelf.layout, name, version),
    emit: shelf.emit,
  });
  const parents = new Set(summaries.map(({ parent }) => parent));
  const rank = ({ version }: DatasetSummary) => (parents.has(version) ? 0 : 1);
  return summaries.sort(
    (a, b) => rank(a) - rank(b) || order(a.created, b.created) || order(a.version, b.version),
  );
}

/** A version by its digest or the digest's beginning; the newest unless told. */
export function dataset(shelf: Shelf, name: string, version?: string): StoredDataset {
  const known = name.normalize("NFC");
  const full = version === undefined ? newest(shelf, known) : versionOf(shelf, known, version);
  const file = shelf.layout.datasetFile(known, full);
  const document = readDocument("dataset", file);
  if (document === undefined) throw unknownDataset(shelf, name);
  return { version: full, document };
}

/** Writes a version; one that is there already stays as it is. */
export function writeDataset(shelf: Shelf, document: DatasetVersion): string {
  const { layout } = shelf;
  const name = checkName("dataset", document.name);
  checkNoCollision(name, namesIn(layout.datasets, "folders"));
  const checked = { ...checkDocument("dataset", document, `${name} (new version)`), name };
  const version = datasetDigest(checked);
  const file = layout.datasetFile(name, version);
  if (existsSync(file)) return version;
  // The summary goes first: without its document it counts for nothing.
  const summary = documentText("dataset-summary", summarise(checked, version));
  const beside = layout.datasetSummary(name, version);
  writeFileAtomically(beside, summary);
  try {
    writeInPieces(file, checked);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  return version;
}

/** The text of a large dataset would weigh as much as the dataset. */
function writeInPieces(path: string, document: DatasetVersion): void {
  using file = startFile(path);
  putJson(document, { order: "given", put: (piece) => file.write(Buffer.from(piece)) });
  file.write(Buffer.from("\n"));
  file.finish();
}

export function unknownDataset(shelf: Shelf, name: string): Problem {
  const names = datasetNames(shelf);
  if (names.length === 0) {
    return new Problem("registry/nothing-yet", { kind: "dataset", workspace: shelf.workspace });
  }
  return new Problem("registry/unknown-dataset", { name, nearest: nearest(name, names) });
}

function newest(shelf: Shelf, name: string): string {
  const version = datasetVersions(shelf, name).at(-1)?.version;
  if (version === undefined) throw unknownDataset(shelf, name);
  return version;
}

function versionOf(shelf: Shelf, name: string, asked: string): string {
  const all = versionNames(shelf.layout.dataset(name));
  if (all.length === 0) throw unknownDataset(shelf, name);
  if (asked === "last") return newest(shelf, name);
  const found = asked.length < 4 ? [] : all.filter((version) => version.startsWith(asked));
  const shown = (versions: string[]) => versions.map((version) => version.slice(0, 12)).join(", ");
  if (found.length > 1) {
    throw new Problem("registry/ambiguous-version", { name, version: asked, found: shown(found) });
  }
  if (found.length === 0) {
    throw new Problem("registry/unknown-version", { name, version: asked, found: shown(all) });
  }
  return found[0];
}

function versionNames(folder: string): string[] {
  return namesIn(folder, "files").flatMap((file) => /^([0-9a-f]{64})\.json$/.exec(file)?.[1] ?? []);
}

/** Read, or made again from the document where it is missing or of another version. */
function summaryOf(layout: Layout, name: string, version: string): DatasetSummary | undefined {
  try {
    const summary = readDocument("dataset-summary", layout.datasetSummary(name, version));
    if (summary !== undefined) return summary;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  const document = readDocument("dataset", layout.datasetFile(name, version));
  return document && summarise(document, version);
}

function summarise(document: DatasetVersion, version: string): DatasetSummary {
  const { name, parent, created, kind, source, resolution, packs, items } = document;
  return {
    format: 1,
    name,
    version,
    parent,
    created,
    kind,
    source,
    resolution,
    items: items.id.length,
    evaluation: items.split.filter((split) => split === "evaluation").length,
    rejected: document.rejected.length,
    packs,
    labelSets: document.labelSets.map((set) => ({
      name: set.name,
      classes: set.classes.length,
      labelled: set.codes.filter((code) => code >= 0).length,
      parent: set.parent,
    })),
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
