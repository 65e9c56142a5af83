/**
 * Is the forecast right? For pilots of several sizes and keys, drawn at random from a shelf's pool, the
 * labels are forecast at which the error is what it truly is at twice, four and eight times as many,
 * and one that the whole pool does not reach. The truth is the mean curve over 50 draws, on evaluation
 * items that the pilot does not have. Told are how often the 90 % interval holds the truth (with a
 * bootstrap over label sets), how wide it is, by how much the middle is off beside the plain, unweighted
 * power law and beside an oracle, and how often "unreachable" was right. Cases whose interval does not
 * hold are listed.
 *
 * The oracle knows the curve's true shape and sees the pilot's errors as the forecast does: what it is
 * off by is chance in the labels and in the evaluation items, which no forecast from that pilot undoes.
 *
 * `npm run bench -- forecast [WORKSPACE REPRESENTATION]…`: the representation and its untrained encoder;
 * blobs without. Curves are kept in `--cache` and taken from there. `--rounds` = keys.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { digestJson, fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import {
  type BandPoint,
  type Course,
  constants,
  type Forecast,
  fitPowerLaw,
  forecastLabels,
  type LearningCurve,
  labelsFor,
} from "../../src/learn/forecast/index.ts";
import { type BenchOptions, type BenchReport, readMachine, Stop } from "../harness/index.ts";
import { blobs, type LabelledShelf } from "../selection/shelves.ts";
import {
  errorInTruth,
  labelsInTruth,
  type Pilot,
  type Trial,
  type TrialOptions,
  type Truth,
  trialOf,
} from "./pilots.ts";
import { shelvesOf } from "./shelves.ts";

export interface Case {
  readonly task: string;
  /** What is resampled together. */
  readonly labelSet: string;
  readonly head: string;
  readonly pilot: number;
  readonly round: number;
  /** 2, 4, 8; 0 = beyond the pool. */
  readonly times: number;
  readonly allowed: number;
  /** Infinity where the pool does not reach it. */
  readonly truth: number;
  readonly said: Said;
  readonly oracle: Said;
  /** By the unweighted power law. */
  readonly peer: number;
  /** The error said at so many times the pilot's labels; the one allowed is the truth. */
  readonly there: BandPoint | undefined;
}

type Said = Pick<Forecast, "labels" | "low" | "high" | "state">;

const ahead = [2, 4, 8];
const heads = ["ncc", "ridge"] as const;
/** Of the least error of the whole pool. */
const beyond = 0.8;
const items = 2000;

export async function forecastBench(options: BenchOptions): Promise<BenchReport> {
  const { rest, rounds = 3 } = options;
  const machine = readMachine();
  if (rest.length % 2 !== 0) {
    throw new Stop("usage", "Give a workspace and a representation, once or more.");
  }
  const cache = cacheFolder(options);
  mkdirSync(cache, { recursive: true });
  const trials: Trial[] = [];
  for (const shelf of await shelvesAsked(rest)) {
    for (const head of heads) trials.push(await keptTrial(shelf, { head, rounds, items }, cache));
  }
  const cases = trials.flatMap(casesOf);
  const notes = summarise(cases);
  return {
    bench: "forecast",
    machine,
    versions: {},
    checks: [],
    races: [],
    notes,
    more: plain(cases),
  };
}

async function shelvesAsked(rest: readonly string[]): Promise<LabelledShelf[]> {
  if (rest.length === 0) return [blobs()];
  const found: LabelledShelf[] = [];
  for (let i = 0; i < rest.length; i += 2) {
    found.push(...(await shelvesOf(rest[i], rest[i + 1])));
  }
  // Encoders of one dataset have the same untrained one; the first is taken.
  return found.filter(({ name }, i) => found.findIndex((one) => one.name === name) === i);
}

function cacheFolder({ cache }: BenchOptions): string {
  const root = cache ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tanafuda");
  return join(root, "bench", "forecast");
}

