/** Ours in the ingest bench: a folder of JPEG into a pack, and that pack held against the peer's. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { createPackWriter, openPack } from "../../src/formats/pack/index.ts";
import { detectSource, ingest } from "../../src/learn/data/index.ts";
import { handler, serve } from "../harness/serve.ts";

const asked = z.object({ folder: z.string(), resolution: z.int(), threads: z.int() });

async function packed({ folder, resolution, threads }: z.infer<typeof asked>, packs: string) {
  const start = performance.now();
  const { version } = await ingest(detectSource(folder), {
    name: "bench",
    // The search for crops is a stage of its own, which the peer has not.
    group: "item",
    resolution,
    concurrency: threads,
    createPack: (options) => createPackWriter(packs, options),
    openPack: (digest) => openPack(join(packs, digest)),
    clock: { monotonic: () => performance.now(), now: () => new Date() },
  });
  return { version, seconds: (performance.now() - start) / 1000 };
}

async function aside<T>(work: (packs: string) => Promise<T>): Promise<T> {
  const packs = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
  try {
    return await work(packs);
  } finally {
    rmSync(packs, { recursive: true, force: true });
  }
}

await serve(
  {},
  {
    pack: handler(asked, (task) =>
      aside(async (packs) => {
        const before = process.cpuUsage();
        const { version, seconds } = await packed(task, packs);
        const { user, system } = process.cpuUsage(before);
        return {
          seconds,
          processor: (user + system) / 1e6,
          pictures: version.items.id.length,
          peak: process.resourceUsage().maxRSS * 1024,
        };
      }),
    ),

    /** Mean difference of bytes from the peer's pictures, which lie in `file` in order of paths. */
    compare: handler(asked.extend({ file: z.string() }), (task) =>
      aside(async (packs) => {
        const { version } = await packed(task, packs);
        const theirs = readFileSync(task.file);
        using pack = openPack(join(packs, version.packs[0]));
        const { path, index } = version.items;
        const order = path.map((_, i) => i).sort((a, b) => (path[a] < path[b] ? -1 : 1));
        let [at, sum] = [0, 0];
        for (const i of order) {
          const pixels = pack.read(index[i]);
          for (let k = 0; k < pixels.length; k++) sum += Math.abs(pixels[k] - theirs[at + k]);
          at += pixels.length;
        }
        return { bytes: at, theirs: theirs.length, difference: sum / at };
      }),
    ),
  },
);
