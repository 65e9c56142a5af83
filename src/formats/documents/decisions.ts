/** What people decided about single items of a dataset; it outlives every later ingest. */
import { z } from "zod";
import { digest, stamp } from "./parts.ts";

/** An item that was taken out: nothing trains on it or measures it. Its file stays where it is. */
export const exclusion = z.object({
  id: z.string(),
  path: z.string(),
  /** Of the file's bytes: with other bytes under its path, it is another picture. */
  digest,
  /** What it was found to be, such as `blurred`. */
  reason: z.string(),
  decided: stamp,
  /** What is needed to take it in again as it was. */
  pack: digest,
  index: z.int().min(0),
  group: z.string(),
  split: z.enum(["train", "evaluation"]),
  modified: z.number().optional(),
  bytes: z.number().optional(),
  /** Class by label set. */
  labels: z.record(z.string(), z.string()),
  /** Value by facet. */
  facets: z.record(z.string(), z.string()),
});
export type Exclusion = z.infer<typeof exclusion>;

/** A label that a person changed. It holds as long as the source still says `from`. */
export const correction = z.object({
  id: z.string(),
  set: z.string(),
  /** Left out where there was no label. */
  from: z.string().optional(),
  to: z.string(),
  decided: stamp,
});
export type Correction = z.infer<typeof correction>;

/** A finding that a person looked at and let be. */
export const acceptance = z.object({ id: z.string(), finding: z.string(), decided: stamp });
export type Acceptance = z.infer<typeof acceptance>;
