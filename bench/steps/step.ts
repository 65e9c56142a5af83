/** Views per second of a whole training step, beside PyTorch in the two of its modes that do best. */
import {
  type BenchOptions,
  type BenchReport,
  type Contestant,
  type Machine,
  qualify,
  race,
  readMachine,
  requirePeer,
  worstChecks,
} from "../harness/index.ts";
import { torchModes } from "./modes.ts";
import {
  checkLosses,
  describeOurs,
  exportSubject,
  peersOf,
  rateOf,
  type Stepping,
  type Subject,
  stepOurs,
  usualPatience,
} from "./subject.ts";

export interface StepBench {
  readonly name: string;
  /** A backbone of the product's. */
  readonly network: string;
  readonly title: string;
  readonly target: StepTarget;
}

interface StepTarget {
  /** Where bfloat16 is multiplied in hardware tiles (AMX). */
  readonly tiles: number;
  readonly plain: number;
}

const finalists = 2;

export async function stepBench(
  { name, network, title, target }: StepBench,
  {
    threads,
    device,
    executor,
    views = 256,
    peers,
    rounds = 7,
    repeat = 3,
    patience = usualPatience,
  }: BenchOptions,
): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("step");
  const subject: Subject = { network, views, size: 32, threads, device, executor };
  using files = await exportSubject(subject);
  const { folder } = files;
  const ours = await stepOurs(subject);
  const stepping: Stepping[] = [ours];
  try {
    const { modes, notes } = torchModes(peers, device);
    const start = peersOf(subject, { folder, patience });
    const { tried, notes: found } = await qualify(
      modes,
      { better: "higher", unit: "views/s" },
      async (mode) => {
        const peer = await start(mode);
        await using child = peer.child;
        const check = checkLosses(ours, peer, mode);
        return { check, value: await rateOf(child, subject, repeat) };
      },
    );
    for (const { peer: mode } of tried.slice(0, finalists)) {
      stepping.push(await start(mode));
    }
    const goal = targetOn(machine, target);
    const standing = await race({
      name: network,
      work: `SimCLR step of ${title}, ${subject.views} views of 32², projector 2048–128, momentum SGD, ${device}, ${threads} threads`,
      unit: "views/s",
      better: "higher",
      ...(goal !== undefined && { target: goal }),
      rounds,
      contestants: stepping.map((one) => contestant(one, { ours, subject, repeat })),
    });
    const versions = Object.assign({}, ...stepping.map(({ child }) => child.versions));
    const more = { modes: tried.map(({ peer, value }) => ({ ...peer, value })) };
    const checks = worstChecks(tried);
    return {
      bench: name,
      machine,
      versions,
      checks,
      races: [standing],
      notes: [describeOurs(ours), ...found, ...notes],
      more,
    };
  } finally {
    for (const { child } of stepping) await child.close();
  }
}

/** None was set for processors without AVX-512, where oneDNN has no Winograd either. */
export function targetOn(
  { features }: Pick<Machine, "features">,
  { tiles, plain }: StepTarget,
): number | undefined {
  if (features?.includes("amx_bf16")) return tiles;
  return features?.includes("avx512f") ? plain : undefined;
}

function contestant(
  stepping: Stepping,
  { ours, subject, repeat }: { ours: Stepping; subject: Subject; repeat: number },
): Contestant {
  const { child, description } = stepping;
  return {
    name: child.name,
    ours: stepping === ours,
    ...(description !== undefined && { details: description }),
    measure: () => rateOf(child, subject, repeat),
  };
}
