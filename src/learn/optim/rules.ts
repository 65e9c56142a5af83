/** Batch, optimiser and learning rate from the number of pictures, when nobody chose them. */
import type { Evidence, NoticeCode } from "../../base/index.ts";
import { adamw } from "./adamw.ts";
import { lars } from "./lars.ts";
import type { Optimiser } from "./optimiser.ts";
import { sgd } from "./sgd.ts";

/** From this batch on, plain SGD grows unstable and LARS is the default. */
const larsFrom = 1024;

const [smallestBatch, largestBatch] = [16, 256];

/**
 * The largest power of two that leaves 8 steps to an epoch, from 16 to 256, and never more than the
 * pictures there are. 256 is what both methods are known to work at on sets of some 10,000 pictures
 * (solo-learn, lightly); smaller sets need steps more than they need negatives.
 */
export function defaultBatch(pictures: number): number {
  const fitting = 2 ** Math.floor(Math.log2(Math.max(1, pictures / 8)));
  return Math.min(pictures, Math.max(smallestBatch, Math.min(largestBatch, fitting)));
}

/** What is trained: rules of thumb differ. */
export type NetworkKind = "convolutional" | "transformer";

export function defaultOptimiser(batch: number, kind: NetworkKind = "convolutional"): Optimiser {
  if (kind === "transformer") return adamw();
  return batch >= larsFrom ? lars() : sgd();
}

/**
 * Linear in the batch. SGD: 0.06 · batch/128 (lightly's CIFAR benchmarks and the paper's precursor,
 * with decay 5e-4). LARS: 0.2 · batch/256 (facebookresearch/vicreg). AdamW: 1e-3 · batch/256, for
 * transformers half of it (Chen, Xie, He, "An Empirical Study of Training Self-Supervised Vision
 * Transformers", ICCV 2021, §4.2 and table 3: much more makes training unstable without a sign of it).
 */
export function defaultRate(
  optimiser: Optimiser["name"],
  batch: number,
  kind: NetworkKind = "convolutional",
): number {
  switch (optimiser) {
    case "sgd":
      return (0.06 * batch) / 128;
    case "lars":
      return (0.2 * batch) / 256;
    case "adamw":
      return ((kind === "transformer" ? 5e-4 : 1e-3) * batch) / 256;
    default:
      return optimiser satisfies never;
  }
}

/**
 * 3 for SGD and AdamW, none for LARS, whose steps do not grow with the gradient. VICReg at SGD's
 * rate needs it: on CIFAR-100 its gradients have a norm of 1.5 with peaks of 20 in the first steps,
 * and without a limit it diverges within 20 steps. SimCLR's, 1 to 3, hardly notice.
 */
export function defaultClip(optimiser: Optimiser["name"]): number | undefined {
  return optimiser === "lars" ? undefined : 3;
}

export interface Chosen {
  readonly pictures: number;
  readonly batch: number;
  readonly steps: number;
  readonly optimiser: Optimiser["name"];
  readonly rate: number;
  readonly kind?: NetworkKind;
}

/** What is likely to go badly with these settings, with its numbers. */
export function cautions({
  pictures,
  batch,
  steps,
  optimiser,
  rate,
  kind,
}: Chosen): readonly { code: NoticeCode; values: Evidence }[] {
  const found: { code: NoticeCode; values: Evidence }[] = [];
  const usual = defaultRate(optimiser, batch, kind);
  const suggested = defaultBatch(pictures);
  if (pictures < 500) found.push({ code: "train/few-pictures", values: { pictures } });
  if (batch < 32) found.push({ code: "train/small-batch", values: { batch } });
  if (batch > pictures / 2) {
    found.push({ code: "train/large-batch", values: { batch, pictures, suggested } });
  }
  if (optimiser !== "lars" && batch >= larsFrom) {
    found.push({ code: "train/large-batch-optimiser", values: { batch, optimiser } });
  }
  if (kind === "transformer" && optimiser !== "adamw") {
    found.push({ code: "train/transformer-optimiser", values: { optimiser } });
  }
  if (rate > 4 * usual || rate < usual / 16) {
    found.push({ code: "train/unusual-rate", values: { rate, usual, batch, optimiser } });
  }
  if (steps < 200) found.push({ code: "train/few-steps", values: { steps } });
  return found;
}
