/**
 * Are promises kept? A head is fitted once, on `labels` items of a stored shelf. All other labelled items
 * are dealt 1,000 times into calibration items and the rest, on which the promises that the calibration
 * items allow are held against the truth: mean coverage of candidate sets ≥ 1 - α, over all items and,
 * with sets by class, for each; draws in which more than `target` of the given answers are wrong ≤ δ,
 * the target being half of the head's error, so that something is answered and much is not;
 * known items called unlike anything seen ≤ α on average. `npm run bench -- promises [WORKSPACE
 * REPRESENTATION LABELS]…`; without them, blobs.
 */
import { fork, type Key, keyFromSeed, permutation } from "../../src/base/index.ts";
import {
  type Classifier,
  fitAbstention,
  fitClassifier,
  fitConformal,
  fitNovelty,
  likeliest,
} from "../../src/learn/heads/index.ts";
import { type Matrix, pickRows, tInterval } from "../../src/learn/measure/index.ts";
import {
  type BenchOptions,
  type BenchReport,
  type Check,
  readMachine,
  Stop,
} from "../harness/index.ts";
import { type LabelledShelf, shelvesAsked } from "../selection/shelves.ts";

const [draws, calibration, labels] = [1000, 300, 400];
const [alpha, delta] = [0.1, 0.1];
/** Distances take long: what is unlike is judged over fewer draws, on as many items. */
const [unlikeDraws, unlikeItems] = [100, 500];

export async function promisesBench({ rest }: BenchOptions): Promise<BenchReport> {
  const checks: Check[] = [];
  const notes: string[] = [];
  for (const shelf of shelvesAsked(rest)) {
    const found = await promisesOf(shelf);
    checks.push(...found.checks);
    notes.push(...found.notes);
  }
  const broken = checks.find(({ found, limit }) => found > limit);
  if (broken) {
    const text = `${broken.name}: ${broken.found}, more than ${broken.limit}`;
    throw new Stop("wrong-answer", [text, ...notes].join("\n"));
  }
  return { bench: "promises", machine: readMachine(), versions: {}, checks, races: [], notes };
}

async function promisesOf({ name, classes, pool, judged }: LabelledShelf) {
  const key = keyFromSeed(17);
  const matrix = joined(pool.matrix, judged.matrix);
  const codes = Int32Array.from([...pool.codes, ...judged.codes]);
  const order = permutation(fork(key, "labels"), codes.length);
  const [train, others] = [order.subarray(0, labels), order.slice(labels)];
  const kept = new Set(train);
  const classifier = await fitClassifier(
    { matrix, codes: codes.map((code, row) => (kept.has(row) ? code : -1)), classes },
    { key: fork(key, "classifier") },
  );
  const items = {
    matrix: pickRows(matrix, others),
    codes: Int32Array.from(others, (row) => classifier.classes.indexOf(codes[row])),
  };
  const seen = await drawAll(classifier, items, key);
  const unlike = await unlikeRates(pickRows(matrix, train), items.matrix, key);
  const coverage = tInterval(seen.covered, "t over draws");
  const byClass = seen.classCovered.map((rates) => tInterval(rates, "t over draws"));
  const [worst] = byClass.toSorted((a, b) => a.mean - b.mean);
  const broken = seen.broken / draws;
  const flagged = tInterval(unlike, "t over draws");
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  return {
    checks: [
      {
        name: `${name}: share of items that their set lacks, on average`,
        found: 1 - coverage.mean,
        limit: alpha + 3.3 * standardError(coverage, draws),
      },
      // Of many classes none may be frequent enough to be calibrated alone.
      ...(worst
        ? [
            {
              name: `${name}: the same by class, of the class that is covered least`,
              found: 1 - worst.mean,
              limit: alpha + 3.3 * standardError(worst, draws),
            },
          ]
        : []),
      {
        name: `${name}: share of draws that break the abstention promise`,
        found: broken,
        limit: delta + 3.3 * Math.sqrt((delta * (1 - delta)) / draws),
      },
      {
        name: `${name}: share of known items called unlike, on average`,
        found: flagged.mean,
        limit: alpha + 3.3 * standardError(flagged, unlikeDraws),
      },
    ],
    notes: [
      `${name}: ${classifier.head} ${classifier.setting} on ${labels} labels; ${items.codes.length} other items, ` +
        `${calibration} of them calibrate in each of ${draws} draws; sets of ${seen.size.toFixed(2)} classes on average, ` +
        `${seen.classSize.toFixed(2)} by class; ${percent(seen.answered)} of items answered, of which ${percent(seen.wrong)} wrong (at most ${percent(seen.target)} allowed).`,
    ],
  };
}

