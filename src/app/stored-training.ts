/** What pretraining runs and pilots stored about themselves, read back and checked. */
import { z } from "zod";
import { asJson, canonicalJson, type Json, Problem } from "../base/index.ts";
import type { Representation, Run, Store } from "../registry/index.ts";
import { type Machine, precisions } from "./machine.ts";
import type { StoredTraining, TrainingSummary } from "./train-representation.ts";
import type { FilledOptions } from "./training-choices.ts";
import { type ViewOptions, writtenOut } from "./view-options.ts";

const options = z.looseObject({
  method: z.string(),
  backbone: z.string(),
  size: z.number(),
  seed: z.number(),
});

const machine = z.object({
  executor: z.string(),
  threads: z.int().min(1),
  precision: z.enum(precisions).default("auto"),
  device: z.string().default("cpu"),
});

const training = z.object({ options, name: z.string().optional(), machine });

const pilot = z.object({
  training: options,
  machine,
  choices: z.record(z.string(), z.json()),
  out: z.string(),
});

const summary = z.looseObject({
  configuration: z.record(z.string(), z.json()),
  plan: z.json(),
  collapse: z.enum(["none", "dimensional", "complete"]),
  seconds: z.number(),
  watched: z.object({ kind: z.enum(["labels", "sample"]), labelSet: z.string().optional() }),
});

/** What a pilot keeps, enough to take it up again. */
export interface StoredPilot {
  readonly training: FilledOptions;
  readonly machine: Machine;
  /** What decided the dataset, as it was asked. */
  readonly choices: { readonly [name: string]: Json };
  /** An absolute path. */
  readonly out: string;
}

/** What was asked of the views that a representation was trained with; nothing where its run is unknown. */
export function viewsOf({ document }: Pick<Representation, "document">, store: Store): ViewOptions {
  const run = store.runs().find(({ id }) => id === document.run);
  return writtenOut((run && readableTraining(run)?.options) ?? {});
}

/** Flips and turns alone. */
export function orientationOf(representation: Pick<Representation, "document">, store: Store) {
  const { flip, turns } = viewsOf(representation, store);
  return { ...(flip !== undefined && { flip }), ...(turns !== undefined && { turns }) };
}

/** As `storedTraining`; undefined for one that another version of the program left. */
export function readableTraining(run: Run): StoredTraining | undefined {
  return training.safeParse(run.document.configuration).data;
}

/** The options a run was started with, defaults filled in. */
export function storedTraining(run: Run): StoredTraining {
  const found = training.safeParse(run.document.configuration);
  if (found.success) return found.data;
  throw invalid(run, "configuration", found.error);
}

/** As `storedPilot`; undefined for one that another version of the program left. */
export function readablePilot(run: Run): StoredPilot | undefined {
  return pilot.safeParse(run.document.configuration).data;
}

export function storedPilot(run: Run): StoredPilot {
  const found = pilot.safeParse(run.document.configuration);
  if (found.success) return found.data;
  throw invalid(run, "configuration", found.error);
}

/** How a finished training went. */
export function storedSummary(run: Run): TrainingSummary {
  const found = summary.safeParse(run.outcome()?.results);
  if (found.success) return found.data;
  throw invalid(run, "results", found.error);
}

/** A run goes on as it was started: what is asked otherwise this time is refused, not ignored. */
export function refuseOthers(run: Pick<Run, "id">, stored: object, asked: object): void {
  const before = new Map<string, unknown>(Object.entries(stored));
  const fields = Object.entries(asked)
    .filter(([name, value]) => value !== undefined && text(value) !== text(before.get(name)))
    .map(([name]) => name);
  if (fields.length === 0) return;
  throw new Problem("app/configuration-differs", { run: run.id, fields: fields.join(", ") });
}

function text(value: unknown): string {
  return value === undefined ? "" : canonicalJson(asJson(value));
}

function invalid({ folder }: Run, place: string, error: z.ZodError): Problem {
  const values = { file: folder, kind: "run", place, found: error.issues[0].message };
  return new Problem("formats/document-invalid", values, { cause: error });
}
