/** One run's folder: what it set out to do, how it goes, how it ended. */
import { appendFileSync, existsSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { type Clock, type Json, Problem } from "../base/index.ts";
import { explainWriting, startFolder, writeFileAtomically } from "../formats/atomic-file/index.ts";
import {
  type DocumentKind,
  type DocumentOf,
  documentText,
  type OutcomeDocument,
  type RunDocument,
} from "../formats/documents/index.ts";
import { type MetricsLog, type MetricsRow, openMetrics, readMetrics } from "./metrics.ts";
import { judge, ownRecord, processRecord } from "./process-record.ts";
import { readDocument, readText } from "./stored.ts";

/** `died`: it has no outcome and its process is gone (killed, or the power failed). */
export type RunState = "running" | "died" | OutcomeDocument["state"];

export interface Run {
  readonly id: string;
  readonly folder: string;
  readonly document: RunDocument;
  state(): RunState;
  outcome(): OutcomeDocument | undefined;
  metrics(): MetricsRow[];
  /** A file of the run, such as `report.json`, as text. */
  read(name: string): string | undefined;
  /** A stored document of the run, checked. */
  readDocument<K extends DocumentKind>(kind: K, name: string): DocumentOf<K> | undefined;
}

/** A run that this process carries out. */
export interface RunFolder extends Run {
  /** The folder of checkpoints; it exists. */
  readonly checkpoints: string;
  /** Rows of `fromStep` (the checkpoint's step) and later are dropped, for they will come again. */
  openMetrics(options?: { readonly fromStep?: number }): MetricsLog;
  /** Adds lines to `train.log`. */
  log(text: string): void;
  /** Keeps a file, written once: `report.json`, `plan.json`, a measurement. */
  keep(name: string, contents: Json | string | Uint8Array): void;
  keepDocument<K extends DocumentKind>(kind: K, name: string, document: DocumentOf<K>): void;
  /** Says how it ended, once. */
  finish(outcome: Omit<OutcomeDocument, "format" | "ended">): void;
}

export interface RunWork {
  readonly clock: Clock;
  /** The command line, for those who find the run going on. */
  readonly command: readonly string[];
}

/** Makes the folder of a new run in one step. */
export function startRun(folder: string, document: RunDocument, work: RunWork): RunFolder {
  using made = startFolder(folder);
  writeFileAtomically(join(made.folder, "run.json"), documentText("run", document));
  writeFileAtomically(join(made.folder, "process.json"), processText(work));
  writeFileAtomically(join(made.folder, "train.log"), "");
  explainWriting(folder, () => mkdirSync(join(made.folder, "checkpoints")));
  made.finish();
  return writable(folder, document, work);
}

/**
 * Takes up a run that stopped before its end. Its earlier outcome is kept under `outcome-<n>.json`.
 */
export function resumeRun(folder: string, work: RunWork): RunFolder {
  const run = readRun(folder);
  const state = run?.state();
  if (run === undefined)
    throw new Problem("registry/unknown-run", { name: folder, nearest: "none" });
  if (state === "finished" || (state === "running" && !isOurs(folder))) {
    throw new Problem("registry/run-finished", { run: run.id, state });
  }
  writeFileAtomically(join(folder, "process.json"), processText(work));
  const outcome = join(folder, "outcome.json");
  if (existsSync(outcome)) {
    let number = 1;
    while (existsSync(join(folder, `outcome-${number}.json`))) number++;
    renameSync(outcome, join(folder, `outcome-${number}.json`));
  }
  return writable(folder, run.document, work);
}

/** A run for reading; undefined where there is none. */
export function readRun(folder: string): Run | undefined {
  const document = readDocument("run", join(folder, "run.json"));
  return document && readable(folder, document);
}

function readable(folder: string, document: RunDocument): Run {
  const outcome = () => readDocument("outcome", join(folder, "outcome.json"));
  return {
    id: document.id,
    folder,
    document,
    outcome,
    state: () => outcome()?.state ?? (processVerdict(folder) === "dead" ? "died" : "running"),
    metrics: () => readMetrics(join(folder, "metrics.jsonl")),
    read: (name) => readText(join(folder, name)),
    readDocument: (kind, name) => readDocument(kind, join(folder, name)),
  };
}

function writable(folder: string, document: RunDocument, { clock }: RunWork): RunFolder {
  const once = (name: string, contents: string | Uint8Array) =>
    writeFileAtomically(join(folder, name), contents, { existing: "refuse" });
  return {
    ...readable(folder, document),
    checkpoints: join(folder, "checkpoints"),
    openMetrics: (options) => openMetrics(join(folder, "metrics.jsonl"), options),
    log(text) {
      const file = join(folder, "train.log");
      explainWriting(file, () => appendFileSync(file, text.endsWith("\n") ? text : `${text}\n`));
    },
    keep(name, contents) {
      const raw = typeof contents === "string" || contents instanceof Uint8Array;
      once(name, raw ? contents : `${JSON.stringify(contents)}\n`);
    },
    keepDocument: (kind, name, value) => {
      once(name, documentText(kind, value));
    },
    finish(outcome) {
      const ended = clock.now().toISOString();
      once("outcome.json", documentText("outcome", { format: 1, ended, ...outcome }));
    },
  };
}

function processText({ command, clock }: RunWork): string {
  return `${JSON.stringify(ownRecord(command, clock))}\n`;
}

function processVerdict(folder: string): "alive" | "dead" | "elsewhere" {
  const record = processOf(folder);
  return record === undefined ? "dead" : judge(record);
}

function isOurs(folder: string): boolean {
  const record = processOf(folder);
  return record?.pid === process.pid && judge(record) === "alive";
}

function processOf(folder: string) {
  try {
    const text = readText(join(folder, "process.json"));
    const parsed = processRecord.safeParse(text && JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