async function drawAll(
  classifier: Classifier,
  { matrix, codes }: { readonly matrix: Matrix; readonly codes: Int32Array },
  key: Key,
) {
  const shares = await classifier.probabilities(matrix);
  const { predicted, confidence } = likeliest(shares);
  const right = predicted.map((code, i) => (code === codes[i] ? 1 : 0));
  const columns = shares.columns;
  const target = (right.filter((is) => is === 0).length / right.length) * 0.5;
  const covered = new Float64Array(draws);
  const frequent = frequentClasses(codes, columns);
  const classCovered = frequent.map(() => [] as number[]);
  const found = { broken: 0, answered: 0, wrong: 0, size: 0, classSize: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const order = permutation(fork(key, "draw", draw), codes.length);
    const [own, rest] = [order.subarray(0, calibration), order.subarray(calibration)];
    const at = (rows: Uint32Array) => Int32Array.from(rows, (row) => codes[row]);
    const sample = pickRows(shares, own);
    const sets = fitConformal(sample, at(own), { alpha });
    const ownSets = fitConformal(sample, at(own), { alpha, by: "class" });
    const isIn = (thresholds: readonly number[]) => (row: number) =>
      codes[row] >= 0 && shares.values[row * columns + codes[row]] >= thresholds[codes[row]];
    covered[draw] = shareOf(rest, isIn(sets.thresholds));
    for (const [i, c] of frequent.entries()) {
      classCovered[i].push(
        shareOf(
          rest.filter((row) => codes[row] === c),
          isIn(ownSets.thresholds),
        ),
      );
    }
    const some = pickRows(shares, rest.subarray(0, 100));
    const sizes = [sets, ownSets].map((one) =>
      one.sets(some).reduce((n, set) => n + set.length, 0),
    );
    found.size += sizes[0] / 100 / draws;
    found.classSize += sizes[1] / 100 / draws;
    // Thresholds are tried where a third sample suggests: neither calibration nor judged items.
    const [suggesting, judging] = [rest.subarray(0, 300), rest.subarray(300)];
    const abstention = fitAbstention(
      Array.from(own, (row) => confidence[row]),
      Array.from(own, (row) => right[row]),
      { target, delta, unlabelled: Array.from(suggesting, (row) => confidence[row]) },
    );
    const given = judging.filter((row) => confidence[row] >= abstention.confidence);
    const wrong = given.length === 0 ? 0 : 1 - shareOf(given, (row) => right[row] === 1);
    if (wrong > target) found.broken++;
    found.answered += given.length / judging.length / draws;
    found.wrong += wrong / draws;
  }
  return { ...found, target, covered, classCovered };
}

async function unlikeRates(known: Matrix, others: Matrix, key: Key): Promise<number[]> {
  const rates: number[] = [];
  for (let draw = 0; draw < unlikeDraws; draw++) {
    const order = permutation(fork(key, "unlike", draw), others.rows);
    const own = pickRows(others, order.subarray(0, calibration));
    const rest = pickRows(others, order.subarray(calibration, calibration + unlikeItems));
    const novelty = await fitNovelty(known, own, { alpha });
    const p = await novelty.judge(rest);
    rates.push(p.filter((value) => value <= alpha).length / p.length);
  }
  return rates;
}

/** Classes of so many items that a draw brings enough of them to calibrate. */
function frequentClasses(codes: Int32Array, classes: number): number[] {
  const share = (c: number) => codes.filter((code) => code === c).length / codes.length;
  return Array.from({ length: classes }, (_, c) => c).filter((c) => share(c) * calibration > 20);
}

function shareOf(rows: Uint32Array, holds: (row: number) => boolean): number {
  return rows.filter(holds).length / rows.length;
}

function standardError({ deviation }: { readonly deviation: number }, of: number): number {
  return deviation / Math.sqrt(of);
}

function joined(a: Matrix, b: Matrix): Matrix {
  const values = new Float32Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { rows: a.rows + b.rows, columns: a.columns, values };
}
