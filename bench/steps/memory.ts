/** Peak resident memory of processes that take those same steps, each new for each measurement. */
import {
  type BenchOptions,
  type BenchReport,
  type Check,
  type Contestant,
  qualify,
  race,
  readMachine,
  requirePeer,
  type Standing,
  worstChecks,
} from "../harness/index.ts";
import { type Mode, torchModes } from "./modes.ts";
import {
  checkLosses,
  describeOurs,
  exportSubject,
  peakMemoryOf,
  peersOf,
  rateOf,
  type Subject,
  stepOurs,
  usualPatience,
} from "./subject.ts";

const networks = ["resnet-18", "res-5-250", "vit-tiny"];
const target = 0.7;
const mebibyte = 2 ** -20;

export async function memoryBench({
  threads,
  executor,
  views = 256,
  peers,
  rounds = 3,
  repeat = 2,
  patience = usualPatience,
  rest,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("step");
  const races: Standing[] = [];
  const { modes, notes: left } = torchModes(peers);
  const notes = [...left];
  const checks: Check[] = [];
  let versions: Readonly<Record<string, string>> = {};
  for (const network of rest.length > 0 ? rest : networks) {
    const subject: Subject = { network, views, size: 32, threads, device: "cpu", executor };
    using files = await exportSubject(subject);
    const { folder } = files;
    const first = await stepOurs(subject);
    await first.child.close();
    const start = peersOf(subject, { folder, patience });
    const peer = async (mode: Mode) => {
      const stepping = await start(mode);
      await using child = stepping.child;
      versions = { ...versions, ...child.versions };
      const check = checkLosses(first, stepping, mode);
      await rateOf(child, subject, repeat);
      return { check, value: mebibyte * (await peakMemoryOf(child)) };
    };
    const { tried, notes: found } = await qualify(
      modes,
      { better: "lower", unit: `MiB (${network})` },
      peer,
    );
    checks.push(...worstChecks(tried));
    notes.push(describeOurs(first), ...found);
    const [best] = tried;
    const contestants: Contestant[] = [
      {
        name: "ours",
        ours: true,
        ...(first.description !== undefined && { details: first.description }),
        async measure() {
          await using child = (await stepOurs(subject)).child;
          await rateOf(child, subject, repeat);
          return mebibyte * (await peakMemoryOf(child));
        },
      },
      {
        name: `PyTorch ${best.peer.name}`,
        ours: false,
        measure: async () => (await peer(best.peer)).value,
      },
    ];
    races.push(
      await race({
        name: network,
        work: `peak resident memory (VmHWM) after ${3 + repeat} steps of ${views} views of 32², ${threads} threads`,
        unit: "MiB",
        better: "lower",
        target,
        rounds,
        contestants,
      }),
    );
  }
  return { bench: "memory", machine, versions, checks, races, notes };
}
