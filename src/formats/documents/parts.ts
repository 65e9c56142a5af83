/** Pieces that several stored documents share. */
import { z } from "zod";
import type { Evidence, Json } from "../../base/index.ts";

/** Any JSON value whose inside belongs to the room that wrote it. */
export const json = z.custom<Json>((value) => value !== undefined, { error: "expected a value" });

export const evidence: z.ZodType<Evidence> = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]),
);

/** A time as ISO 8601 in UTC, as `Date.toISOString` writes it. */
export const stamp = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, {
  error: "expected a time such as 2026-01-31T09:30:00.000Z",
});

export const digest = z.string().regex(/^[0-9a-f]{64}$/, { error: "expected a SHA-256 digest" });

export const count = z.int().min(0);

/** A frozen dataset, named exactly. */
export const datasetReference = z.object({ name: z.string(), version: z.string() });
export type DatasetReference = z.infer<typeof datasetReference>;

/** A representation, named exactly; `digest` is that of its weights. */
export const representationReference = z.object({
  name: z.string(),
  version: z.string(),
  digest: digest.optional(),
});
export type RepresentationReference = z.infer<typeof representationReference>;
