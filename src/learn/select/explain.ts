/**
 * Measures a choice: generalized coverage mean_x max_l exp(-‖x - l‖²) over the shelf (Bae, Noh,
 * Sutherland, ECCV 2024, arXiv 2407.12212), pick by pick, and the share of the shelf that is nearest
 * to each pick. Where the shelf is large it is judged on a draw that the choosing never saw, so that
 * Hoeffding's bound for one fixed set holds.
 */
import { fork, type Key } from "../../base/index.ts";
import { blocks, openBank, type Product, plainProduct } from "../measure/index.ts";
import type { Chosen, Selection, StrategyName } from "./selection.ts";
import {
  allRows,
  chances,
  drawRows,
  type Frame,
  type Limits,
  type Shelf,
  selectLimits,
  squaredNorms,
} from "./shelf.ts";

export interface Explaining {
  readonly strategy: StrategyName;
  readonly frame: Frame;
  readonly key: Key;
  readonly product?: Product | undefined;
  /** How much the strategy looked at; default: everything. */
  readonly references?: number;
  readonly candidates?: number;
  readonly limits?: Limits | undefined;
}

const rowsAtOnce = 1024;
const confidence = 0.95;

export async function explain(
  shelf: Shelf,
  chosen: readonly Chosen[],
  { strategy, frame, key, product = plainProduct, limits = selectLimits, ...sizes }: Explaining,
): Promise<Selection> {
  const labelled = Array.from(shelf.labelled ?? []);
  const anchors = frame.take([...labelled, ...chosen.map(({ row }) => row)]);
  const judged =
    shelf.matrix.rows <= limits.all
      ? allRows(shelf.matrix.rows)
      : drawRows(allRows(shelf.matrix.rows), limits.judged, chances(shelf, fork(key, "judged")));
  const squares = squaredNorms(anchors);
  const shares = new Float64Array(anchors.rows);
  const gains = new Float64Array(anchors.rows);
  const queries = Math.min(rowsAtOnce, judged.length);
  const { columns } = frame;
  await using bank = await openBank(product, { rows: anchors.rows, columns, queries });
  await bank.hold(anchors);
  for (const [from, to] of blocks(judged.length, queries)) {
    const block = frame.take(judged.subarray(from, to));
    const norms = squaredNorms(block);
    const found = await bank.times(block);
    for (let i = 0; i < block.rows; i++) {
      let [nearest, least, covered] = [0, Number.POSITIVE_INFINITY, 0];
      for (let a = 0; a < anchors.rows; a++) {
        const along = found.values[i * found.columns + a];
        const square = Math.max(0, norms[i] + squares[a] - 2 * along);
        if (square >= least) continue;
        [nearest, least] = [a, square];
        const worth = Math.exp(-square);
        gains[a] += worth - covered;
        covered = worth;
      }
      shares[nearest]++;
    }
  }
  const before = sum(gains.subarray(0, labelled.length)) / judged.length;
  let coverage = before;
  const picks = chosen.map(({ row, why }, i) => {
    coverage += gains[labelled.length + i] / judged.length;
    return { row, why, share: shares[labelled.length + i] / judged.length, coverage };
  });
  const isAll = judged.length === shelf.matrix.rows;
  return {
    strategy,
    picks,
    before,
    coverage,
    sizes: {
      references: sizes.references ?? shelf.matrix.rows,
      candidates: sizes.candidates ?? shelf.matrix.rows - labelled.length,
      judged: judged.length,
      error: isAll ? 0 : Math.sqrt(Math.log(2 / (1 - confidence)) / (2 * judged.length)),
    },
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
