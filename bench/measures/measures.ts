/**
 * NCC, CDNV, kNN and linear probe of 50,000 × 512 rows of 100 classes and 10,000 to judge, beside
 * scikit-learn and NumPy. Answers are compared before anything is timed. Other sizes for a quick
 * look: `npm run bench -- measures 5000 1000`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import {
  type Asked,
  type BenchOptions,
  type BenchReport,
  type Check,
  type Child,
  race,
  readMachine,
  requirePeer,
  type Standing,
  Stop,
  startOurs,
  startPeer,
} from "../harness/index.ts";

const k = 20;
const penalty = 1e-4;
const nearEnough = 1e-4;

interface Pair {
  readonly ours: Child;
  readonly peer: Child;
}

export async function measuresBench({
  threads,
  executor,
  rounds = 3,
  rest,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("measures");
  const [train = 50_000, test = 10_000] = rest.map(Number);
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  await using ours = await startOurs("measures", { name: "ours" });
  await using peer = await startPeer("measures", { name: "peer" });
  try {
    const engine = { threads, ...(executor && { executor }) };
    await ours.ask("make", { folder, train, test, ...engine }, z.null());
    await ours.ask("prepare", { folder, ...engine }, z.object({ description: z.json() }));
    await peer.ask("prepare", { folder, threads }, z.object({}));
    const pair = { ours, peer };
    const neighbours = await checkKnn(pair);
    const checks = [await checkNcc(pair), await checkCdnv(pair), neighbours.check];
    const probe = await agreeOnProbe(pair);
    checks.push(probe.check);
    const races = [
      await compete(pair, { name: "ncc", target: 2, rounds, peers: nccPeers }),
      await compete(pair, { name: "cdnv", target: 2, rounds, peers: ["cdnv"] }),
      await compete(pair, {
        name: "knn",
        target: 4,
        rounds,
        asked: { k },
        peers: [neighbours.fastest],
      }),
      await compete(pair, {
        name: "probe",
        target: 1.2,
        rounds,
        peers: ["probe"],
        asked: { penalty, tolerance: probe.tolerances.ours },
        askedOfPeer: { penalty, tolerance: probe.tolerances.peer },
      }),
    ];
    const versions = { ...ours.versions, ...peer.versions };
    return {
      bench: "measures",
      machine,
      versions,
      checks,
      races,
      notes: [neighbours.note, ...probe.notes],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const nccPeers = ["ncc", "ncc-numpy"];
const knnPeers = ["knn-cosine", "knn-euclidean", "knn-numpy"];

const work: Readonly<Record<string, string>> = {
  ncc: "centres of the training rows, predictions of both splits",
  cdnv: "class means and variances, mean over pairs",
  knn: `predictions of the test rows, k = ${k}, cosine`,
  probe: `logistic regression at penalty ${penalty}, to ${nearEnough} of the least objective`,
};

interface Competition {
  readonly name: string;
  readonly target: number;
  readonly rounds: number;
  readonly peers: readonly string[];
  readonly asked?: Asked;
  readonly askedOfPeer?: Asked;
}

function compete({ ours, peer }: Pair, competition: Competition): Promise<Standing> {
  const { name, target, rounds, peers, asked = {}, askedOfPeer = asked } = competition;
  const rate = async (child: Child, what: string, options: Asked) =>
    1 / (await child.ask(what, options, timed)).seconds;
  return race({
    name,
    work: work[name],
    unit: "1/s",
    better: "higher",
    target,
    rounds,
    contestants: [
      { name: "ours", ours: true, measure: () => rate(ours, name, asked) },
      ...peers.map((what) => ({
        name: what,
        ours: false,
        measure: () => rate(peer, what, askedOfPeer),
      })),
    ],
  });
}

const timed = z.object({ seconds: z.number() });
const both = z.object({ train: z.array(z.int()), test: z.array(z.int()) });
const predicted = z.object({ test: z.array(z.int()), seconds: z.number() });
const decided = z.object({ test: z.array(z.int()) });
const valued = z.object({ value: z.number() });
const fitted = z.object({
  weights: z.array(z.number()),
  bias: z.array(z.number()),
  iterations: z.int(),
});
const judged = z.object({ objective: z.number() });

/** NumPy's float32 may be wrong at near ties, and is only counted. */
async function checkNcc({ ours, peer }: Pair): Promise<Check> {
  const mine = await ours.ask("ncc", {}, both);
  const differing: number[] = [];
  for (const what of nccPeers) {
    const theirs = await peer.ask(what, {}, both);
    const splits = [differences(mine.train, theirs.train), differences(mine.test, theirs.test)];
    differing.push(splits.flat().length);
  }
  const [exact, rounded] = differing;
  const name = `NCC predictions that differ (${rounded} from NumPy's in float32)`;
  return hold({ name, found: exact, limit: 0 });
}

