/** A full disk: said with path and free bytes, and nothing that existed is lost. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keyFromSeed } from "../../src/base/index.ts";
import { openStore } from "../../src/registry/index.ts";
import { problemOf } from "../code-of.ts";
import {
  sampleDataset,
  sampleRepresentation,
  sampleRun,
  sampleTensors,
  tickingClock,
} from "./samples.ts";

const disk = mkdtempSync(join(tmpdir(), "disk-"));
const mounted =
  process.platform === "linux" &&
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "none", disk]).status === 0;
afterAll(() => {
  if (mounted) spawnSync("umount", [disk]);
  rmSync(disk, { recursive: true });
});

describe("a full disk", () => {
  it("is named, and what was there stays", async (context) => {
    if (!mounted) context.skip("mounting a small disk needs root");
    const store = openStore(disk);
    using writer = await store.writer({ clock: tickingClock(), key: keyFromSeed(1), command: [] });
    const version = writer.writeDataset(sampleDataset(100));
    const made = writer.writeRepresentation(sampleRepresentation(), sampleTensors);
    writer.setAlias(made.reference, "pilot");
    const run = writer.createRun(sampleRun);
    using metrics = run.openMetrics();
    metrics.append({ step: 0 });
    const before = allFiles();

    const big = problemOf(() => writer.writeDataset(sampleDataset(20_000)));
    expect(big.code).toBe("registry/disk-full");
    expect(big.exit).toBe(6);
    expect(String(big.values.path)).toContain(join(disk, ".tanafuda/datasets/photos/"));
    expect(big.values.free).toBeGreaterThan(0);
    const values = new Float32Array(500_000);
    const heavy = { tensors: { a: { shape: [500_000], values } } };
    expect(problemOf(() => writer.writeRepresentation(sampleRepresentation(), heavy)).code).toBe(
      "registry/disk-full",
    );
    // What could not be finished leaves nothing behind.
    expect(allFiles()).toEqual(before);

    fill();
    const row = { step: 1, text: "x".repeat(10_000) };
    expect(problemOf(() => metrics.append(row)).values).toMatchObject({ free: 0 });
    expect(problemOf(() => run.keep("report.json", row)).code).toBe("registry/disk-full");
    expect(problemOf(() => run.finish({ state: "failed" })).code).toBe("registry/disk-full");
    expect(problemOf(() => writer.setAlias(made.reference, "pilot")).code).toBe(
      "registry/disk-full",
    );
    expect(run.metrics()).toEqual([{ step: 0 }]);
    expect(store.dataset("photos")).toEqual({ version, document: sampleDataset(100) });
    expect(store.resolve("photos-vicreg@pilot").reference).toBe(made.reference);

    rmSync(join(disk, "filling"));
    metrics.append(row);
    run.finish({ state: "failed" });
    expect(run.metrics().map(({ step }) => step)).toEqual([0, 1]);
  });

  it("refuses the lock to a writer rather than to write without one", async (context) => {
    if (!mounted) context.skip("mounting a small disk needs root");
    fill();
    const writing = openStore(disk).writer({
      clock: tickingClock(),
      key: keyFromSeed(1),
      command: [],
    });
    await expect(writing).rejects.toMatchObject({ code: "registry/disk-full" });
    expect(openStore(disk).datasets()).toHaveLength(1);
  });
});

function fill(): void {
  for (let size = 2 ** 19; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(join(disk, "filling"), "x".repeat(size), { flag: "a" });
    } catch {
      // No more of this size fit.
    }
  }
}

function allFiles(): string[] {
  return readdirSync(disk, { recursive: true, encoding: "utf8" }).sort();
}
