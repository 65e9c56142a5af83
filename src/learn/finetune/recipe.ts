/** How an encoder is fine-tuned on few labels. */
import { type Adjustments, adjustRecipe, type Normalize, type Recipe } from "../augment/index.ts";

export const scopes = ["last", "all"] as const;
/** What moves beside the head: the last block, or every block. */
export type Scope = (typeof scopes)[number];

export interface FineTuneRecipe {
  readonly scope: Scope;
  /** Passes over the labelled pictures at most; cross-validation says when to stop. */
  readonly epochs: number;
  readonly batch: number;
  /** Peak of the learning rate (AdamW, warm-up and cosine as in pretraining). */
  readonly rate: number;
  readonly weightDecay: number;
  /** Whether batch norm keeps its running statistics, or has those of each batch, as in pretraining. */
  readonly statistics?: "kept" | "batch";
  /** Folds of the cross-validation; each trains once. */
  readonly folds: number;
}

export const fineTuneDefaults = {
  epochs: 30,
  batch: 32,
  rate: 3e-4,
  weightDecay: 0.01,
  folds: 3,
} as const satisfies Omit<FineTuneRecipe, "scope">;

/** Which ways up pictures may be shown. */
export type Orientation = Pick<Adjustments, "flip" | "turns">;

/**
 * Weaker than for training without labels: the class must stay visible. Where the encoder was trained
 * with other flips and turns than usual, so it goes on.
 */
export function fineTuneViews(
  size: number,
  normalize: Normalize,
  orientation: Orientation = {},
): Recipe {
  const usual: Recipe = {
    name: "fine-tune",
    size,
    crop: { scale: [0.5, 1], ratio: [3 / 4, 4 / 3] },
    flip: 0.5,
    jitter: { probability: 0, brightness: 0, contrast: 0, saturation: 0, hue: 0 },
    grayscale: 0,
    normalize,
  };
  return adjustRecipe(usual, orientation);
}
