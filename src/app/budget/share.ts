/** How large a share of the items is of the class that a goal is about. */
import type { Goal } from "../../learn/forecast/index.ts";

/** Nothing where the goal is about all classes. */
export function classAt(
  goal: Goal,
  { codes, weights }: { readonly codes: Int32Array; readonly weights: Float64Array | undefined },
): number | undefined {
  if (goal.kind === "accuracy" || goal.kind === "balanced") return undefined;
  let [own, all] = [0, 0];
  for (const [i, code] of codes.entries()) {
    const weight = weights?.[i] ?? 1;
    all += weight;
    if (code === goal.class) own += weight;
  }
  return own / all;
}
