/**
 * A head on the shelf: a classifier on the features of one representation, and what may be trusted of it.
 * A head is a folder:
 *
 *     head.json          this document
 *     head.safetensors   numbers, for features as the representation gives them at `layer` (`width` wide)
 *     examples.json      the labelled training items, `{ id, path, code }`, a column each
 *
 * Features x come into the frame by (x - means) · axesᵀ · scale, or (x - means) · scale without axes:
 *
 *     frame.means     F64 [width]
 *     frame.scale     F64 [1]
 *     frame.axes      F32 [width, width]    one axis a row; left out where features stay unturned
 *
 * In the frame, scores are those of a linear head (ncc, ridge, logistic), W x + b:
 *
 *     weights         F32 [classes, width]
 *     bias            F64 [classes]
 *
 * or of neighbours (knn), which vote by cosine as `learn/heads/knn.ts` says:
 *
 *     bank            F32 [examples, width]    in the frame
 *     codes           I32 [examples]           positions in `classes`
 *     votes           F64 [classes]            what a class's votes weigh
 *
 * Probabilities are softmax(scores / temperature), columns in the order of `classes`. For the nearest
 * labelled examples (by cosine) and for what is unlike all of them (by distance), as features come:
 *
 *     examples        F32 [examples, width]
 *     distances       F64 [calibration]        ascending; only with `novelty`
 */
import { z } from "zod";
import { count, datasetReference, digest, json, representationReference, stamp } from "./parts.ts";

const share = z.number().min(0).max(1);

export const headDocument = z.object({
  format: z.literal(1),
  name: z.string().min(1),
  version: z.string().min(1),
  created: stamp,
  seed: count,
  /** With the digest of the weights it was fitted on: changed weights make other features. */
  representation: representationReference.required(),
  layer: z.string(),
  width: count,
  /** How picture files are read before the representation's own preprocessing: as the dataset's were. */
  pictures: z.object({
    /** Of the shorter side. */
    resolution: z.int().min(1),
    background: z.string().optional(),
    white: z.int().optional(),
  }),
  dataset: datasetReference,
  /** `digest` is of its classes and of the label of each item. */
  labelSet: z.object({ name: z.string(), digest }),
  /** What it was judged on; `digest` is of the items' ids. Frozen when the dataset was first added. */
  split: z.object({ name: z.literal("evaluation"), digest, items: count, labelled: count }),
  /** Labels used, each for one thing. */
  labels: z.object({ training: count, calibration: count, evaluation: count }),
  /** In the order of the probabilities. */
  classes: z.array(z.string()).min(2),
  kind: z.enum(["ncc", "ridge", "logistic", "knn"]),
  /** The penalty, or how many neighbours vote. */
  setting: z.number(),
  /** How many neighbours vote; only of `knn`. */
  neighbours: count.optional(),
  temperature: z.number().positive(),
  /** Candidate sets: a class of at least its probability is in. Left out where nothing is promised. */
  sets: z
    .object({
      alpha: share,
      items: count,
      by: z.enum(["all", "class"]),
      /** One for each class. */
      thresholds: z.array(share),
    })
    .optional(),
  /** Answers are given from `confidence` on, never where it is null. */
  abstention: z
    .object({
      target: share,
      delta: share,
      confidence: share.nullable(),
      accepted: count,
      wrong: count,
      bound: share,
      answered: share,
    })
    .optional(),
  /** From `distance` (mean, Euclidean, to `neighbours` examples) on, an item is unlike all examples. */
  novelty: z.object({ alpha: share, neighbours: count, distance: z.number() }).optional(),
  /** Alarm where the probability of `class` reaches `threshold`, never where it is null. */
  alarm: z
    .object({
      class: z.string(),
      threshold: share.nullable(),
      missedCosts: z.number(),
      falseAlarmCosts: z.number(),
    })
    .optional(),
  tensors: z.object({ file: z.string(), digest, bytes: count }),
  examples: z.object({ file: z.string(), digest, count }),
  /** What was measured on `split`. */
  results: json,
});

export type HeadDocument = z.infer<typeof headDocument>;
