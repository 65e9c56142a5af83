/** A matrix of features on disk: which items, by which encoder and layer. */
import { z } from "zod";
import { count, datasetReference, digest, json, representationReference, stamp } from "./parts.ts";

export const embeddingDocument = z.object({
  format: z.literal(1),
  created: stamp,
  representation: representationReference,
  layer: z.string(),
  dataset: datasetReference,
  /** What else decides the numbers (view, precision), or null. */
  variant: json,
  rows: count,
  columns: count,
  values: z.object({ file: z.string(), type: z.literal("float32"), digest, bytes: count }),
  /** Item ids, one per row, as a JSON array. */
  ids: z.object({ file: z.string(), digest }),
});

export type EmbeddingDocument = z.infer<typeof embeddingDocument>;
