/**
 * Does training here learn as much as with `lightly`? RES-2-64 on the first 20,000 training pictures
 * of CIFAR-100, ten epochs, SimCLR and VICReg, five seeds. Both sides start each seed at the same
 * weights, and one judge measures both sides' embeddings of all test pictures. What is finished is
 * kept by the digest of the recipe, so that a run that was stopped goes on.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { digestJson, type Json } from "../../src/base/index.ts";
import {
  type BenchOptions,
  type BenchReport,
  type Check,
  type Child,
  readMachine,
  Stop,
  startOurs,
  startPeer,
} from "../harness/index.ts";
import { compareSides, renderComparison } from "./compare.ts";
import { dataFolder, type MethodName } from "./subject.ts";

const methods: readonly MethodName[] = ["simclr", "vicreg"];
/** The portable one, where nobody chooses: what is kept without its name was made with it. */
const usualExecutor = "ort";
const usualSeeds = 5;
export type Side = "ours" | "lightly";

const scores = z.array(
  z.object({
    measure: z.string(),
    protocol: z.string(),
    labelSet: z.string(),
    value: z.number(),
  }),
);
const kept = z.object({
  side: z.enum(["ours", "lightly"]),
  method: z.enum(["simclr", "vicreg"]),
  seed: z.int(),
  versions: z.record(z.string(), z.string()),
  seconds: z.number(),
  scores,
});
export type Kept = z.infer<typeof kept>;

export async function parity(options: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  const done = await inTurnOrAtOnce(options, (method) => ofMethod(method, options));
  const found = done.flatMap(({ runs }) => runs);
  const comparison = compareSides(found);
  return {
    bench: "parity",
    machine,
    versions: Object.assign({}, ...found.map(({ versions }) => versions)),
    checks: done.map(({ check }) => check),
    races: [],
    notes: renderComparison(comparison),
    more: { recipes: done.map(({ recipe }) => recipe), comparison, runs: found },
  };
}

/** A device that computes aside leaves the processor to lightly's views, so both methods go at once. */
async function inTurnOrAtOnce<Done>(
  { device }: BenchOptions,
  work: (method: MethodName) => Promise<Done>,
): Promise<Done[]> {
  if (device !== "cpu") return await Promise.all(methods.map(work));
  const done: Done[] = [];
  for (const method of methods) done.push(await work(method));
  return done;
}

interface Done {
  readonly recipe: Json;
  readonly check: Check;
  readonly runs: readonly Kept[];
}

/** Both sides at once, seed after seed; measuring one training does not hold up the next. */
async function ofMethod(method: MethodName, options: BenchOptions): Promise<Done> {
  const { device, executor = usualExecutor, rounds = usualSeeds } = options;
  const environment = {
    TANAFUDA_BENCH_THREADS: String(options.threads),
    TANAFUDA_BENCH_EXECUTOR: executor,
    TANAFUDA_BENCH_DEVICE: device,
  };
  const root = cacheFolder(options);
  mkdirSync(root, { recursive: true });
  const child = (name: string) => ({
    ...{ name: `${name}, ${method}`, environment },
    log: join(root, `${name}-${method}.log`),
  });
  await using ours = await startOurs("parity", child("ours"));
  await using judge = await startOurs("parity", child("judge"));
  await using lightly = await startPeer("parity", child("lightly"));
  const cast = { ours, judge, lightly };
  const plan = await planOf(method, ours, root);
  const check = await checkStart(plan, cast);
  const where = device === "cpu" ? "" : `-${device}`;
  const by = executor === usualExecutor ? "" : `-${executor.replaceAll(" ", "-")}`;
  const as = { ours: `ours${by}${where}`, lightly: `lightly${where}` };
  const lane = async (side: Side) => {
    const runs: Promise<Kept>[] = [];
    for (let seed = 0; seed < rounds; seed++) {
      const { trained, kept } = keptOrDone(plan, { side, as: as[side], seed }, cast);
      // A training that fails ends the lane below; what was to measure it has nothing to add.
      kept.catch(() => {});
      runs.push(kept);
      await trained;
    }
    return await Promise.all(runs);
  };
  const runs = (await Promise.all([lane("ours"), lane("lightly")])).flat();
  return { recipe: plan.recipe, check, runs };
}

interface Plan {
  readonly method: MethodName;
  readonly recipe: Json;
  readonly folder: string;
}

interface Cast {
  readonly ours: Child;
  readonly judge: Child;
  readonly lightly: Child;
}

function cacheFolder({ cache }: BenchOptions): string {
  const root = cache ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tanafuda");
  return join(root, "bench", "parity");
}

async function planOf(method: MethodName, ours: Child, root: string): Promise<Plan> {
  const recipe = await ours.ask("recipe", { method }, z.json());
  const folder = join(root, `${method}-${digestJson(recipe).slice(0, 16)}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "recipe.json"), JSON.stringify(recipe, null, 2));
  return { method, recipe, folder };
}

const lossOf = z.object({ loss: z.number() });

/** The same weights and views give the same loss: network, projector and objective are the same. */
async function checkStart({ method, recipe, folder }: Plan, cast: Cast): Promise<Check> {
  const place = join(folder, "check");
  mkdirSync(place, { recursive: true });
  const here = await cast.ours.ask("start", { method, seed: 0, folder: place }, lossOf);
  const there = await cast.lightly.ask("first_loss", { recipe, folder: place }, lossOf);
  const check = {
    name: `${method}: |loss ours - lightly's| / loss of the first step`,
    found: Math.abs(here.loss - there.loss) / Math.abs(here.loss),
    limit: 1e-4,
  };
  if (check.found <= check.limit) return check;
  throw new Stop("wrong-answer", `${check.name} is ${check.found}, more than ${check.limit}.`);
}

interface Run {
  /** Settles when the next training can begin. */
  readonly trained: Promise<unknown>;
  readonly kept: Promise<Kept>;
}

function keptOrDone(
  { method, recipe, folder }: Plan,
  { side, as, seed }: { readonly side: Side; readonly as: string; readonly seed: number },
  cast: Cast,
): Run {
  const place = join(folder, `${as}-${seed}`);
  const file = join(place, "result.json");
  if (existsSync(file)) {
    const found = kept.parse(JSON.parse(readFileSync(file, "utf8")));
    return { trained: Promise.resolve(), kept: Promise.resolve(found) };
  }
  mkdirSync(place, { recursive: true });
  const job = { method, seed, folder: place };
  const spent = z.object({ seconds: z.number() });
  const train = async () => {
    if (side === "ours") return await cast.ours.ask("train", job, spent);
    await cast.judge.ask("start", job, lossOf);
    const data = dataFolder();
    return await cast.lightly.ask("train", { recipe, seed, folder: place, data }, spent);
  };
  const measure = async (trained: Promise<z.infer<typeof spent>>): Promise<Kept> => {
    const { seconds } = await trained;
    const found = await cast.judge.ask("judge", job, scores);
    const { versions } = cast[side];
    const result: Kept = { side, method, seed, versions: { ...versions }, seconds, scores: found };
    writeFileSync(file, JSON.stringify(result, null, 2));
    process.stderr.write(`${side} ${method} seed ${seed}: ${seconds.toFixed(0)} s\n`);
    return result;
  };
  const trained = train();
  return { trained, kept: measure(trained) };
}
