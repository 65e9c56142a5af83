/**
 * Fine-tuning beside PyTorch with the same recipe: the same start, views, order and rates, so that the
 * losses must agree step by step; then the time of the steps alone. 400 labelled pictures of CIFAR-100
 * (20 superclasses) in TANAFUDA_DATA. `npm run bench -- fine-tune [NETWORK]…`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readNpyMatrix } from "../../src/formats/npy/index.ts";
import {
  type BenchOptions,
  type BenchReport,
  type Check,
  race,
  readMachine,
  requirePeer,
  type Standing,
  startOurs,
  startPeer,
} from "../harness/index.ts";

const answer = z.object({
  seconds: z.number(),
  losses: z.array(z.number()),
  accuracy: z.number(),
});
const labels = 400;
const epochs = 4;

export async function fineTuneBench({
  threads,
  executor,
  rounds = 3,
  rest,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("finetune");
  const networks = rest.length > 0 ? rest : ["res-2-64"];
  const data = process.env.TANAFUDA_DATA ?? join(homedir(), ".cache/tanafuda-data");
  const cifar = join(data, "cifar-100-binary");
  const checks: Check[] = [];
  const races: Standing[] = [];
  const notes: string[] = [];
  await using ours = await startOurs("finetune", { name: "ours" });
  await using peer = await startPeer("finetune", { name: "PyTorch" });
  for (const network of networks) {
    const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
    try {
      const given = { folder, cifar, network, labels, epochs, threads };
      await ours.ask("make", { ...given, ...(executor && { executor }) }, z.json());
      await peer.ask("prepare", { folder, network, threads }, z.json());
      for (const scope of ["last", "all"]) {
        const mine = await ours.ask("tune", { scope }, answer);
        const theirs = await peer.ask("tune", { scope }, answer);
        const apart = mine.losses.map(
          (loss, i) => Math.abs(loss - theirs.losses[i]) / theirs.losses[i],
        );
        checks.push({
          name: `${network}, ${scope}: loss of a step, relative (first ten steps)`,
          found: Math.max(...apart.slice(0, 10)),
          limit: 1e-3,
        });
        const scores = ["ours", "torch"].map((who) =>
          readNpyMatrix(join(folder, `${who}-${scope}.npy`)),
        );
        const best = scores.map(({ rows, columns, values }) =>
          Array.from({ length: rows }, (_, i) => {
            const own = values.subarray(i * columns, (i + 1) * columns);
            return own.indexOf(own.reduce((most, value) => Math.max(most, value)));
          }),
        );
        const agreeing = best[0].filter((one, i) => one === best[1][i]).length / best[0].length;
        notes.push(
          `${network}, ${scope}: ours ${(100 * mine.accuracy).toFixed(2)} %, ` +
            `PyTorch ${(100 * theirs.accuracy).toFixed(2)} % of 2,000 test pictures, ` +
            `the same class for ${(100 * agreeing).toFixed(1)} %; ` +
            `loss ${mine.losses[0].toFixed(4)} → ${mine.losses.at(-1)?.toFixed(4)}, ` +
            `PyTorch ${theirs.losses[0].toFixed(4)} → ${theirs.losses.at(-1)?.toFixed(4)}; ` +
            `largest relative difference of a step's loss ${Math.max(...apart).toExponential(1)}`,
        );
        races.push(
          await race({
            name: `${network}, ${scope}`,
            work: `${mine.losses.length} steps of 32 views, views given`,
            unit: "s",
            better: "lower",
            rounds,
            contestants: [
              {
                name: "ours",
                ours: true,
                measure: async () => (await ours.ask("tune", { scope }, answer)).seconds,
              },
              {
                name: "PyTorch",
                ours: false,
                measure: async () => (await peer.ask("tune", { scope }, answer)).seconds,
              },
            ],
          }),
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const versions = { ...ours.versions, ...peer.versions };
  return { bench: "fine-tune", machine, versions, checks, races, notes };
}
