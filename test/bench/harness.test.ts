/** The harness: what it makes of numbers, and what becomes of a child that misbehaves. */
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import {
  benchOptions,
  chosenPeers,
  qualify,
  race,
  renderReport,
  Stop,
  spreadOf,
  standingOf,
  startPeer,
} from "../../bench/harness/index.ts";
import { targetOn } from "../../bench/steps/step.ts";

afterEach(() => vi.unstubAllEnvs());

test("a spread is least, middle and most", () => {
  expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  expect(spreadOf([4, 1, 2, 9])).toEqual({ min: 1, median: 3, max: 9 });
});

test("rounds begin with another contestant each time", async () => {
  const order: string[] = [];
  const contestant = (name: string, ours: boolean, value: number) => ({
    name,
    ours,
    measure: async () => {
      order.push(name);
      return value;
    },
  });
  const contestants = [
    contestant("a", true, 6),
    contestant("b", false, 2),
    contestant("c", false, 3),
  ];
  const standing = await race({ ...ratePerSecond, rounds: 3, pause: 0, contestants });
  expect(order.join("")).toBe("abcbcacab");
  expect(standing.ratio).toMatchObject({ against: "c", median: 2 });
});

test("the ratio is of each round, against the best peer by its median", () => {
  const rows = [
    row("ours", true, [10, 12, 20]),
    row("p", false, [5, 4, 5]),
    row("q", false, [1, 9, 1]),
  ];
  const higher = standingOf(rows, { ...ratePerSecond, target: 3, rounds: 3 });
  expect(higher.ratio).toEqual({ against: "p", min: 2, median: 3, max: 4, rounds: [2, 3, 4] });
  expect(higher.reached).toBe(true);
  const lower = standingOf(rows, { ...ratePerSecond, better: "lower", target: 3, rounds: 3 });
  expect(lower.ratio).toMatchObject({ against: "q", median: 10 });
  expect(lower.reached).toBe(false);
});

test("a table says ours, the ratio with its spread, and whether the target is reached", () => {
  const rows = [row("ours", true, [10, 12, 20]), row("p", false, [5, 4, 5])];
  const text = renderReport({
    bench: "b",
    machine: {
      cpu: "C",
      features: ["avx2"],
      cores: 2,
      memoryGiB: 4,
      system: "S",
      node: "20",
      load: 0.5,
      at: "now",
    },
    versions: { numpy: "2" },
    checks: [{ name: "same loss", found: 0.0001, limit: 0.001 }],
    races: [standingOf(rows, { ...ratePerSecond, target: 4, rounds: 3 })],
    notes: [],
  });
  expect(text).toContain("same loss: 0.0001 ≤ 0.001");
  expect(text).toContain("ours ÷ p: 3.00× (2.00–4.00); to reach ≥ 4×: not reached");
  expect(text).toContain("C (avx2), 2 cores");
});

test("options are whole numbers, and unknown ones are named", () => {
  expect(benchOptions(["--rounds", "3", "x"])).toMatchObject({ rounds: 3, rest: ["x"] });
  expect(() => benchOptions(["--rounds", "0"])).toThrow(/--rounds takes 1, 2, 3/);
  expect(() => benchOptions(["--speed", "9"])).toThrow(/--speed.*Benches know --json/s);
});

test("every peer is tried once; one that cannot run is named, the best comes first", async () => {
  const peers = [{ name: "slow" }, { name: "broken" }, { name: "fast" }];
  const { tried, notes } = await qualify(
    peers,
    { better: "higher", unit: "u" },
    async ({ name }) => {
      if (name === "broken") throw new Stop("child-died", "no compiler");
      return { value: name === "fast" ? 9 : 1, check: { name, found: 0.1, limit: 1 } };
    },
  );
  expect(tried.map(({ peer }) => peer.name)).toEqual(["fast", "slow"]);
  expect(notes).toEqual(["each once, u: fast 9, slow 1", "could not be run: broken: no compiler"]);
});

test("a wrong answer, or no peer at all, ends the bench", async () => {
  const ways = { better: "lower", unit: "u" } as const;
  const fail = (reason: "wrong-answer" | "child-died") => async () => {
    throw new Stop(reason, "why");
  };
  await expect(qualify([{ name: "a" }], ways, fail("wrong-answer"))).rejects.toThrow("why");
  await expect(qualify([{ name: "a" }], ways, fail("child-died"))).rejects.toThrow(/a: why/);
});

