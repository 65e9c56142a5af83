/**
 * One pass of rows over queries: the rows come in chunks of unit length, each chunk meets all queries in
 * blocks, and what of a block may be among a query's greatest is offered to it. While other threads sift a
 * block, this one keeps what was left of the block before, and makes the next chunk ready.
 */
import { type AxisBound, layApart } from "./axis-bound.ts";
import { openBank } from "./bank.ts";
import { blocks, type Matrix, type Product, rowBlock } from "./matrix.ts";
import { type NearestSoFar, offer, primeFloors, raiseFloors } from "./nearest-so-far.ts";
import { squaredLengths } from "./passes.ts";
import { openSieve, type Sieve } from "./sieve.ts";

export interface Passing {
  readonly bank: Matrix;
  /** The rows of the bank that pass. */
  readonly rows: Uint32Array;
  /** Unit rows of the queries. */
  readonly wanted: Matrix;
  readonly product: Product;
  readonly bound?: AxisBound | undefined;
  /** Most rows of the bank in a product, and most queries. */
  readonly size: { readonly rows: number; readonly queries: number };
}

/** Pairs that are worth waking other threads, and perhaps starting them. */
const worthHelp = 2 ** 25;
/** Candidates beyond those sought that make raising a floor worth its time. */
const raising = 8;

/** Offers the rows to all queries. */
export async function passRows(passing: Passing, state: NearestSoFar): Promise<void> {
  const { bank, rows, wanted, product, bound } = passing;
  const size = { ...passing.size, rows: Math.min(rows.length, passing.size.rows) };
  const unit = new Float32Array(size.rows * bank.columns);
  using sieve = openSieve({
    ...size,
    ...(bound && { stages: bound.stages, wanted: wanted.rows }),
    threads: rows.length * wanted.rows >= worthHelp ? product.threads : 1,
  });
  await using way = bound
    ? await bounded(bound, { product, wanted, size, sieve })
    : multiplyingAll(wanted);
  await using held = await openBank(product, { ...size, columns: way.lefts.columns });
  const parts = [...blocks(rows.length, size.rows)].map(([from, to]) => rows.subarray(from, to));
  const ready = (turn: number) =>
    way.ready(() => unitLength(bank, parts[turn], unit), (turn % 2) as 0 | 1);
  let keep = () => {};
  let chunk = ready(0);
  for (const [turn, part] of parts.entries()) {
    await chunk.finish();
    await held.hold(chunk.operand());
    if (turn + 1 < parts.length) chunk = ready(turn + 1);
    for (const [top, bottom] of blocks(wanted.rows, size.queries)) {
      const found = await held.times(rowBlock(way.lefts, top, bottom), sieve.room());
      if (!bound) primeFloors(state, found, { first: top, length: part.length });
      const rule = { first: top, floors: state.floors, length: part.length, slack: way.slack };
      const join = sieve.sift(found, { ...rule, bank: (turn % 2) as 0 | 1 });
      keep();
      chunk.beside();
      const sifted = join();
      keep = () => {
        offer(state, sifted, top, part);
        if (bound) raiseFloors(state, raising, [top, bottom]);
      };
      await chunk.between();
    }
  }
  keep();
}

/** What the queries are in the products, and what a chunk of rows is. */
interface Way extends AsyncDisposable {
  readonly lefts: Matrix;
  /** `turn` tells the records of two chunks apart. */
  ready(unit: () => Matrix, turn: 0 | 1): Readying;
  /** What numbers of the products may be too low. */
  readonly slack: number;
}

/** Steps by turns: what this thread does beside the others, and products, which take all of them. */
class Readying {
  readonly operand: () => Matrix;
  readonly #steps: readonly (() => void | Promise<void>)[];
  #done = 0;

  constructor(steps: readonly (() => void | Promise<void>)[], operand: () => Matrix) {
    this.#steps = steps;
    this.operand = operand;
  }

  beside(): void {
    if (this.#done % 2 === 0) this.#steps[this.#done++]?.();
  }

  async between(): Promise<void> {
    if (this.#done % 2 === 1) await this.#steps[this.#done++]?.();
  }

  async finish(): Promise<void> {
    while (this.#done < this.#steps.length) await this.#steps[this.#done++]();
  }
}

function multiplyingAll(wanted: Matrix): Way {
  return {
    lefts: wanted,
    ready(unit) {
      let made = wanted;
      const step = () => {
        made = unit();
      };
      return new Readying([step], () => made);
    },
    slack: 0,
    async [Symbol.asyncDispose]() {},
  };
}

interface Bounding {
  readonly product: Product;
  readonly wanted: Matrix;
  readonly size: { readonly rows: number };
  readonly sieve: Sieve;
}

async function bounded(bound: AxisBound, bounding: Bounding): Promise<Way> {
  const { product, wanted, size, sieve } = bounding;
  const { axes, lead, slack } = bound;
  const turning = await openBank(product, {
    rows: axes.rows,
    columns: axes.columns,
    queries: size.rows,
  });
  await turning.hold(axes);
  const lefts = { rows: wanted.rows, columns: lead, values: new Float32Array(wanted.rows * lead) };
  for (const [top, bottom] of blocks(wanted.rows, size.rows)) {
    const unit = rowBlock(wanted, top, bottom);
    const turned = await turning.times(unit);
    const leads = lefts.values.subarray(top * lead);
    const to = { leads, records: sieve.queries, from: top, side: "queries" } as const;
    layApart(bound, { unit, turned }, to);
  }
  const leads = new Float32Array(size.rows * lead);
  return {
    lefts,
    ready(unitRows, turn) {
      const to = { leads, records: sieve.banks[turn], from: 0, side: "bank" } as const;
      let unit = wanted;
      let turned = wanted;
      return new Readying(
        [
          () => {
            unit = unitRows();
          },
          async () => {
            turned = await turning.times(unit);
          },
          () => layApart(bound, { unit, turned }, to),
        ],
        () => ({ rows: unit.rows, columns: lead, values: leads.subarray(0, unit.rows * lead) }),
      );
    },
    slack,
    [Symbol.asyncDispose]: () => turning[Symbol.asyncDispose](),
  };
}

/** The rows named, each over its norm (a float64 sum), in the array given. */
export function unitLength(matrix: Matrix, rows: Uint32Array, unit: Float32Array): Matrix {
  const { columns, values } = matrix;
  for (let r = 0; r < rows.length; r++) {
    unit.set(values.subarray(rows[r] * columns, (rows[r] + 1) * columns), r * columns);
  }
  const picked = { rows: rows.length, columns, values: unit.subarray(0, rows.length * columns) };
  const squares = squaredLengths(picked);
  for (let r = 0; r < rows.length; r++) {
    const scale = squares[r] > 0 ? 1 / Math.sqrt(squares[r]) : 0;
    for (let p = r * columns; p < (r + 1) * columns; p++) unit[p] *= scale;
  }
  return picked;
}
