/** Sums of vectors that lie one after the other, each times a number of a list beside them. */
import { type Code, count, four, integer, type Local, plus } from "./assembler.ts";

/** Bytes of a vector of four float32, and of a number. */
const [vector, number] = [16, 4];

export interface WeightedSum {
  /** Where the first vector lies; moved where the terms are counted at run time. */
  readonly from: Local;
  /** Where the first number lies; it ends behind the last one. */
  readonly weight: Local;
  readonly sum: Local;
  /** How many terms there are, and a counter: for `fixed` 0 alone. */
  readonly taps: Local;
  readonly counter: Local;
}

/** `sum` = Σ weight[i] · from[i]: `fixed` terms written out, or a loop over `taps` of them. */
export function weightedSum(
  fixed: number,
  { from, weight, sum, taps, counter }: WeightedSum,
): Code {
  const term = (i: number): Code =>
    four.multiply(four.load(from.get, vector * i), four.loadSplat(weight.get, number * i));
  if (fixed > 0) {
    let all = term(0);
    for (let i = 1; i < fixed; i++) all = four.add(all, term(i));
    return [...sum.set(all), ...weight.set(plus(weight.get, integer(number * fixed)))];
  }
  return [
    ...sum.set(four.zero),
    ...count(counter, taps.get, [
      ...sum.set(four.add(sum.get, term(0))),
      ...from.set(plus(from.get, integer(vector))),
      ...weight.set(plus(weight.get, integer(number))),
    ]),
  ];
}
