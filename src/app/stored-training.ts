/** What a pretraining run stored about itself, read back and checked. */
import { z } from "zod";
import { Problem } from "../base/index.ts";
import type { Run } from "../registry/index.ts";
import type { TrainingSummary } from "./train-representation.ts";
import type { FilledOptions } from "./training-choices.ts";

const options = z.looseObject({
  method: z.string(),
  backbone: z.string(),
  size: z.number(),
  seed: z.number(),
});

const training = z.object({ options, name: z.string().optional() });

const summary = z.looseObject({
  configuration: z.record(z.string(), z.json()),
  plan: z.json(),
  collapse: z.enum(["none", "dimensional", "complete"]),
  seconds: z.number(),
  watched: z.object({ kind: z.enum(["labels", "sample"]), labelSet: z.string().optional() }),
});

/** The options a run was started with, defaults filled in. */
export function storedTraining(run: Run): {
  readonly options: FilledOptions;
  readonly name?: string;
} {
  const found = training.safeParse(run.document.configuration);
  if (found.success) return found.data;
  throw invalid(run, "configuration", found.error);
}

/** How a finished training went. */
export function storedSummary(run: Run): TrainingSummary {
  const found = summary.safeParse(run.outcome()?.results);
  if (found.success) return found.data;
  throw invalid(run, "results", found.error);
}

function invalid({ folder }: Run, place: string, error: z.ZodError): Problem {
  const values = { file: folder, kind: "run", place, found: error.issues[0].message };
  return new Problem("formats/document-invalid", values, { cause: error });
}
