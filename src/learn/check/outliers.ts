/** Pictures that are bad by themselves, judged against the rest of their dataset. */
import type { FindingKind } from "../../base/index.ts";
import type { Quality } from "./quality.ts";

export const qualityLimits = {
  /** Standard deviation of grey values over a coarse grid; below it a picture shows nothing. */
  blank: 2,
  /** Mean grey value; in a dark dataset half its median, so that dark field stays unblamed. */
  dark: 24,
  /** White share of a picture, and how far above the dataset's median it has to lie. */
  white: { share: 0.4, above: 0.3 },
  /**
   * Sharpness ÷ the median of the dataset (and of the class), and how many deviations below the
   * median its logarithm lies.
   */
  blurred: { ratio: 0.45, deviations: 3 },
  /** Longer ÷ shorter side, over that of the median picture. */
  aspect: 2.5,
  /** Classes with fewer pictures give no median of their own. */
  classSize: 20,
} as const;

/** Positions and scores of one kind, the worst first. */
export type Outliers = readonly { readonly at: number; readonly score: number }[];

/** `classes` has one class number for each picture, -1 where there is none. */
export function outliers(
  qualities: readonly Quality[],
  { aspects, classes }: { readonly aspects: Float64Array; readonly classes: readonly number[] },
): Readonly<
  Record<Extract<FindingKind, "blank" | "dark" | "bright" | "blurred" | "odd-sizes">, Outliers>
> {
  const limits = qualityLimits;
  const blank = qualities.map(({ contrast }) => contrast < limits.blank);
  const light = qualities.map(({ brightness }) => brightness);
  const darkest = Math.min(limits.dark, median(light) / 2);
  const white = qualities.map((quality) => quality.white);
  const whitest = Math.max(limits.white.share, median(white) + limits.white.above);
  const soft = softness(qualities, { blank, classes });
  const middle = median([...aspects]);
  const odd = [...aspects].map((aspect) => Math.max(aspect / middle, middle / aspect));
  return {
    blank: pick(blank, (is) => is, light),
    dark: pick(light, (value, i) => value < darkest && !blank[i], light),
    bright: pick(white, (value, i) => value > whitest && !blank[i], white, -1),
    blurred: pick(soft, (ratio) => ratio < limits.blurred.ratio, soft),
    "odd-sizes": pick(odd, (ratio) => ratio > limits.aspect, odd, -1),
  };
}

/** Sharpness ÷ what is usual; 1 where it is within the usual spread. */
function softness(
  qualities: readonly Quality[],
  { blank, classes }: { readonly blank: readonly boolean[]; readonly classes: readonly number[] },
): number[] {
  const logs = qualities.map(({ sharpness }) => Math.log(Math.max(sharpness, 1e-3)));
  const told = logs.filter((_, i) => !blank[i]);
  const middle = median(told);
  const deviation = 1.4826 * median(told.map((log) => Math.abs(log - middle)));
  const floor = middle - qualityLimits.blurred.deviations * deviation;
  const members = new Map<number, number[]>();
  for (const [i, code] of classes.entries()) {
    if (code < 0 || blank[i]) continue;
    const list = members.get(code);
    if (list) list.push(logs[i]);
    else members.set(code, [logs[i]]);
  }
  const usual = new Map(
    [...members].flatMap(([code, list]) =>
      list.length < qualityLimits.classSize
        ? []
        : [[code, Math.min(middle, median(list))] as const],
    ),
  );
  return logs.map((log, i) =>
    blank[i] || log > floor ? 1 : Math.exp(log - (usual.get(classes[i]) ?? middle)),
  );
}

function pick<T>(
  values: readonly T[],
  isOut: (value: T, i: number) => boolean,
  scores: readonly number[],
  sign = 1,
): Outliers {
  return values
    .flatMap((value, i) => (isOut(value, i) ? [{ at: i, score: scores[i] }] : []))
    .sort((a, b) => sign * (a.score - b.score) || a.at - b.at);
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return Float64Array.from(values).sort()[values.length >> 1];
}
