/** What a calibration sample allows to promise of a head; what it does not allow is refused with why. */
import { type Evidence, Problem } from "../../base/index.ts";
import { type Matrix, type Product, plainProduct } from "../measure/index.ts";
import { type Abstention, fitAbstention } from "./abstention.ts";
import type { Answering, FittedClassifier } from "./classifier.ts";
import { type Conformal, fitConformal } from "./conformal.ts";
import { fitNovelty, type Novelty } from "./novelty.ts";
import { likeliest } from "./temperature.ts";

export interface PromiseOptions {
  /** α of candidate sets, and of what is unlike. */
  readonly alpha: number;
  readonly by: "all" | "class";
  /** The largest share of wrong answers among those that are given, and δ. */
  readonly target: number;
  readonly delta: number;
  readonly product?: Product;
}

export interface Calibration {
  /** Features and classes of calibration items: a random sample that nothing else has seen. */
  readonly matrix: Matrix;
  readonly codes: Int32Array;
  /** Of the labelled training items. */
  readonly examples: Matrix;
  /** Confidences of other items, which decide where thresholds are tried. */
  readonly confidences: ArrayLike<number>;
}

/** A promise, or the code and values of the sentence that says why there is none. */
export type Promised<T> =
  | { readonly held: T; readonly refused?: undefined }
  | {
      readonly held?: undefined;
      readonly refused: { readonly code: Problem["code"]; readonly values: Evidence };
    };

export interface Promises {
  readonly sets: Promised<Conformal>;
  readonly abstention: Promised<Abstention>;
  readonly novelty: Promised<Novelty>;
}

export async function fitPromises(
  classifier: Pick<FittedClassifier, "classes"> & Answering,
  { matrix, codes, examples, confidences }: Calibration,
  { alpha, by, target, delta, product = plainProduct }: PromiseOptions,
): Promise<Promises> {
  const probabilities = await classifier.probabilities(matrix);
  const own = codes.map((code) => classifier.classes.indexOf(code));
  const { predicted, confidence } = likeliest(probabilities);
  const correct = predicted.map((code, i) => (code === own[i] ? 1 : 0));
  return {
    sets: await promised(() => fitConformal(probabilities, own, { alpha, by })),
    abstention: await promised(() =>
      fitAbstention(confidence, correct, { target, delta, unlabelled: confidences }),
    ),
    novelty: await promised(() => fitNovelty(examples, matrix, { alpha, product })),
  };
}

async function promised<T>(attempt: () => T | Promise<T>): Promise<Promised<T>> {
  try {
    return { held: await attempt() };
  } catch (thrown) {
    const isRefused = thrown instanceof Problem && thrown.code.startsWith("heads/too-few");
    if (!isRefused) throw thrown;
    return { refused: { code: thrown.code, values: thrown.values } };
  }
}
