/**
 * A classifier from few labels beside scikit-learn: the same matrices, the same kinds of head at the
 * same settings, five folds, the best fitted again, then the predictions of 10,000 rows. Features are
 * made up as in the measures bench, 20 classes of them. `npm run bench -- heads [LABELS]…`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
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
  accuracy: z.number(),
  head: z.string(),
  setting: z.number(),
});
const kinds = ["ncc", "ridge", "logistic", "knn", "all"];

export async function headsBench({
  threads,
  executor,
  rounds = 3,
  rest,
}: BenchOptions): Promise<BenchReport> {
  const machine = readMachine();
  await requirePeer("heads");
  const sizes = rest.length > 0 ? rest.map(Number) : [200, 2000];
  const folder = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  await using ours = await startOurs("heads", { name: "ours" });
  await using peer = await startPeer("heads", { name: "scikit-learn" });
  try {
    const engine = { threads, ...(executor && { executor }) };
    await ours.ask(
      "make",
      { folder, train: Math.max(...sizes), test: 10_000, ...engine },
      z.null(),
    );
    await ours.ask("prepare", { folder, ...engine }, z.object({ description: z.json() }));
    await peer.ask("prepare", { folder, threads }, z.object({}));
    const checks: Check[] = [];
    const races: Standing[] = [];
    const notes: string[] = [];
    for (const labels of sizes) {
      for (const kind of kinds) {
        const asked = { labels, kind };
        const [mine, theirs] = [
          await ours.ask("choose", asked, answer),
          await peer.ask("choose", asked, answer),
        ];
        notes.push(
          `${labels} labels, ${kind}: ours ${(100 * mine.accuracy).toFixed(2)} % (${mine.head} ${mine.setting}), ` +
            `scikit-learn ${(100 * theirs.accuracy).toFixed(2)} % (${theirs.head} ${theirs.setting})`,
        );
        races.push(
          await race({
            name: `${labels} labels, ${kind}`,
            work: "cross-validation, fit, 10,000 predictions",
            unit: "s",
            better: "lower",
            rounds,
            contestants: [
              {
                name: "ours",
                ours: true,
                measure: async () => (await ours.ask("choose", asked, answer)).seconds,
              },
              {
                name: "scikit-learn",
                ours: false,
                measure: async () => (await peer.ask("choose", asked, answer)).seconds,
              },
            ],
          }),
        );
      }
    }
    const versions = { ...ours.versions, ...peer.versions };
    return { bench: "heads", machine, versions, checks, races, notes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
