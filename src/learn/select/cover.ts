/**
 * Greedy maximisation of mean_x max_l worth(‖x - l‖²) over references x and candidates l, lazily
 * (Minoux 1978): the gain of a candidate never grows, so an old gain is an upper bound, and only those
 * whose bound reaches the best known gain are computed anew. The choice is that of the plain greedy
 * algorithm, which covers at least 1 - 1/e of what any choice of as many candidates could (Nemhauser,
 * Wolsey, Fisher 1978). Kernels are never kept: memory is the references and candidates themselves.
 */
import { type Bank, blocks, type Matrix, openBank, type Product } from "../measure/index.ts";
import { createHeap, type Heap } from "./heap.ts";
import type { Chosen } from "./selection.ts";
import { type Frame, squaredNorms } from "./shelf.ts";

export interface Covering {
  readonly frame: Frame;
  readonly references: Uint32Array;
  readonly candidates: Uint32Array;
  readonly labelled: ArrayLike<number>;
  readonly count: number;
  /** Worth of an item at a squared distance: between 0 and 1, never growing with it. */
  readonly worth: (square: number) => number;
  /** Of equal gains the item with the lowest chance is taken. */
  readonly chance: Float64Array;
  readonly product: Product;
}

/** Candidates in a product: all of them once at the start, then few at a time. */
const firstBlock = 256;
const laterBlock = 16;

export async function coverGreedily(covering: Covering): Promise<Chosen[]> {
  const { frame, references, candidates, labelled, count, worth, chance, product } = covering;
  const { columns } = frame;
  const size = { rows: references.length, columns };
  const held = frame.take(references);
  const state: State = {
    squares: squaredNorms(held),
    nearest: new Float32Array(references.length).fill(Number.POSITIVE_INFINITY),
    covered: new Float64Array(references.length),
    worth,
  };
  const heap = createHeap((a, b) => chance[candidates[a]] - chance[candidates[b]] || a - b);
  {
    const queries = Math.min(firstBlock, Math.max(candidates.length, labelled.length));
    await using first = await openBank(product, { ...size, queries });
    await first.hold(held);
    for (const [from, to] of blocks(labelled.length, queries)) {
      const rows = Array.from({ length: to - from }, (_, i) => labelled[from + i]);
      await distances(first, frame.take(rows), (found) => cover(state, found));
    }
    for (const [from, to] of blocks(candidates.length, queries)) {
      const rows = candidates.subarray(from, to);
      await distances(first, frame.take(rows), (found, i) =>
        heap.push({ item: from + i, bound: gainOf(state, found) }),
      );
    }
  }
  await using bank = await openBank(product, { ...size, queries: laterBlock });
  await bank.hold(held);
  const chosen: Chosen[] = [];
  for (let pick = 0; pick < count; pick++) {
    // At the start every bound is the gain itself.
    const best = pick === 0 && heap.pop();
    const { item, bound } = best || (await bestOf(heap, { state, bank, frame, candidates }));
    const row = candidates[item];
    await distances(bank, frame.take([row]), (found) => cover(state, found));
    chosen.push({ row, why: { kind: "covers", gain: bound / references.length } });
  }
  return chosen;
}

interface State {
  /** Of the references: squared norms, squared distance to the nearest labelled item, its worth. */
  readonly squares: Float64Array;
  readonly nearest: Float32Array;
  readonly covered: Float64Array;
  readonly worth: (square: number) => number;
}

/** Products of one candidate with the references, and what to add for squared distances. */
interface Found {
  readonly products: Float32Array;
  readonly own: number;
}

async function distances(
  bank: Bank,
  block: Matrix,
  visit: (found: Found, i: number) => void,
): Promise<void> {
  const norms = squaredNorms(block);
  const { values, columns } = await bank.times(block);
  for (let i = 0; i < block.rows; i++) {
    visit({ products: values.subarray(i * columns, (i + 1) * columns), own: norms[i] }, i);
  }
}

function gainOf({ squares, nearest, covered, worth }: State, { products, own }: Found): number {
  let gain = 0;
  for (let r = 0; r < squares.length; r++) {
    const square = own + squares[r] - 2 * products[r];
    if (square < nearest[r]) gain += worth(square) - covered[r];
  }
  return gain;
}

function cover({ squares, nearest, covered, worth }: State, { products, own }: Found): void {
  for (let r = 0; r < squares.length; r++) {
    const square = own + squares[r] - 2 * products[r];
    if (square >= nearest[r]) continue;
    nearest[r] = square;
    covered[r] = worth(square);
  }
}

interface Among {
  readonly state: State;
  readonly bank: Bank;
  readonly frame: Frame;
  readonly candidates: Uint32Array;
}

/** Takes out the candidate of the greatest gain, having brought up to date whatever could be it. */
async function bestOf(heap: Heap, { state, bank, frame, candidates }: Among) {
  const fresh = createHeap(heap.before);
  for (;;) {
    const stale: number[] = [];
    while (stale.length < laterBlock) {
      const [top, best] = [heap.peek(), fresh.peek()];
      // Of equal bounds the lower chance decides, whatever the gain turns out to be.
      if (!top || (best && !heap.precedes(top, best))) break;
      stale.push(top.item);
      heap.pop();
    }
    if (stale.length === 0) break;
    const rows = stale.map((item) => candidates[item]);
    await distances(bank, frame.take(rows), (found, i) =>
      fresh.push({ item: stale[i], bound: gainOf(state, found) }),
    );
  }
  const best = fresh.pop();
  if (!best) throw new RangeError("no candidate is left");
  for (let rest = fresh.pop(); rest; rest = fresh.pop()) heap.push(rest);
  return best;
}
