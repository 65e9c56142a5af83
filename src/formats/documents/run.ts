/** A run: what it set out to do (frozen at its start) and how it ended (written once). */
import { z } from "zod";
import {
  count,
  datasetReference,
  evidence,
  json,
  representationReference,
  stamp,
} from "./parts.ts";

export const runDocument = z.object({
  format: z.literal(1),
  id: z.string().min(1),
  kind: z.enum(["pretrain", "measure", "budget", "pilot"]),
  /** The pilot this run is a part of. */
  parent: z.string().optional(),
  /** The representation name it works towards or on. */
  name: z.string().optional(),
  created: stamp,
  command: z.array(z.string()),
  seeds: z.array(count),
  /** The whole configuration, defaults filled in. */
  configuration: json,
  datasets: z.array(datasetReference),
  representations: z.array(representationReference),
  code: z.object({ version: z.string(), revision: z.string().optional() }),
  host: z.object({
    name: z.string(),
    platform: z.string(),
    architecture: z.string(),
    processor: z.string(),
    cores: count,
    memory: count,
    node: z.string(),
  }),
  /** The executor's plan: who computes what, with how many threads. */
  plan: json.optional(),
});

export type RunDocument = z.infer<typeof runDocument>;

export const outcomeDocument = z.object({
  format: z.literal(1),
  state: z.enum(["finished", "interrupted", "failed"]),
  ended: stamp,
  steps: count.optional(),
  /** The problem it failed with. */
  problem: z.object({ code: z.string(), values: evidence }).optional(),
  /** What it made, and its headline numbers. */
  representation: representationReference.optional(),
  results: json.optional(),
});

export type OutcomeDocument = z.infer<typeof outcomeDocument>;
