/** Which executor computes, on what, with how many threads: chosen openly, kept with a run. */
import { availableParallelism } from "node:os";
import { Problem } from "../base/index.ts";
import { nearest, type WorkspaceConfig } from "../registry/index.ts";

export const precisions = ["auto", "f32", "bf16"] as const;
export type Precision = (typeof precisions)[number];

export interface ExecutorChoice {
  readonly executor?: string;
  readonly threads?: number;
  readonly precision?: string;
  readonly device?: string;
}

/** What decides the plan, and so the bits: kept with a run, so that it goes on with the same. */
export interface Machine {
  readonly executor: string;
  readonly threads: number;
  readonly precision: Precision;
  readonly device: string;
}

export interface FoundLibrary {
  readonly path: string;
  /** What led there: a variable, a folder, the package. */
  readonly from: string;
  readonly version?: string;
}

/** What choosing needs to know of an executor. */
export interface ExecutorFacts {
  readonly name: string;
  readonly devices: RegExp;
  readonly precisions: readonly Precision[];
  /** One of which processor features a precision needs. */
  readonly needs?: Readonly<Partial<Record<Precision, readonly string[]>>>;
  /** Whether it is taken where nobody chose, if its library is there. */
  readonly byDefault: boolean;
  /** The library; throws the Problem with the cure where there is none. */
  find(): Promise<FoundLibrary>;
  /** The code of that Problem. Others, such as a named library that is not there, stop any choice. */
  readonly missing?: Problem["code"];
}

const devices = /^(cpu|cuda(:\d+)?|xpu(:\d+)?|mps|webgpu)$/;
const deviceNames = "cpu, cuda, cuda:1, xpu, mps, webgpu";

type Preferences = Pick<WorkspaceConfig, "executor" | "threads" | "precision" | "device">;

/** Options, then the workspace's file, then the first executor whose library is here. */
export async function chooseMachine(
  choice: ExecutorChoice,
  preferences: Preferences,
  known: readonly ExecutorFacts[],
  /** Of the processor, where the system lists them. */
  features?: readonly string[],
): Promise<Machine> {
  const device = choice.device ?? preferences.device ?? "cpu";
  if (!devices.test(device)) {
    throw new Problem("app/device-unknown", { device, known: deviceNames });
  }
  const precision = precisionOf(choice.precision ?? preferences.precision ?? "auto");
  const threads = choice.threads ?? preferences.threads ?? availableParallelism();
  const named = choice.executor ?? preferredFor(device, { choice, preferences, known });
  const facts = named === undefined ? await byDefault(device, known) : factsOf(named, known);
  if (!facts.devices.test(device)) {
    const able = known.filter((one) => one.devices.test(device)).map(({ name }) => name);
    const values = { device, executor: facts.name, able: able.join(", "), count: able.length };
    throw new Problem("app/device-unserved", values);
  }
  if (!facts.precisions.includes(precision)) {
    const able = known.filter((one) => one.precisions.includes(precision));
    const values = { precision, executor: facts.name, able: namesOf(able) };
    throw new Problem("app/precision-unserved", values);
  }
  const needed = device === "cpu" ? facts.needs?.[precision] : undefined;
  if (needed && features && !needed.some((one) => features.includes(one))) {
    const able = known.filter((one) => one.precisions.includes(precision) && one !== facts);
    const values = { precision, executor: facts.name, needed: needed.join(", ") };
    throw new Problem("app/precision-beyond-processor", { ...values, able: namesOf(able) });
  }
  await facts.find();
  return { executor: facts.name, threads, precision, device };
}

function namesOf(facts: readonly ExecutorFacts[]): string {
  return facts.map(({ name }) => name).join(", ");
}

export function factsOf<T extends ExecutorFacts>(name: string, known: readonly T[]): T {
  const facts = known.find((one) => one.name === name);
  if (facts) return facts;
  const names = known.map((one) => one.name);
  const values = { name, known: names.join(", "), nearest: nearest(name, names) };
  throw new Problem("app/executor-unknown", values);
}

/** The file's executor, unless a device was asked for on the command line that it does not have. */
function preferredFor(
  device: string,
  {
    choice,
    preferences: { executor },
    known,
  }: {
    readonly choice: ExecutorChoice;
    readonly preferences: Preferences;
    readonly known: readonly ExecutorFacts[];
  },
): string | undefined {
  if (executor === undefined || choice.device === undefined) return executor;
  return factsOf(executor, known).devices.test(device) ? executor : undefined;
}

async function byDefault(device: string, known: readonly ExecutorFacts[]): Promise<ExecutorFacts> {
  const able = known.filter((one) => one.devices.test(device));
  if (device !== "cpu") {
    if (able.length > 0) return able[0];
    throw new Problem("app/device-unserved", { device, executor: "none", able: "", count: 0 });
  }
  const usual = able.filter((one) => one.byDefault);
  for (const one of usual) if (await isHere(one)) return one;
  return usual[usual.length - 1];
}

/** A library that is named but cannot be used is no reason to take another executor silently. */
async function isHere({ find, missing }: ExecutorFacts): Promise<boolean> {
  try {
    await find();
    return true;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === missing) return false;
    throw thrown;
  }
}

function precisionOf(found: string): Precision {
  const precision = precisions.find((one) => one === found);
  if (precision !== undefined) return precision;
  throw new Problem("app/precision-unknown", { precision: found, known: precisions.join(", ") });
}