async function checkCdnv({ ours, peer }: Pair): Promise<Check> {
  const [mine, theirs] = [await ours.ask("cdnv", {}, valued), await peer.ask("cdnv", {}, valued)];
  const found = Math.abs(mine.value / theirs.value - 1);
  return hold({ name: "CDNV, relative difference", found, limit: 1e-6 });
}

/**
 * Peers in float32 may be wrong where neighbours are nearly as near: float64 says who is right. The
 * fastest of them goes on into the race.
 */
async function checkKnn({ ours, peer }: Pair) {
  const mine = await ours.ask("knn", { k }, predicted);
  const disputed = new Set<number>();
  const times: { readonly what: string; readonly seconds: number }[] = [];
  for (const what of knnPeers) {
    const theirs = await peer.ask(what, { k }, predicted);
    times.push({ what, seconds: theirs.seconds });
    for (const row of differences(mine.test, theirs.test)) disputed.add(row);
  }
  const rows = [...disputed];
  const right = rows.length > 0 ? (await peer.ask("decide", { rows, k }, decided)).test : [];
  const found = rows.filter((row, i) => mine.test[row] !== right[i]).length;
  const name = `kNN predictions that are wrong, of ${rows.length} that differ`;
  const check = hold({ name, found, limit: 0 });
  const sorted = times.toSorted((a, b) => a.seconds - b.seconds);
  const list = sorted.map(({ what, seconds }) => `${what} ${seconds.toFixed(1)} s`);
  return { check, fastest: sorted[0].what, note: `kNN, each once: ${list.join(", ")}` };
}

/**
 * For each side the loosest tolerance that comes near enough to the least objective. That is ours to
 * `closest`: by the penalty's convexity at most closest² / (2 · penalty) above the true one.
 */
async function agreeOnProbe({ ours, peer }: Pair) {
  const mine = async (tolerance: number) => {
    const { weights, bias } = await ours.ask("probe", { penalty, tolerance }, fitted);
    return (await peer.ask("objective", { weights, bias, penalty }, judged)).objective;
  };
  const theirs = async (tolerance: number) =>
    (await peer.ask("probe", { penalty, tolerance }, judged)).objective;
  const sought = await mine(closest);
  const other = await loosest(theirs, [1e-3, 3e-4, 1e-4, 1e-5, 1e-6], sought);
  const least = Math.min(sought, other.objective);
  const own = await loosest(mine, [3e-3, 1e-3, 3e-4, 1e-4, closest], least);
  const chosen = { ours: own, peer: other };
  const above = (attempt: Attempt) => attempt.objective / least - 1;
  const found = above(chosen.ours);
  const check = hold({ name: "probe, above the least objective", found, limit: nearEnough });
  const say = (attempt: Attempt) =>
    `tolerance ${attempt.tolerance}, ${(above(attempt) * 100).toPrecision(2)} % above the least`;
  const notes = [`probe: ours ${say(chosen.ours)}; peer ${say(chosen.peer)}`];
  const tolerances = { ours: chosen.ours.tolerance, peer: chosen.peer.tolerance };
  return { check, tolerances, notes };
}

const closest = 3e-5;

/** The first of the tolerances that is near enough, or the last. */
async function loosest(
  solve: (tolerance: number) => Promise<number>,
  tolerances: readonly number[],
  least: number,
): Promise<Attempt> {
  let attempt: Attempt = { tolerance: Number.NaN, objective: Number.POSITIVE_INFINITY };
  for (const tolerance of tolerances) {
    attempt = { tolerance, objective: await solve(tolerance) };
    if (attempt.objective <= least * (1 + nearEnough)) break;
  }
  return attempt;
}

interface Attempt {
  readonly tolerance: number;
  readonly objective: number;
}

function differences(left: readonly number[], right: readonly number[]): number[] {
  return [...left.keys()].filter((i) => left[i] !== right[i]);
}

function hold(check: Check): Check {
  if (check.found <= check.limit) return check;
  throw new Stop("wrong-answer", `${check.name}: ${check.found}, more than ${check.limit}.`);
}
