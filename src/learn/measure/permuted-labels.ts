/**
 * The control of random labels (Ben-Shaul et al. 2023, alignment with semantic and random targets;
 * paper.md §A2, §D): labels of a share of the rows are dealt out again among those rows. Class sizes
 * stay; what is left is what a measure says when labels mean nothing.
 */
import { fork, type Key, permutation } from "../../base/index.ts";
import { labelledRows } from "./labels.ts";

export interface PermutedOptions {
  readonly key: Key;
  /** Share of the labelled rows that take part; 1 = all. */
  readonly share?: number;
}

export function permuteLabels(codes: Int32Array, { key, share = 1 }: PermutedOptions): Int32Array {
  const labelled = labelledRows(codes);
  const chosen = permutation(fork(key, "rows"), labelled.length)
    .slice(0, Math.round(share * labelled.length))
    .map((at) => labelled[at]);
  const dealt = permutation(fork(key, "deal"), chosen.length);
  const permuted = codes.slice();
  chosen.forEach((row, at) => {
    permuted[row] = codes[chosen[dealt[at]]];
  });
  return permuted;
}
