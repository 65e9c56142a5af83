/** The store for reading: takes no lock, waits for nobody, loads no native library. */
import type { Clock, Emit, Key } from "../base/index.ts";
import { silent } from "../base/index.ts";
import type { DatasetSummary } from "../formats/documents/index.ts";
import {
  dataset,
  datasetNames,
  datasets,
  datasetVersions,
  type Shelf,
  type StoredDataset,
} from "./datasets.ts";
import { type Embedding, embeddings } from "./embeddings.ts";
import { type Head, heads, resolveHead } from "./heads.ts";
import { layout } from "./layout.ts";
import { lockHolder } from "./lock.ts";
import type { ProcessRecord } from "./process-record.ts";
import {
  aliases,
  type Representation,
  representations,
  resolveRepresentation,
} from "./representations.ts";
import type { Run } from "./run.ts";
import { run, runs } from "./runs.ts";
import { openWriter, type Writer } from "./writer.ts";

export interface Store {
  readonly workspace: string;
  datasetNames(): string[];
  /** The newest version of each dataset, by name. */
  datasets(): DatasetSummary[];
  /** Every version, the newest last. */
  datasetVersions(name: string): DatasetSummary[];
  /** The newest version unless told; a digest may be shortened to four letters or more. */
  dataset(name: string, version?: string): StoredDataset;
  packFolder(digest: string): string;
  runs(): Run[];
  /** By name, its beginning, or `@last`. */
  run(id: string): Run;
  /** The runs that name this one as their parent, in order. */
  parts(id: string): Run[];
  representations(): Representation[];
  aliases(name: string): ReadonlyMap<string, string>;
  /** NAME@VERSION, NAME@ALIAS, NAME, @last or a folder; relative paths start at `cwd`. */
  resolve(reference: string, cwd?: string): Representation;
  embeddings(digest: string): Embedding | undefined;
  heads(): Head[];
  /** NAME@VERSION, NAME or @last. */
  head(reference: string): Head;
  /** Who writes just now, if anybody. */
  holder(): ProcessRecord | undefined;
  /** Takes the workspace's lock; to be released, best with `using`. */
  writer(options: WriterOptions): Promise<Writer>;
}

export interface WriterOptions {
  readonly clock: Clock;
  /** From which the names of runs are drawn. */
  readonly key: Key;
  /** The command line, for those who find the lock taken. */
  readonly command: readonly string[];
}

/** Opens a workspace's store; the folder need not exist before something is written. */
export function openStore(workspace: string, { emit = silent }: { emit?: Emit } = {}): Store {
  const shelf: Shelf = { workspace, layout: layout(workspace), emit };
  const store: Store = {
    workspace,
    datasetNames: () => datasetNames(shelf),
    datasets: () => datasets(shelf),
    datasetVersions: (name) => datasetVersions(shelf, name),
    dataset: (name, version) => dataset(shelf, name, version),
    packFolder: (digest) => shelf.layout.pack(digest),
    runs: () => runs(shelf),
    run: (id) => run(shelf, id),
    parts: (id) => runs(shelf).filter(({ document }) => document.parent === id),
    representations: () => representations(shelf),
    aliases: (name) => aliases(shelf, name),
    resolve: (reference, cwd) => resolveRepresentation(shelf, reference, cwd),
    embeddings: (digest) => embeddings(shelf, digest),
    heads: () => heads(shelf),
    head: (reference) => resolveHead(shelf, reference),
    holder: () => lockHolder(shelf.layout.lock),
    writer: async (options) => openWriter(shelf, options),
  };
  return store;
}