test("peers are chosen by a part of their name, and the report says that some were left out", () => {
  const all = [{ name: "f32" }, { name: "f32 compiled" }, { name: "bf16" }];
  expect(chosenPeers(all, undefined)).toEqual({ peers: all, notes: [] });
  expect(chosenPeers(all, ["compiled", "bf"])).toEqual({
    peers: [all[1], all[2]],
    notes: ["a quick look: 2 of 3 peers"],
  });
  expect(chosenPeers(all, ["f32"]).peers, "a whole name means that one alone").toEqual([all[0]]);
  expect(() => chosenPeers(all, ["f64"])).toThrow(/names none of f32, f32 compiled, bf16/);
});

test("a peer answers in order", async () => {
  pretendPython(`console.log(JSON.stringify({ ready: { it: "1" } }));
    rl.on("line", (l) => console.log(JSON.stringify({ ok: JSON.parse(l).n * 2 })));`);
  await using peer = await startPeer("anything");
  expect(peer.versions).toEqual({ it: "1" });
  const answers = [1, 2, 3].map((n) => peer.ask("double", { n }, z.number()));
  expect(await Promise.all(answers)).toEqual([2, 4, 6]);
});

test("a peer without its packages says how to get them", async () => {
  const python = pretendPython(`console.log(JSON.stringify({ missing: ["torch", "lightly"] }));`);
  await expect(startPeer("parity")).rejects.toMatchObject({
    reason: "peer-missing",
    message: expect.stringContaining(`${python} -m pip install torch lightly`),
  });
});

test("a peer that refuses or dies is an error with its words", async () => {
  pretendPython(`console.log(JSON.stringify({ ready: {} }));
    rl.on("line", (l) => { if (JSON.parse(l).do === "fail") console.log(JSON.stringify({ error: "no memory" }));
      else { console.error("last words"); process.exit(7); } });`);
  await using peer = await startPeer("anything");
  await expect(peer.ask("fail", {}, z.null())).rejects.toThrow(/could not do "fail": no memory/);
  await expect(peer.ask("die", {}, z.null())).rejects.toThrow(/exit code 7.*last words/s);
});

test("a peer that takes longer than it is given is killed, and named", async () => {
  pretendPython(`console.log(JSON.stringify({ ready: {} }));
    rl.on("line", (l) => { if (JSON.parse(l).do === "quick") console.log(JSON.stringify({ ok: 1 }));
      else setInterval(() => {}, 1000); });`);
  const limit = { seconds: 5 };
  await using peer = await startPeer("step", { name: "PyTorch bf16" });
  expect(await peer.ask("quick", {}, z.number(), limit)).toBe(1);
  await expect(peer.ask("slow", {}, z.number(), { seconds: 0.05 })).rejects.toMatchObject({
    reason: "given-up",
    message: "PyTorch bf16 was given up after 0.05 s.",
  });
});

test("a peer that is given up is left out, with the reason", async () => {
  const slow = () => Promise.reject(new Stop("given-up", "b was given up after 180 s."));
  const quick = async () => ({ value: 3, check: { name: "c", found: 0, limit: 1 } });
  const { tried, notes } = await qualify(
    [{ name: "a" }, { name: "b" }],
    { better: "higher", unit: "views/s" },
    ({ name }) => (name === "a" ? quick() : slow()),
  );
  expect(tried.map(({ peer }) => peer.name)).toEqual(["a"]);
  expect(notes.at(-1)).toBe("could not be run: b: b was given up after 180 s.");
});

test("no Python at all is said", async () => {
  vi.stubEnv("TANAFUDA_PEERS_PYTHON", "/nowhere/python");
  await expect(startPeer("anything")).rejects.toThrow(/\/nowhere\/python/);
});

test.each([
  [["avx2", "avx512f", "avx512_bf16", "amx_tile", "amx_bf16"], 1.5],
  [["avx2", "avx512f", "avx512_bf16"], 2.4],
  [["avx2"], undefined],
])("the goal is that of the processor's class: %s", (features, expected) => {
  expect(targetOn({ features }, { tiles: 1.5, plain: 2.4 })).toBe(expected);
});

const ratePerSecond = { name: "n", work: "w", unit: "things/s", better: "higher" } as const;

function row(name: string, ours: boolean, values: readonly number[]) {
  return { name, ours, values, spread: spreadOf(values) };
}

/** A script that takes Python's place: Node, whatever file it is given. */
function pretendPython(body: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "tanafuda-peer-")), "python");
  const head = `#!${process.execPath}\nconst rl = require("node:readline").createInterface({ input: process.stdin });\n`;
  writeFileSync(path, head + body);
  chmodSync(path, 0o755);
  vi.stubEnv("TANAFUDA_PEERS_PYTHON", path);
  return path;
}
