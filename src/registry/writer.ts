/** The store for writing: one process at a time, everything written aside and renamed. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fork, Problem } from "../base/index.ts";
import { explainWriting, sweepAsides, systemCode } from "../formats/atomic-file/index.ts";
import type { DatasetVersion } from "../formats/documents/index.ts";
import type { TensorsToStore } from "../formats/safetensors/index.ts";
import { type Shelf, writeDataset } from "./datasets.ts";
import { type EmbeddingContent, type EmbeddingKey, writeEmbedding } from "./embeddings.ts";
import { type Head, type HeadContent, type HeadDraft, writeHead } from "./heads.ts";
import type { Layout } from "./layout.ts";
import { acquireLock, type Lock } from "./lock.ts";
import { ownRecord, type ProcessRecord } from "./process-record.ts";
import {
  type Representation,
  type RepresentationDraft,
  resolveRepresentation,
  setAlias,
  writeRepresentation,
} from "./representations.ts";
import { type RunFolder, resumeRun } from "./run.ts";
import { createRun, type RunDraft, run } from "./runs.ts";
import type { WriterOptions } from "./store.ts";
import { namesIn } from "./stored.ts";

export interface Writer extends Disposable {
  /** Returns the version; contents that are there already are not written again. */
  writeDataset(document: DatasetVersion): string;
  /** Where packs are written: each names itself by its digest when it is finished. */
  readonly packsFolder: string;
  createRun(draft: RunDraft): RunFolder;
  /** Takes up a run that was interrupted, failed or died. */
  resumeRun(id: string): RunFolder;
  writeRepresentation(draft: RepresentationDraft, tensors: TensorsToStore): Representation;
  setAlias(reference: string, alias: string): void;
  /** Returns the digest under which `Store.embeddings` finds it. */
  writeEmbedding(key: EmbeddingKey, content: EmbeddingContent): string;
  writeHead(draft: HeadDraft, content: HeadContent): Head;
  /** Lets others write. Also at the end of the scope and of the process. */
  release(): void;
}

export function openWriter(shelf: Shelf, { clock, key, command }: WriterOptions): Writer {
  const { layout } = shelf;
  const { lock, isNew } = enter(layout, ownRecord(command, clock));
  sweep(shelf);
  let held = true;
  let made = 0;
  const checked = <Arguments extends unknown[], Result>(
    write: (...given: Arguments) => Result,
  ): ((...given: Arguments) => Result) => {
    return (...given) => {
      if (!held) throw new Problem("registry/writer-closed");
      return write(...given);
    };
  };
  const release = () => {
    if (!held) return;
    held = false;
    lock.release();
    if (isNew) removeIfEmpty(layout.root);
  };
  return {
    writeDataset: checked((document) => writeDataset(shelf, document)),
    packsFolder: layout.packs,
    createRun: checked((draft) =>
      createRun(shelf, draft, { key: fork(key, "run", made++), clock, command }),
    ),
    resumeRun: checked((id) => resumeRun(run(shelf, id).folder, { clock, command })),
    writeRepresentation: checked((draft, tensors) =>
      writeRepresentation(shelf, draft, { tensors, clock }),
    ),
    setAlias: checked((reference, alias) =>
      setAlias(shelf, resolveRepresentation(shelf, reference), { alias, clock }),
    ),
    writeEmbedding: checked((embedding, content) =>
      writeEmbedding(shelf, embedding, { ...content, clock }),
    ),
    writeHead: checked((draft, content) => writeHead(shelf, draft, { ...content, clock })),
    release,
    [Symbol.dispose]: release,
  };
}

/** Makes the store where there is none, and takes its lock. */
function enter({ root, lock }: Layout, own: ProcessRecord): { lock: Lock; isNew: boolean } {
  for (let isNew = false; ; ) {
    isNew ||= explainWriting(root, () => prepare(root));
    try {
      return { lock: acquireLock(lock, own), isNew };
    } catch (error) {
      // Another process that kept nothing has just taken its empty store away.
      if (systemCode(error) !== "ENOENT") throw error;
    }
  }
}

const ignoreFile = ".gitignore";

/** The store does not belong into a project's version control. Returns whether it was made just now. */
function prepare(root: string): boolean {
  const isNew = mkdirSync(root, { recursive: true }) !== undefined;
  try {
    writeFileSync(join(root, ignoreFile), "*\n", { flag: "wx" });
  } catch {
    // It is there already, or may not be written: then the lock says so next.
  }
  return isNew;
}

/** Work that was refused before it kept anything, as for a mistyped path, leaves no store behind. */
function removeIfEmpty(root: string): void {
  if (!existsSync(root) || readdirSync(root).join() !== ignoreFile) return;
  rmSync(join(root, ignoreFile), { force: true });
  try {
    rmdirSync(root);
  } catch {
    // Another process came in between and has its lock there.
    prepare(root);
  }
}

/** Removes what processes that died left unfinished; the lock makes sure that no other writes. */
function sweep({ layout }: Shelf): void {
  const parts = [
    layout.root,
    layout.packs,
    layout.runs,
    layout.embeddings,
    ...[layout.datasets, layout.representations, layout.heads].flatMap(withFolders),
    ...[layout.representations, layout.heads].flatMap(withFolders).flatMap(withFolders),
    ...namesIn(layout.runs, "folders").flatMap((id) => {
      const folder = layout.run(id);
      return [folder, join(folder, "checkpoints")];
    }),
  ];
  for (const folder of new Set(parts)) sweepAsides(folder);
}

function withFolders(folder: string): string[] {
  return [folder, ...namesIn(folder, "folders").map((name) => join(folder, name))];
}
