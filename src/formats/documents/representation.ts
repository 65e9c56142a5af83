/** A trained encoder on the shelf: what is needed to apply it, and where it came from. */
import { z } from "zod";
import { count, datasetReference, digest, json, representationReference, stamp } from "./parts.ts";

export const representationDocument = z.object({
  format: z.literal(1),
  name: z.string().min(1),
  version: z.string().min(1),
  created: stamp,
  run: z.string(),
  seed: count,
  dataset: datasetReference,
  /** The representation it was continued from. */
  from: representationReference.optional(),
  method: z.string(),
  /** The backbone's description, enough to build it again. */
  backbone: json,
  /** The evaluation recipe: how a picture becomes an input. */
  preprocessing: json,
  input: z.object({ channels: count, height: count, width: count }),
  /** Every layer that can be measured, in order; `layer` is the one meant when none is named. */
  layers: z.array(z.object({ name: z.string(), width: count })),
  layer: z.string(),
  steps: count,
  weights: z.object({ file: z.string(), digest, bytes: count }),
  /** Headline numbers, as the run reported them. */
  results: json.optional(),
});

export type RepresentationDocument = z.infer<typeof representationDocument>;

/** A name that points to a version of a representation; setting it again replaces it. */
export const aliasDocument = z.object({
  format: z.literal(1),
  version: z.string().min(1),
  set: stamp,
});

export type AliasDocument = z.infer<typeof aliasDocument>;
