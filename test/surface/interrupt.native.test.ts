/**
 * Ctrl-C, `kill` and `kill -9` of either process at any moment: what is there loads, the next command
 * goes on, no step is doubled, and no child outlives its parent for long.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/registry/index.ts";
import { writePictures } from "../app/picture-folder.ts";
import { buildCli, childrenOf, ended, type Running, runCli, startCli } from "./built-cli.ts";
import { expectToSurvive } from "./survive.ts";

const folder = mkdtempSync(join(tmpdir(), "interrupt-"));
const cwd = join(folder, "place");
const size = ["--size", "16", "--backbone", "res-2-16", "--batch", "16"];
let main = "";
const run = (...words: string[]) => runCli(main, words, { cwd });
const start = (...words: string[]) => startCli(main, words, { cwd, group: true });
const store = openStore(cwd);

beforeAll(async () => {
  main = buildCli(join(folder, "package"));
  mkdirSync(cwd);
  await writePictures(join(cwd, "photos"), { count: 60, classes: 3 });
  expect(await run("data", "add", "photos")).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waits until the newest run has taken some steps. */
async function steps(count: number, { process: parent }: Running): Promise<void> {
  for (;;) {
    const run = store.runs().findLast(({ document }) => document.kind === "pretrain");
    if (run?.state() === "running" && run.metrics().length >= count) return;
    if (parent.exitCode !== null) throw new Error("ended before that");
    await pause(10);
  }
}

function childOf({ process: parent }: Running): number {
  const [child] = childrenOf(parent.pid ?? 0);
  return child;
}

function expectWholeMetrics(id: string, total: number): void {
  const found = store
    .run(id)
    .metrics()
    .flatMap(({ step, loss }) => (loss === undefined ? [] : [step]));
  expect(found).toEqual(Array.from({ length: total }, (_, step) => step));
}

const newest = () => store.runs().at(-1)?.id ?? "";

describe("training", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "stops at a safe point on %s and goes on where it was",
    async (signal) => {
      const training = start("pretrain", "photos", "--epochs", "60", ...size);
      await steps(3, training);
      training.process.kill(signal);
      const { code, out, told } = await training.ended;
      expect(code).toBe(130);
      expect(told).toContain("Ctrl-C again");
      expect(told).not.toContain("Training: done");
      const id = newest();
      expect(out).toContain(`tanafuda pretrain --resume ${id}`);
      expect(store.run(id).state()).toBe("interrupted");
      expect(await run("pretrain", "--resume")).toMatchObject({ code: 0 });
      expect(store.run(id).state()).toBe("finished");
      expectWholeMetrics(id, 180);
    },
  );

  it("hears Ctrl-C once where a terminal sends it to the whole group", async () => {
    const training = start("pretrain", "photos", "--epochs", "4000", ...size);
    await steps(3, training);
    process.kill(-(training.process.pid ?? 0), "SIGINT");
    expect((await training.ended).code).toBe(130);
    expect(store.run(newest()).state()).toBe("interrupted");
  });

  it("ends at once on the second Ctrl-C, the child too", async () => {
    const training = start("pretrain", "photos", "--epochs", "4000", ...size);
    await steps(3, training);
    const child = childOf(training);
    process.kill(child, "SIGSTOP");
    training.process.kill("SIGINT");
    await training.says("Ctrl-C again");
    training.process.kill("SIGINT");
    expect((await training.ended).code).toBe(130);
    expect(await ended(child, 2000)).toBe(true);
    expect(store.run(newest()).state()).toBe("died");
  });

  it("ends with its parent and leaves a checkpoint", async () => {
    const training = start("pretrain", "photos", "--epochs", "120", ...size);
    await steps(3, training);
    const child = childOf(training);
    training.process.kill("SIGKILL");
    expect(await ended(child, 5000)).toBe(true);
    const id = newest();
    expect(store.run(id).state()).toBe("interrupted");
    expect(store.holder()).toBeUndefined();
    expect(await run("pretrain", "--resume", id)).toMatchObject({ code: 0 });
    expectWholeMetrics(id, 360);
  });

  it("says that its child was killed, and goes on from the beginning or a checkpoint", async () => {
    const training = start("pretrain", "photos", "--epochs", "60", ...size);
    await steps(3, training);
    process.kill(childOf(training), "SIGKILL");
    const { code, told } = await training.ended;
    expect(code).toBe(6);
    expect(told).toContain("was killed (SIGKILL)");
    const id = newest();
    expect(store.run(id).state()).toBe("died");
    expect((await run("data", "list")).out).toContain(`tanafuda pretrain --resume ${id}`);
    expect(await run("pretrain", "--resume", id)).toMatchObject({ code: 0 });
    expectWholeMetrics(id, 180);
  });

  it("says that native code crashed, and how to go on from the checkpoint", async () => {
    const training = start("pretrain", "photos", "--epochs", "60", ...size);
    await steps(3, training);
    training.process.kill("SIGINT");
    expect((await training.ended).code).toBe(130);
    const id = newest();
    const saved = join(store.run(id).folder, "checkpoints/last.safetensors");
    const before = readFileSync(saved);
    const again = start("pretrain", "--resume", id);
    await steps(store.run(id).metrics().length + 2, again);
    process.kill(childOf(again), "SIGSEGV");
    const { code, told } = await again.ended;
    expect(code).toBe(1);
    expect(told).toContain("SIGSEGV: a crash in native code");
    expect(told).toContain("go on with: tanafuda pretrain --resume");
    expect(store.run(id).state()).toBe("died");
    expect(readFileSync(saved).equals(before)).toBe(true);
    expect(await run("pretrain", "--resume")).toMatchObject({ code: 0 });
    expectWholeMetrics(id, 180);
  });
});

describe("a pilot", () => {
  const words = ["pilot", "photos", "--epochs", "30", ...size, "--overwrite"];

  // At every stage: the slow tests.
  it("goes on wherever parent or child were killed", { timeout: 180_000 }, async () => {
    await expectToSurvive(join(folder, "killed"), main, [
      { at: "Training", victim: "parent" },
      { at: "Measuring", victim: "child" },
    ]);
  });

  it("refuses to go on with other settings than it began with", async () => {
    const workspace = ["--workspace", join(folder, "other")];
    const pilot = start(...words, ...workspace, "--epochs", "4000");
    await pilot.says("Training …");
    pilot.process.kill("SIGINT");
    const { code, out } = await pilot.ended;
    expect(code).toBe(130);
    expect(out).toContain("--epochs 4000 --resume");
    const other = await run("pilot", "photos", "--resume", "--batch", "20", ...workspace);
    expect(other).toMatchObject({ code: 4, told: expect.stringContaining("(batch)") });
  });
});
