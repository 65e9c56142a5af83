/** What a head says of features: one prediction a row. */
import { likeliest } from "../../learn/heads/index.ts";
import {
  headlineFeatures,
  type Matrix,
  type Product,
  withFeatures,
} from "../../learn/measure/index.ts";
import type { OpenedHead } from "../stored-head.ts";
import type { Prediction } from "./options.ts";

export interface AnswerOptions {
  readonly neighbours: number;
  readonly product: Product;
}

export type Answerer = (paths: readonly string[], features: Matrix) => Promise<Prediction[]>;

export function openAnswers(
  { classes, examples, probabilities, sets, abstention, novelty, alarm }: OpenedHead,
  { neighbours, product }: AnswerOptions,
): Answerer {
  const known = withFeatures(examples.features, headlineFeatures);
  const alarmed = alarm ? classes.indexOf(alarm.class) : -1;
  return async (paths, features) => {
    const shares = await probabilities(features);
    const { predicted, confidence } = likeliest(shares);
    const chosen = sets?.sets(shares);
    const p = await novelty?.judge(features);
    const similarity = await product(withFeatures(features, headlineFeatures), known);
    return paths.map((path, i): Prediction => {
      const own = similarity.values.subarray(i * known.rows, (i + 1) * known.rows);
      return {
        path,
        label: classes[predicted[i]],
        probability: confidence[i],
        ...(chosen && { set: chosen[i].map((code) => classes[code]) }),
        ...(abstention && {
          answer: confidence[i] >= abstention.confidence ? "given" : "withheld",
        }),
        ...(p && novelty && { unlike: { p: p[i], is: p[i] <= novelty.alpha } }),
        ...(alarm && {
          alarm:
            alarm.threshold !== null &&
            shares.values[i * shares.columns + alarmed] >= alarm.threshold,
        }),
        nearest: largest(own, neighbours).map((row) => ({
          path: examples.path[row],
          label: classes[examples.code[row]],
          similarity: own[row],
        })),
      };
    });
  };
}

/** Positions of the largest values, the largest first. */
function largest(values: Float32Array, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (found.length === count && values[i] <= values[found[count - 1]]) continue;
    let at = found.length;
    while (at > 0 && values[found[at - 1]] < values[i]) at--;
    found.splice(at, 0, i);
    if (found.length > count) found.pop();
  }
  return found;
}
