/** Views per second of a ResNet-18 step on the executor that npm reaches everywhere, beside plain PyTorch. */
import {
  type BenchOptions,
  type BenchReport,
  race,
  readMachine,
  requirePeer,
} from "../harness/index.ts";
import { torchModes } from "./modes.ts";
import { checkLosses, exportSubject, rateOf, type Subject, stepOurs, stepPeer } from "./subject.ts";

export async function portableBench({
  threads,
  views = 256,
  rounds = 7,
  repeat = 3,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("step");
  const network = "resnet-18";
  const subject: Subject = { network, views, size: 32, threads, device: "cpu", executor: "ort" };
  using files = await exportSubject(subject);
  const ours = await stepOurs(subject);
  await using own = ours.child;
  const [eager] = torchModes().modes.filter(({ name }) => name === "f32");
  const peer = await stepPeer(subject, eager, files);
  await using other = peer.child;
  const check = checkLosses(ours, peer, eager);
  const standing = await race({
    name: network,
    work: `SimCLR step of ResNet-18 (CIFAR stem), ${views} views of 32², projector 2048–128, momentum SGD, ${threads} threads`,
    unit: "views/s",
    better: "higher",
    target: 0.6,
    rounds,
    contestants: [
      {
        name: own.name,
        ours: true,
        ...(ours.description !== undefined && { details: ours.description }),
        measure: () => rateOf(own, subject, repeat),
      },
      { name: other.name, ours: false, measure: () => rateOf(other, subject, repeat) },
    ],
  });
  const versions = { ...own.versions, ...other.versions };
  return { bench: "portable", machine, versions, checks: [check], races: [standing], notes: [] };
}
