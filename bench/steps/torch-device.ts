/** The executor `torch` on a device beside the same PyTorch run eagerly there, mode by mode. */
import {
  type BenchOptions,
  type BenchReport,
  type Check,
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
  rounds = 7,
  repeat = 3,
  rest,
}: BenchOptions): Promise<BenchReport> {
  const all = eagerModes(device);
  const unknown = rest.find((name) => !all.some((mode) => mode.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => `"${name}"`).join(", ");
    throw new Stop("usage", `There is no mode "${unknown}"; there are ${known}.`);
  }
  const modes = all.filter(({ name }) => rest.length === 0 || rest.includes(name));
  const machine = readMachine();
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
    const ours = await stepOurs(same);
    await using _ours = ours.child;
    const peer = await stepPeer(same, mode, files);
    await using _peer = peer.child;
    checks.push(checkLosses(ours, peer, mode));
    versions = { ...versions, ...peer.child.versions };
    races.push(await beside({ ours, peer, mode, subject, rounds, repeat }));
  }
  return { bench: "torch-device", machine, versions, checks, races, notes: [] };
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
