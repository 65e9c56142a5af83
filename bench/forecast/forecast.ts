/**
 * Is the forecast right? For pilots of several sizes and keys, drawn at random from a shelf's pool, the
 * labels are forecast at which the error is what it truly is at twice, four and eight times as many,
 * and one that the whole pool does not reach. The truth is the mean curve over 50 draws. Told are how
 * often the 90 % interval holds the truth (with a bootstrap over tasks), how wide it is, by how much
 * the middle is off beside the plain, unweighted power law, and how often "unreachable" was said where
 * the pool did get there. Cases whose interval does not hold are listed.
 *
 * `npm run bench -- forecast [WORKSPACE REPRESENTATION LABELS]…`; `--rounds` = keys.
 */
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import {
  fitPowerLaw,
  forecastLabels,
  type LearningCurve,
  labelsFor,
} from "../../src/learn/forecast/index.ts";
import { type BenchOptions, type BenchReport, readMachine } from "../harness/index.ts";
import { type LabelledShelf, shelvesAsked } from "../selection/shelves.ts";
import { errorInTruth, frameOf, labelsInTruth, pilotCurve, type Truth, truthOf } from "./pilots.ts";

export interface Case {
  /** What is resampled together: a shelf with its labels. */
  readonly task: string;
  readonly head: string;
  readonly pilot: number;
  readonly round: number;
  /** 2, 4, 8; 0 = beyond the pool. */
  readonly times: number;
  readonly allowed: number;
  /** Infinity where the pool does not reach it. */
  readonly truth: number;
  readonly labels: number;
  readonly low: number;
  readonly high: number;
  readonly state: string;
  /** By the unweighted power law. */
  readonly peer: number;
}

const perClass = [6, 12, 24];
const ahead = [2, 4, 8];
const heads = ["ncc", "ridge"] as const;
/** Of the least error of the whole pool. */
const beyond = 0.8;

export async function forecastBench({ rest, rounds = 5 }: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  const cases: Case[] = [];
  for (const shelf of shelvesAsked(rest)) cases.push(...(await casesOf(shelf, rounds)));
  const notes = summarise(cases);
  const more = cases.map((one) => ({ ...one, truth: told(one.truth), labels: told(one.labels) }));
  const plain = more.map((one) => ({ ...one, low: told(one.low), high: told(one.high) }));
  const rows = plain.map((one) => ({ ...one, peer: told(one.peer) }));
  return { bench: "forecast", machine, versions: {}, checks: [], races: [], notes, more: rows };
}

async function casesOf(shelf: LabelledShelf, rounds: number): Promise<Case[]> {
  const key = fork(keyFromSeed(2), shelf.name);
  const frame = await frameOf(shelf, key);
  const { classes, pool, judged } = shelf;
  const found: Case[] = [];
  for (const head of heads) {
    const asked = { key, goal: { kind: "balanced", atLeast: 1 }, head, frame } as const;
    const truth = await truthOf(shelf, asked);
    for (const size of perClass.map((m) => m * classes)) {
      for (let round = 0; round < rounds && 2 * size <= pool.codes.length; round++) {
        const options = { size, round, items: judged.codes.length };
        const curve = await pilotCurve(shelf, asked, options);
        const pilot = { task: shelf.name, head, pilot: size, round };
        found.push(...casesOfPilot(curve, truth, pilot));
      }
      process.stderr.write(`${shelf.name}, ${head}: pilots of ${size}\n`);
    }
  }
  return found;
}

export function casesOfPilot(
  curve: LearningCurve,
  truth: Truth,
  pilot: Pick<Case, "task" | "head" | "pilot" | "round">,
): Case[] {
  const law = fitPowerLaw(
    curve.points.map(({ labels, mean }) => ({ labels, error: mean, weight: 1 })),
  );
  const most = truth.sizes[truth.sizes.length - 1];
  const targets = [
    ...ahead
      .filter((times) => times * pilot.pilot <= most)
      .map((times) => ({ times, allowed: errorInTruth(truth, times * pilot.pilot) })),
    { times: 0, allowed: beyond * Math.min(...truth.errors) },
  ];
  return targets.map(({ times, allowed }) => {
    const { labels, low, high, state } = forecastLabels(curve, { allowed });
    const said = { labels, low, high, state, peer: labelsFor(law, allowed) };
    return { ...pilot, times, allowed, truth: labelsInTruth(truth, allowed), ...said };
  });
}

export function summarise(cases: readonly Case[]): string[] {
  const known = cases.filter(({ truth }) => Number.isFinite(truth));
  const notes = [`all: ${heldText(known)}`];
  for (const times of ahead) {
    const own = known.filter((one) => one.times === times);
    if (own.length > 0) notes.push(`${times}×: ${heldText(own)}`);
  }
  for (const task of new Set(known.map((one) => one.task))) {
    notes.push(`${task}: ${heldText(known.filter((one) => one.task === task))}`);
  }
  const called = known.filter(({ state }) => state === "unreachable").length;
  const censored = cases.filter(({ truth }) => truth === Number.POSITIVE_INFINITY);
  const right = censored.filter(({ state }) => state === "unreachable" || state === "doubtful");
  notes.push(
    `"unreachable" was said of ${called} of ${known.length} targets that the pool reaches; of ` +
      `${censored.length} that it does not reach, ${right.length} were called unreachable or doubtful`,
  );
  for (const one of known.filter((each) => !holds(each))) {
    const { task, head, pilot, round, times, truth, low, high } = one;
    notes.push(
      `missed: ${task}, ${head}, pilot ${pilot}, key ${round}, ${times}×: truth ` +
        `${Math.round(truth)}, interval ${Math.round(low)}–${Math.round(high)}`,
    );
  }
  return notes;
}

function heldText(cases: readonly Case[]): string {
  const share = (of: readonly Case[]) => of.filter(holds).length / of.length;
  const off = (value: (one: Case) => number) =>
    middle(cases.map((one) => Math.abs(Math.log2(value(one) / one.truth))));
  const open = cases.filter(({ high }) => high === Number.POSITIVE_INFINITY).length;
  const widths = cases.map(({ low, high }) => Math.log2(high / low));
  const { low, high } = overTasks(cases, share);
  return (
    `interval holds ${percent(share(cases))} of ${cases.length} [${percent(low)}, ${percent(high)}]; ` +
    `width 2^${middle(widths).toFixed(2)}, open above in ${open}; ` +
    `median |log2 ratio| ${off((one) => one.labels).toFixed(2)}, ` +
    `power law ${off((one) => one.peer).toFixed(2)}`
  );
}

function holds({ low, high, truth }: Case): boolean {
  return low <= truth && truth <= high;
}

/** 95 % of the share when whole tasks are drawn again. */
function overTasks(cases: readonly Case[], share: (of: readonly Case[]) => number) {
  const tasks = [...new Set(cases.map(({ task }) => task))];
  const key = keyFromSeed(7);
  const values = Array.from({ length: 1000 }, (_, b) =>
    share(
      Array.from(
        uniform(fork(key, b), tasks.length),
        (u) => tasks[Math.floor(u * tasks.length)],
      ).flatMap((task) => cases.filter((one) => one.task === task)),
    ),
  ).sort((a, b) => a - b);
  return { low: values[25], high: values[974] };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Files know no infinity. */
function told(count: number): number | null {
  return Number.isFinite(count) ? count : null;
}
