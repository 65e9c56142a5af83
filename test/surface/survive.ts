/** A pilot that is killed again and again and resumed each time; the cases of both layers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { openStore } from "../../src/registry/index.ts";
import { writePictures } from "../app/picture-folder.ts";
import { childrenOf, ended, runCli, startCli } from "./built-cli.ts";

export interface Blow {
  /** Struck when this phase is told of, or after so many milliseconds. */
  readonly at: string | number;
  readonly victim: "parent" | "child";
}

const epochs = 30;
const batch = 16;

/** After each blow everything loads; in the end there is one whole training and one report. */
export async function expectToSurvive(cwd: string, main: string, blows: readonly Blow[]) {
  await writePictures(join(cwd, "photos"), { count: 60, classes: 3 });
  const settings = ["--epochs", `${epochs}`, "--batch", `${batch}`, "--size", "16"];
  const words = ["pilot", "photos", ...settings, "--backbone", "res-2-16", "--overwrite"];
  const store = openStore(cwd);
  const pilots = () => store.runs().filter(({ document }) => document.kind === "pilot");
  let resume: string[] = [];
  for (const { at, victim } of blows) {
    // Whose parent died may have come to its end before it noticed.
    if (pilots().at(-1)?.state() === "finished") break;
    const pilot = startCli(main, [...words, ...resume], { cwd, group: true });
    resume = ["--resume"];
    if (typeof at === "number") await pause(at);
    else await pilot.says(at);
    const [child] = pilot.process.exitCode === null ? childrenOf(pilot.process.pid ?? 0) : [];
    if (child === undefined || victim === "parent") pilot.process.kill("SIGKILL");
    else process.kill(child, "SIGKILL");
    const { code, told } = await pilot.ended;
    if (child !== undefined) expect(await ended(child, 8000)).toBe(true);
    expect(told).not.toContain("itself went wrong");
    expect([null, 6, 0]).toContain(code);
    if (code === 0) break;
    for (const { name } of store.datasets()) store.dataset(name);
    for (const { weights } of store.representations()) readFileSync(weights);
    for (const one of store.runs()) one.metrics();
  }
  if (pilots().at(-1)?.state() !== "finished") {
    expect(await runCli(main, [...words, "--resume"], { cwd })).toMatchObject({ code: 0 });
  }
  expect(pilots().map((run) => run.state())).toEqual(["finished"]);
  const trainings = store.runs().filter(({ document }) => document.kind === "pretrain");
  const finished = trainings.filter((run) => run.state() === "finished");
  expect(finished).toHaveLength(1);
  const { train } = countOf(store.dataset("photos").document.items.split);
  const steps = epochs * Math.floor(train / batch);
  const found = finished[0]
    .metrics()
    .flatMap(({ step, loss }) => (loss === undefined ? [] : [step]));
  expect(found).toEqual(Array.from({ length: steps }, (_, step) => step));
  expect(store.representations()).toHaveLength(1);
  const report = JSON.parse(readFileSync(join(cwd, "tanafuda-report/report.json"), "utf8"));
  expect(report.run.id).toBe(pilots()[0].id);
  // The next writer sweeps what the dead left unfinished.
  expect(await runCli(main, ["data", "add", "photos"], { cwd })).toMatchObject({ code: 0 });
  const left = readdirSync(join(cwd, ".tanafuda"), { recursive: true, encoding: "utf8" });
  expect(left.filter((name) => name.includes(".aside-"))).toEqual([]);
}

function countOf(split: readonly ("train" | "evaluation")[]): { readonly train: number } {
  return { train: split.filter((side) => side === "train").length };
}
