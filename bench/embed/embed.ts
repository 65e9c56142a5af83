/** Pictures per second through a trained ResNet-18, each contestant at the batch it does best with. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readNpyMatrix } from "../../src/formats/npy/index.ts";
import {
  type Asked,
  type BenchOptions,
  type BenchReport,
  type Check,
  type Child,
  type Contestant,
  chosenPeers,
  qualify,
  race,
  readMachine,
  requirePeer,
  Stop,
  spreadOf,
  startOurs,
  worstChecks,
} from "../harness/index.ts";
import { peers as all, type Peer, startEmbedder } from "./peers.ts";

const network = "resnet-18";
const batches = [16, 64, 256];
const most = Math.max(...batches);
const target = 1.2;
const finalists = 2;

export async function embedBench({
  threads,
  executor,
  peers: texts,
  rounds = 7,
  repeat = 5,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  const { peers, notes } = chosenPeers(all, texts);
  for (const script of new Set(peers.map((peer) => peer.script))) await requirePeer(script);
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  const task = { network, folder, threads };
  const children: Child[] = [];
  try {
    const ours = await startOurs("embed", { name: "ours" });
    children.push(ours);
    await ours.ask("export", { network, batch: most, folder }, z.null());
    const mine = await bestBatch(ours, { ...task, executor }, repeat);
    const { description } = await ours.ask("prepare", { ...task, executor, batch: most }, prepared);
    const { tried, notes: found } = await qualify(
      peers,
      { better: "higher", unit: "pictures/s" },
      async (peer) => {
        await using child = await startEmbedder(peer);
        await child.ask("prepare", { ...task, ...peer.options, batch: most }, prepared);
        const check = checkFeatures(folder, peer);
        return { check, ...(await bestBatch(child, { ...task, ...peer.options }, repeat)) };
      },
    );
    await ours.ask("prepare", { ...task, executor, batch: mine.batch }, prepared);
    const contestants = [contestant(ours, mine.batch, true, repeat)];
    for (const { peer, batch } of tried.slice(0, finalists)) {
      const child = await startEmbedder(peer);
      children.push(child);
      await child.ask("prepare", { ...task, ...peer.options, batch }, prepared);
      contestants.push(contestant(child, batch, false, repeat));
    }
    const standing = await race({
      name: network,
      work: `pictures of 32² through ResNet-18 (CIFAR stem), ${threads} threads, best of batch ${batches.join(", ")}`,
      unit: "pictures/s",
      better: "higher",
      target,
      rounds,
      contestants,
    });
    return {
      bench: "embed",
      machine,
      versions: Object.assign({}, ...children.map((child) => child.versions)),
      checks: worstChecks(tried),
      races: [standing],
      notes: [`ours: ${JSON.stringify(description)}`, ...found, ...notes],
      more: { tried: tried.map(({ peer, value, batch }) => ({ name: peer.name, value, batch })) },
    };
  } finally {
    for (const child of children) await child.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const prepared = z.object({ description: z.json().optional() });
const timed = z.object({ seconds: z.array(z.number()) });

async function rateOf(child: Child, batch: number, repeat: number): Promise<number> {
  const { seconds } = await child.ask("run", { repeat }, timed);
  return batch / spreadOf(seconds).median;
}

async function bestBatch(child: Child, options: Asked, repeat: number) {
  const found: { batch: number; value: number }[] = [];
  for (const batch of batches) {
    await child.ask("prepare", { ...options, batch }, prepared);
    found.push({ batch, value: await rateOf(child, batch, repeat) });
  }
  return found.reduce((best, one) => (one.value > best.value ? one : best));
}

function contestant(child: Child, batch: number, ours: boolean, repeat: number): Contestant {
  const measure = () => rateOf(child, batch, repeat);
  return { name: child.name, ours, details: { batch }, measure };
}

/** ‖theirs - ours‖² / ‖ours‖² over all features of the largest batch. */
function checkFeatures(folder: string, { name, bf16 }: Peer): Check {
  const [ours, theirs] = ["ours", "peer"].map((file) => readNpyMatrix(join(folder, `${file}.npy`)));
  let [difference, size] = [0, 0];
  for (let i = 0; i < ours.values.length; i++) {
    difference += (theirs.values[i] - ours.values[i]) ** 2;
    size += ours.values[i] ** 2;
  }
  const check = {
    name: `features, ours and ${name}, relative squared error`,
    found: difference / size,
    limit: bf16 ? 1e-3 : 1e-7,
  };
  if (check.found <= check.limit) return check;
  throw new Stop("wrong-answer", `${check.name} is ${check.found}, more than ${check.limit}.`);
}
