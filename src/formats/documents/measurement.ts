/** Numbers that say how well something is sorted, each with the protocol that gave it. */
import { z } from "zod";
import {
  count,
  datasetReference,
  evidence,
  json,
  representationReference,
  stamp,
} from "./parts.ts";

export const measured = z.object({
  measure: z.string(),
  /** Names the exact procedure; numbers of different protocols are not comparable. */
  protocol: z.string(),
  features: z.enum(["raw", "l2"]),
  layer: z.string(),
  split: z.string(),
  labelSet: z.string().optional(),
  /** Null where it could not be computed; `reason` says why. */
  value: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).optional(),
  count: count.optional(),
  perClass: z.array(z.number().nullable()).optional(),
  settings: json.optional(),
  reason: z.object({ code: z.string(), values: evidence }).optional(),
});

export type Measured = z.infer<typeof measured>;

export const measurementDocument = z.object({
  format: z.literal(1),
  created: stamp,
  run: z.string(),
  /** What was measured: a representation, a control such as `pixels`, or an imported file. */
  subject: z.object({
    kind: z.enum(["representation", "control", "file"]),
    name: z.string(),
    representation: representationReference.optional(),
  }),
  seed: count,
  dataset: datasetReference.optional(),
  values: z.array(measured),
});

export type MeasurementDocument = z.infer<typeof measurementDocument>;
