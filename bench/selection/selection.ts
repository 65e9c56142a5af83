/**
 * Five strategies at 1, 2, 5 and 10 labels a class on average: accuracy of NCC and ridge on the items
 * set apart, over 20 keys. Each key draws two thirds of the pool (1,000 items at most), the same for
 * every strategy, so that differences to chance are paired.
 *
 * `npm run bench -- selection [WORKSPACE REPRESENTATION LABELS]…`; `--rounds` = keys, `--minutes` for each
 * shelf, after which no further key is begun; with `--cache FOLDER` keys are kept, and taken the next time.
 * `selection large` times a large shelf instead.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { digestJson, fork, type Key, keyFromSeed, permutation } from "../../src/base/index.ts";
import { writeFileAtomically } from "../../src/formats/atomic-file/index.ts";
import { type HeadName, headKinds, likeliest, shelfFrame } from "../../src/learn/heads/index.ts";
import {
  type Frame,
  openTurning,
  pickRows,
  plainProduct,
  scorePredictions,
  tInterval,
} from "../../src/learn/measure/index.ts";
import { type Selection, type StrategyName, strategies } from "../../src/learn/select/index.ts";
import { type BenchOptions, type BenchReport, readMachine } from "../harness/index.ts";
import { type LabelledShelf, type Side, shelvesAsked } from "./shelves.ts";

const perClass = [1, 2, 5, 10];
/** With the penalty of ridge; cross-validation would cost more than it tells at one label a class. */
const heads = [
  ["ncc", 0],
  ["ridge", 1],
] as const satisfies readonly (readonly [HeadName, number])[];
const mostPool = 1000;
const names = Object.keys(strategies) as StrategyName[];
/** The first n picks are the choice of n: one run serves all budgets. */
const nested: readonly StrategyName[] = ["max-herding", "k-centre", "random"];

interface Found {
  readonly strategy: StrategyName;
  readonly budget: number;
  readonly head: HeadName;
  readonly accuracies: number[];
  readonly balances: number[];
}

export async function selectionBench(options: BenchOptions): Promise<BenchReport> {
  const { rest, rounds = 20, minutes = Number.POSITIVE_INFINITY, cache } = options;
  if (rest[0] === "large") return await (await import("./large.ts")).largeSelection(options);
  const machine = readMachine();
  const shelves = shelvesAsked(rest);
  const results: { shelf: string; rows: Found[] }[] = [];
  for (const shelf of shelves) {
    const kept = keptRows(shelf, cache);
    const rows = kept.read();
    const started = performance.now();
    const begun = rows[0]?.accuracies.length ?? 0;
    for (let round = begun; round < rounds; round++) {
      if (performance.now() - started > 60_000 * minutes) break;
      await oneKey(shelf, fork(keyFromSeed(1), "round", round), rows);
      kept.write(rows);
      process.stderr.write(`${shelf.name}: key ${round + 1} of ${rounds}\n`);
    }
    results.push({ shelf: shelf.name, rows });
  }
  const notes = results.flatMap(({ shelf, rows }) => [
    `${shelf}, ${rows[0]?.accuracies.length ?? 0} keys:`,
    ...table(rows),
    "",
  ]);
  const more = results.map(({ shelf, rows }) => ({ shelf, rows: rows.map((row) => ({ ...row })) }));
  return { bench: "selection", machine, versions: {}, checks: [], races: [], notes, more };
}

/** What earlier runs found of this shelf, whole keys only. */
function keptRows({ name }: LabelledShelf, folder: string | undefined) {
  const path = folder && join(folder, `selection-${digestJson(name).slice(0, 12)}.json`);
  return {
    read(): Found[] {
      return path && existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
    },
    write(rows: readonly Found[]): void {
      if (path)
        writeFileAtomically(path, Buffer.from(JSON.stringify(rows)), { existing: "replace" });
    },
  };
}

