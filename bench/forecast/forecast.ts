/**
 * Is the forecast right? For each key a pilot of some labels is drawn at random, its learning curve is
 * judged on the items set apart, and the labels are forecast at which the error is what it truly is at
 * twice, four and eight times as many. The truth is the mean curve over the whole pool. Told are how
 * often the 90 % interval holds the truth, and by how much the number is off; the Gaussian margin of
 * the same pilot stands beside it.
 *
 * `npm run bench -- forecast [WORKSPACE REPRESENTATION LABELS]…`; `--rounds` = keys.
 */
import { fork, keyFromSeed, permutation } from "../../src/base/index.ts";
import {
  forecastLabels,
  learningCurve,
  marginMoments,
  marginShots,
} from "../../src/learn/forecast/index.ts";
import { pickRows } from "../../src/learn/measure/index.ts";
import { type BenchOptions, type BenchReport, readMachine } from "../harness/index.ts";
import { type LabelledShelf, shelvesAsked } from "../selection/shelves.ts";

const perClass = 10;
const ahead = [2, 4, 8];
const goal = { kind: "balanced", atLeast: 1 } as const;

interface Result {
  readonly ahead: number;
  readonly truth: number;
  readonly held: number;
  readonly unreachable: number;
  readonly ratios: readonly number[];
  readonly margins: readonly number[];
}

export async function forecastBench({ rest, rounds = 20 }: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  const notes: string[] = [];
  const more: { shelf: string; results: Result[] }[] = [];
  for (const shelf of shelvesAsked(rest)) {
    const results = await forecasts(shelf, rounds);
    notes.push(`${shelf.name}:`);
    for (const one of results) {
      const { low, middle, high } = quartiles(one.ratios);
      notes.push(
        `  error of ${one.truth} labels (${one.ahead}×): interval holds it in ${one.held} of ${rounds}; ` +
          `forecast ÷ truth ${middle.toFixed(2)} (quartiles ${low.toFixed(2)}–${high.toFixed(2)}); ` +
          `called unreachable ${one.unreachable}; margin ÷ truth ${quartiles(one.margins).middle.toFixed(2)}`,
      );
    }
    more.push({ shelf: shelf.name, results });
  }
  const plain = more.map(({ shelf, results }) => ({
    shelf,
    results: results.map((one) => ({ ...one, ratios: [...one.ratios], margins: [...one.margins] })),
  }));
  return { bench: "forecast", machine, versions: {}, checks: [], races: [], notes, more: plain };
}

async function forecasts(shelf: LabelledShelf, rounds: number): Promise<Result[]> {
  const { pool, judged, classes } = shelf;
  const key = fork(keyFromSeed(2), shelf.name);
  const size = Math.min(perClass * classes, Math.floor(pool.codes.length / 2));
  const reachable = ahead.filter((times) => times * size <= pool.codes.length);
  const sizes = reachable.map((times) => times * size);
  const truth = await learningCurve({ ...pool, classes }, judged, {
    key: fork(key, "truth"),
    goal,
    sizes,
  });
  const found = reachable.map((times, i) => ({
    ahead: times,
    truth: sizes[i],
    held: 0,
    unreachable: 0,
    ratios: [] as number[],
    margins: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    const own = fork(key, "pilot", round);
    const drawn = permutation(own, pool.codes.length).slice(0, size);
    const pilot = {
      matrix: pickRows(pool.matrix, drawn),
      codes: Int32Array.from(drawn, (row) => pool.codes[row]),
      classes,
    };
    const curve = await learningCurve(pilot, judged, { key: own, goal });
    const moments = await marginMoments(pilot, { key: own });
    for (const [i, one] of found.entries()) {
      const allowed = truth.points[i].mean;
      const said = forecastLabels(curve, { key: own, allowed });
      if (said.low <= one.truth && one.truth <= said.high) one.held++;
      if (said.state === "unreachable") one.unreachable++;
      one.ratios.push(said.labels / one.truth);
      one.margins.push((classes * marginShots(moments, allowed)) / one.truth);
    }
    process.stderr.write(`${shelf.name}: key ${round + 1} of ${rounds}\n`);
  }
  return found;
}

function quartiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return { low: at(0.25), middle: at(0.5), high: at(0.75) };
}
