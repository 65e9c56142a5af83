/** Ours in the speed part of near-duplicates: a CIFAR folder into a pack, then a whole check of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { createPackWriter, openPack } from "../../src/formats/pack/index.ts";
import { check } from "../../src/learn/check/index.ts";
import { detectSource, ingest, openPictures } from "../../src/learn/data/index.ts";
import { handler, serve } from "../harness/serve.ts";

const asked = z.object({ folder: z.string(), threads: z.int() });

await serve(
  {},
  {
    check: handler(asked, async ({ folder, threads }) => {
      const packs = mkdtempSync(join(tmpdir(), "tanafuda-bench-"));
      try {
        const { version } = await ingest(detectSource(folder), {
          name: "bench",
          group: "item",
          createPack: (options) => createPackWriter(packs, options),
          openPack: (digest) => openPack(join(packs, digest)),
          clock: { monotonic: () => performance.now(), now: () => new Date() },
        });
        const opened = version.packs.map((digest) => openPack(join(packs, digest)));
        const { pack, index } = version.items;
        const places = { packs: version.packs.map((digest) => join(packs, digest)), pack, index };
        const start = performance.now();
        const before = process.cpuUsage();
        // What labels say is asked for in another bench.
        const unlabelled = { ...version, labelSets: [] };
        const found = await check(unlabelled, openPictures(version, opened), { places, threads });
        const { user, system } = process.cpuUsage(before);
        for (const one of opened) one.close();
        return {
          seconds: (performance.now() - start) / 1000,
          processor: (user + system) / 1e6,
          pictures: pack.length,
          peak: process.resourceUsage().maxRSS * 1024,
          findings: Object.fromEntries(found.map(({ kind, count }) => [kind, count])),
        };
      } finally {
        rmSync(packs, { recursive: true, force: true });
      }
    }),
  },
);