async function oneKey(shelf: LabelledShelf, key: Key, rows: Found[]): Promise<void> {
  const { pool, judged, classes } = shelf;
  const size = Math.min(mostPool, Math.round((2 / 3) * pool.codes.length));
  const drawn = permutation(fork(key, "pool"), pool.codes.length).slice(0, size).sort();
  const part = {
    matrix: pickRows(pool.matrix, drawn),
    codes: Int32Array.from(drawn, (row) => pool.codes[row]),
  };
  const frame = await shelfFrame(part.matrix, { key });
  const budgets = perClass.map((labels) => Math.min(size, labels * classes));
  for (const name of names) {
    const choose = (count: number) =>
      strategies[name]({ matrix: part.matrix }, { count, key: fork(key, name) });
    const all = nested.includes(name) ? await choose(budgets[budgets.length - 1]) : undefined;
    for (const budget of budgets) {
      const { picks } = all ?? (await choose(budget));
      const scores = await judge({ part, judged, classes, frame }, picks.slice(0, budget));
      for (const { head, accuracy, balanced } of scores) {
        const row = rowOf(rows, { strategy: name, budget, head });
        row.accuracies.push(accuracy);
        row.balances.push(balanced);
      }
    }
  }
}

interface Judging {
  readonly part: Side;
  readonly judged: Side;
  readonly classes: number;
  readonly frame: Frame;
}

async function judge(
  { part, judged, classes, frame }: Judging,
  picks: Selection["picks"],
): Promise<{ head: HeadName; accuracy: number; balanced: number }[]> {
  const rows = picks.map(({ row }) => row);
  const present = [...new Set(rows.map((row) => part.codes[row]))].sort((a, b) => a - b);
  const fitting = { frame, product: plainProduct };
  await using turning = await openTurning(frame, { product: plainProduct, rows: rows.length });
  const train = {
    features: await turning.apply(pickRows(part.matrix, rows)),
    codes: Int32Array.from(rows, (row) => present.indexOf(part.codes[row])),
    classes: present.length,
    weights: new Float64Array(present.length).fill(1),
  };
  const found: { head: HeadName; accuracy: number; balanced: number }[] = [];
  for (const [head, setting] of heads) {
    const kind = headKinds.find(({ name }) => name === head) ?? headKinds[0];
    const [score] = await kind.fit(train, [setting], fitting);
    const { predicted } = likeliest(await score(judged.matrix));
    const codes = predicted.map((column) => present[column]);
    const { accuracy, balanced } = scorePredictions(codes, judged.codes, classes);
    found.push({ head, accuracy, balanced });
  }
  return found;
}

function rowOf(rows: Found[], of: Pick<Found, "strategy" | "budget" | "head">): Found {
  const known = rows.find(
    (row) => row.strategy === of.strategy && row.budget === of.budget && row.head === of.head,
  );
  if (known) return known;
  const made = { ...of, accuracies: [], balances: [] };
  rows.push(made);
  return made;
}

/** Mean accuracy, and the paired difference to chance with Student's 95 % interval over keys. */
function table(rows: readonly Found[]): string[] {
  return rows.map((row) => {
    const chance = rows.find(
      (one) => one.strategy === "random" && one.budget === row.budget && one.head === row.head,
    );
    const against = (of: (one: Found) => readonly number[]) => {
      const { mean, low, high } = tInterval(
        of(row).map((value, i) => value - (chance ? of(chance)[i] : Number.NaN)),
        "t over draws",
      );
      return `${points(mean)} [${points(low)}, ${points(high)}]`;
    };
    const meanOf = (list: readonly number[]) =>
      `${((100 * list.reduce((sum, value) => sum + value, 0)) / list.length).toFixed(1)} %`;
    const cells = [
      row.strategy.padEnd(11),
      `${row.budget} labels`.padStart(11),
      row.head.padEnd(5),
      `accuracy ${meanOf(row.accuracies)} ${against((one) => one.accuracies)}`.padEnd(38),
      `balanced ${meanOf(row.balances)} ${against((one) => one.balances)}`,
    ];
    return cells.join("  ");
  });
}

function points(share: number): string {
  return `${share >= 0 ? "+" : ""}${(100 * share).toFixed(1)}`;
}
