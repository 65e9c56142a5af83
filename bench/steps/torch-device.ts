/** The executor `torch` on a device beside the same PyTorch run eagerly there, mode by mode. */
import {
  type BenchOptions,
  type BenchReport,
  type Check,
  type Machine,
  race,
  readMachine,
  requirePeer,
  type Standing,
  Stop,
} from "../harness/index.ts";
import { eagerModes, type Mode } from "./modes.ts";
import {
  checkLosses,
  exportSubject,
  rateOf,
  type Stepping,
  type Subject,
  stepOurs,
  stepPeer,
} from "./subject.ts";

const target = 0.95;

export async function torchDevice({
  threads,
  device,
  views = 256,
  rounds = device === "cpu" ? 3 : 7,
  repeat = device === "cpu" ? 1 : 3,
  rest,
}: BenchOptions): Promise<BenchReport> {
  const all = eagerModes(device);
  const unknown = rest.find((name) => !all.some((mode) => mode.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => `"${name}"`).join(", ");
    throw new Stop("usage", `There is no mode "${unknown}"; there are ${known}.`);
  }
  const machine = readMachine();
  const { modes, notes } = modesOn(machine, { all, device, rest });
  await requirePeer("step");
  const subject: Subject = {
    network: "resnet-18",
    views,
    size: 32,
    threads,
    device,
    executor: undefined,
  };
  using files = await exportSubject(subject);
  const races: Standing[] = [];
  const checks: Check[] = [];
  let versions: Readonly<Record<string, string>> = {};
  for (const mode of modes) {
    const same: Subject = { ...subject, executor: `torch ${mode.name}` };
    say(`${mode.name}: first steps of both sides`);
    const ours = await stepOurs(same);
    await using _ours = ours.child;
    const peer = await stepPeer(same, mode, files);
    await using _peer = peer.child;
    checks.push(checkLosses(ours, peer, mode));
    versions = { ...versions, ...peer.child.versions };
    races.push(await beside({ ours, peer, mode, subject, rounds, repeat }));
  }
  return { bench: "torch-device", machine, versions, checks, races, notes };
}

/** Those that are named; else all but those that this processor would emulate, at a tenth of the speed. */
function modesOn(
  { features }: Machine,
  {
    all,
    device,
    rest,
  }: { readonly all: readonly Mode[]; readonly device: string; readonly rest: readonly string[] },
): { readonly modes: readonly Mode[]; readonly notes: readonly string[] } {
  if (rest.length > 0) return { modes: all.filter(({ name }) => rest.includes(name)), notes: [] };
  const multiplies = features?.some((name) => /^(amx_|avx512_)?bf16$/.test(name)) ?? true;
  if (device !== "cpu" || multiplies) return { modes: all, notes: [] };
  const left = all.filter(({ bf16 }) => bf16).map(({ name }) => name);
  return {
    modes: all.filter(({ bf16 }) => !bf16),
    notes: [
      `not tried, as this processor emulates bf16: ${left.join(", ")}; name a mode to try it`,
    ],
  };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

interface Pair {
  readonly ours: Stepping;
  readonly peer: Stepping;
  readonly mode: Mode;
  readonly subject: Subject;
  readonly rounds: number;
  readonly repeat: number;
}

async function beside({ ours, peer, mode, subject, rounds, repeat }: Pair): Promise<Standing> {
  const { views, threads, device } = subject;
  return await race({
    name: mode.name,
    work: `SimCLR step of ResNet-18 (CIFAR stem) in ${mode.name}, ${views} views of 32², projector 2048–128, momentum SGD, ${device}, ${threads} threads`,
    unit: "views/s",
    better: "higher",
    target,
    rounds,
    contestants: [ours, peer].map(({ child, description }) => ({
      name: child.name,
      ours: child === ours.child,
      ...(description !== undefined && { details: description }),
      measure: () => rateOf(child, subject, repeat),
    })),
  });
}
