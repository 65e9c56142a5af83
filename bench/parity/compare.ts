/** Ours against lightly over seeds: the paired difference of each score, with Student's interval. */
import { compareOverSeeds, spreadOverSeeds } from "../../src/learn/measure/index.ts";
import type { Kept, Side } from "./parity.ts";

/** The lower end of the 95 % interval of ours - lightly may not lie below: one point of accuracy. */
const limit = -0.01;

/** Those that decide; the other scores are told beside them. */
const deciding = { labelSet: "fine", measures: ["ncc", "knn", "linear-probe"] };

export type Difference = {
  readonly method: string;
  readonly measure: string;
  readonly protocol: string;
  readonly labelSet: string;
  readonly seeds: number;
  readonly ours: readonly number[];
  readonly lightly: readonly number[];
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly decides: boolean;
  readonly reached: boolean;
};

export function compareSides(found: readonly Kept[]): Difference[] {
  const methods = [...new Set(found.map(({ method }) => method))].sort();
  return methods.flatMap((method) => {
    const of = (side: Side) =>
      found
        .filter((one) => one.side === side && one.method === method)
        .toSorted((a, b) => a.seed - b.seed);
    const [ours, lightly] = [of("ours"), of("lightly")];
    return ours[0].scores.map(({ measure, protocol, labelSet }) => {
      const values = (list: readonly Kept[]) =>
        list.map(({ scores }) => {
          const same = scores.find((o) => o.protocol === protocol && o.labelSet === labelSet);
          if (!same) throw new RangeError(`no ${protocol} of ${labelSet} on one side`);
          return same.value;
        });
      const [left, right] = [values(lightly), values(ours)];
      const { mean, low, high } = compareOverSeeds(left, right);
      return {
        ...{ method, measure, protocol, labelSet, seeds: left.length },
        ...{ ours: right, lightly: left, difference: mean, low, high },
        decides: labelSet === deciding.labelSet && deciding.measures.includes(measure),
        reached: low >= limit,
      };
    });
  });
}

/** In points of accuracy, one line a score. */
export function renderComparison(differences: readonly Difference[]): string[] {
  const points = (value: number) => (100 * value).toFixed(2);
  const show = (values: readonly number[]) => {
    const { mean, deviation } = spreadOverSeeds(values);
    return `${points(mean)} ± ${points(deviation)}`;
  };
  return [
    `accuracy in percent over seeds (mean ± deviation); difference ours - lightly with its 95 % interval`,
    ...differences.map((one) => {
      const { method, protocol, labelSet, ours, lightly, difference, low, high } = one;
      const verdict = one.decides ? (one.reached ? ", reached" : ", not reached") : "";
      return (
        `${method} ${labelSet} ${protocol}: ours ${show(ours)}, lightly ${show(lightly)}, ` +
        `difference ${points(difference)} [${points(low)}, ${points(high)}] over ${one.seeds} seeds${verdict}`
      );
    }),
  ];
}
