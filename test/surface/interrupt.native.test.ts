/**
 * Ctrl-C, `kill` and `kill -9` of either process at any moment: what is there loads, the next command
 * goes on, no step is doubled, and no child outlives its parent for long.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import { openStore } from "../../src/registry/index.ts";
import { writePictures } from "../app/picture-folder.ts";
import { buildCli, childrenOf, isAlive, type Running, runCli, startCli } from "./built-cli.ts";

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

async function ended(pid: number, milliseconds: number): Promise<boolean> {
  for (const until = Date.now() + milliseconds; Date.now() < until; ) {
    if (!isAlive(pid)) return true;
    await pause(20);
  }
  return false;
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
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "stops at a safe point on %s and goes on where it was",
    async (signal) => {
      const training = start("pretrain", "photos", "--epochs", "60", ...size);
      await steps(3, training);
      training.process.kill(signal);
      const { code, out, told } = await training.ended;
      expect(code).toBe(130);
      expect(told).toContain("Ctrl-C again");
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
    const training = start("pretrain", "photos", "--epochs", "300", ...size);
    await steps(3, training);
    const child = childOf(training);
    training.process.kill("SIGKILL");
    expect(await ended(child, 5000)).toBe(true);
    const id = newest();
    expect(store.run(id).state()).toBe("interrupted");
    expect(store.holder()).toBeUndefined();
    expect(await run("pretrain", "--resume", id)).toMatchObject({ code: 0 });
    expectWholeMetrics(id, 900);
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
});

describe("a pilot", () => {
  const words = ["pilot", "photos", "--epochs", "30", ...size, "--overwrite"];

  /** At each of the moments one of the two is killed; then the pilot is resumed to its end. */
  it("survives kill -9 of parent or child at random moments", async () => {
    const moments = uniform(fork(keyFromSeed(20261123), "pilot"), 8);
    const workspace = ["--workspace", join(folder, "killed")];
    const killed = openStore(join(folder, "killed"));
    let how = words;
    for (const [i, moment] of moments.entries()) {
      const pilot = start(...how, ...workspace);
      await pause(400 + moment * 3000);
      const [child] = pilot.process.exitCode === null ? childrenOf(pilot.process.pid ?? 0) : [];
      if (i % 2 === 0 || child === undefined) pilot.process.kill("SIGKILL");
      else process.kill(child, "SIGKILL");
      const { code, told } = await pilot.ended;
      if (child !== undefined) expect(await ended(child, 8000)).toBe(true);
      expect(told).not.toMatch(/internal|itself went wrong/);
      if (code === 0 || code === 4) break;
      for (const { name } of killed.datasets()) killed.dataset(name);
      for (const one of killed.representations()) readFileSync(one.weights);
      for (const one of killed.runs()) one.metrics();
      how = [...words, "--resume"];
    }
    const last = killed.runs().findLast(({ document }) => document.kind === "pilot");
    if (last?.state() !== "finished") {
      expect(await run(...words, "--resume", ...workspace)).toMatchObject({ code: 0 });
    }
    const parts = killed.runs().filter(({ document }) => document.kind === "pretrain");
    for (const part of parts) {
      if (part.state() !== "finished") continue;
      const found = part.metrics().flatMap(({ step, loss }) => (loss === undefined ? [] : [step]));
      expect(found).toEqual(Array.from({ length: 90 }, (_, step) => step));
    }
    expect(killed.representations()).toHaveLength(1);
    // The next writer swept what the dead left unfinished.
    expect(await run("data", "add", "photos", ...workspace)).toMatchObject({ code: 0 });
    const left = readdirSync(join(folder, "killed/.tanafuda"), {
      recursive: true,
      encoding: "utf8",
    });
    expect(left.filter((name) => name.includes(".aside-"))).toEqual([]);
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