/** From the cache, where features and options are what they were. */
export async function keptTrial(
  shelf: LabelledShelf,
  options: TrialOptions,
  cache: string,
): Promise<Trial> {
  const { pool, judged } = shelf;
  const digest = digestJson({
    ...options,
    name: shelf.name,
    features: [pool, judged].map(({ matrix, codes }) => [checksum(matrix.values), checksum(codes)]),
  });
  const file = join(cache, `${digest.slice(0, 16)}.json`);
  if (!existsSync(file)) {
    const started = process.cpuUsage();
    const trial = await trialOf(shelf, options);
    writeFileSync(`${file}.part`, JSON.stringify(trial, plainLists));
    renameSync(`${file}.part`, file);
    const seconds = process.cpuUsage(started).user / 1e6;
    process.stderr.write(
      `${shelf.name}, ${options.head}: ${seconds.toFixed(0)} s of processor time\n`,
    );
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

function plainLists(_: string, value: unknown): unknown {
  return value instanceof Float64Array ? Array.from(value) : value;
}

function checksum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * ((i % 997) + 1);
  return sum;
}

export function casesOf(trial: Trial): Case[] {
  return trial.pilots.flatMap((pilot) => casesOfPilot(pilot, trial));
}

function casesOfPilot({ curve, size, round }: Pilot, { task, head, truth }: Trial): Case[] {
  const samples = curve.points.map(({ labels, mean }) => ({ labels, error: mean, weight: 1 }));
  const law = fitPowerLaw(samples);
  const most = truth.sizes[truth.sizes.length - 1];
  const targets = [
    ...ahead
      .filter((times) => times * size <= most)
      .map((times) => ({ times, allowed: errorInTruth(truth, times * size) })),
    { times: 0, allowed: beyond * Math.min(...truth.errors) },
  ];
  const courses = trueCourses(truth, curve);
  const sure = { ...constants, drift: 0 };
  const { band } = forecastLabels(curve, { allowed: targets[0].allowed });
  return targets.map(({ times, allowed }) => ({
    task,
    labelSet: task.slice(task.indexOf(", ") + 2),
    head,
    pilot: size,
    round,
    times,
    allowed,
    truth: labelsInTruth(truth, allowed),
    said: said(forecastLabels(curve, { allowed })),
    oracle: said(forecastLabels(curve, { allowed, courses, constants: sure })),
    peer: labelsFor(law, allowed),
    there: times > 0 ? band[2 * Math.log2(times)] : undefined,
  }));
}

/** The true curve at the pilot's sizes, as much better or worse throughout as chance may have made it. */
function trueCourses(truth: Truth, { points }: LearningCurve): Course[] {
  const { sizes } = truth;
  const hand = points[points.length - 1].labels;
  const at = (x: number) =>
    errorInTruth(truth, Math.min(sizes[sizes.length - 1], Math.max(sizes[0], x * hand)));
  const floor = Math.min(...truth.errors);
  return Array.from({ length: 201 }, (_, i) => {
    const factor = Math.exp((i - 100) / 250);
    return { at: (x: number) => factor * at(x), floor: factor * floor, prior: 1 };
  });
}

function said({ labels, low, high, state }: Forecast): Said {
  return { labels, low, high, state };
}

export function summarise(cases: readonly Case[]): string[] {
  const known = cases.filter(({ truth }) => Number.isFinite(truth));
  const notes = [`all: ${heldText(known)}`];
  const groups = [
    ...ahead.map((times) => [`${times}×`, (one: Case) => one.times === times] as const),
    ...unique(known.map(({ pilot }) => pilot)).map(
      (pilot) => [`pilots of ${pilot}`, (one: Case) => one.pilot === pilot] as const,
    ),
    ...unique(known.map(({ head }) => head)).map(
      (head) => [head, (one: Case) => one.head === head] as const,
    ),
    ...unique(known.map(({ task }) => task)).map(
      (task) => [task, (one: Case) => one.task === task] as const,
    ),
  ];
  for (const [name, isOwn] of groups) {
    const own = known.filter(isOwn);
    if (own.length > 0) notes.push(`${name}: ${heldText(own)}`);
  }
  return [...notes, reachText(cases), ...known.filter((one) => !holds(one)).map(missedText)];
}

function reachText(cases: readonly Case[]): string {
  const known = cases.filter(({ truth }) => Number.isFinite(truth));
  const called = known.filter(({ said: { state } }) => state === "unreachable").length;
  const censored = cases.filter(({ truth }) => truth === Number.POSITIVE_INFINITY);
  const count = (...states: readonly string[]) =>
    censored.filter(({ said: { state } }) => states.includes(state)).length;
  return (
    `"unreachable" was said of ${called} of ${known.length} targets that the pool reaches; of ` +
    `${censored.length} that it does not reach, ${count("unreachable")} were called unreachable and ` +
    `${count("doubtful")} doubtful`
  );
}

function missedText({ task, head, pilot, round, times, truth, said }: Case): string {
  return (
    `missed: ${task}, ${head}, pilot ${pilot}, key ${round}, ${times}×: truth ` +
    `${Math.round(truth)}, interval ${Math.round(said.low)}–${Math.round(said.high)}`
  );
}

function heldText(cases: readonly Case[]): string {
  const share = (of: readonly Case[]) => of.filter(holds).length / of.length;
  const off = (value: (one: Case) => number) =>
    middle(cases.map((one) => Math.abs(Math.log2(value(one) / one.truth)))).toFixed(2);
  const width = (value: (one: Case) => Said) =>
    middle(cases.map(value).map(({ low, high }) => Math.log2(high) - Math.log2(low))).toFixed(1);
  const closed = cases.filter(({ said: { high } }) => Number.isFinite(high)).length;
  const { low, high } = overLabelSets(cases, share);
  return (
    `holds ${percent(share(cases))} of ${cases.length} [${percent(low)}, ${percent(high)}], ` +
    `closed above in ${closed}, width 2^${width((one) => one.said)} (oracle ` +
    `2^${width((one) => one.oracle)}); median |log2 ratio| ${off((one) => one.said.labels)}, ` +
    `oracle ${off((one) => one.oracle.labels)}, power law ${off((one) => one.peer)}; ` +
    thereText(cases)
  );
}

/** How well the error itself is told. */
function thereText(cases: readonly Case[]): string {
  const told = cases.flatMap(({ there, allowed }) => (there ? [{ ...there, allowed }] : []));
  const held = told.filter(({ low, high, allowed }) => low <= allowed && allowed <= high).length;
  const half = middle(told.map(({ low, high, error }) => (high - low) / 2 / error));
  const off = middle(told.map(({ error, allowed }) => Math.abs(error / allowed - 1)));
  return (
    `the error itself: holds ${percent(held / told.length)}, ± ${percent(half)} of it, ` +
    `middle off ${percent(off)}`
  );
}

function holds({ said: { low, high }, truth }: Case): boolean {
  return low <= truth && truth <= high;
}

/** 95 % of the share when whole label sets are drawn again. */
function overLabelSets(cases: readonly Case[], share: (of: readonly Case[]) => number) {
  const sets = unique(cases.map(({ labelSet }) => labelSet));
  const bySet = sets.map((set) => cases.filter(({ labelSet }) => labelSet === set));
  const key = keyFromSeed(7);
  const values = Array.from({ length: 1000 }, (_, b) =>
    share(
      Array.from(uniform(fork(key, b), sets.length), (u) => Math.floor(u * sets.length)).flatMap(
        (at) => bySet[at],
      ),
    ),
  ).sort((a, b) => a - b);
  return { low: values[25], high: values[974] };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Files know no infinity. */
function plain(cases: readonly Case[]) {
  const told = (count: number) => (Number.isFinite(count) ? count : null);
  const counts = ({ labels, low, high, state }: Said) => ({
    ...{ labels: told(labels), low: told(low), high: told(high), state },
  });
  return cases.map((one) => ({
    ...{ ...one, truth: told(one.truth), peer: told(one.peer) },
    ...{ said: counts(one.said), oracle: counts(one.oracle) },
    there: one.there ? { ...one.there } : null,
  }));
}
