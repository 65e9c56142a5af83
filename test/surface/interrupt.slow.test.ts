/** A pilot killed in each of its phases and at random moments, parent and child, goes on to its end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, it } from "vitest";
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import { buildCli } from "./built-cli.ts";
import { type Blow, expectToSurvive } from "./survive.ts";

const folder = mkdtempSync(join(tmpdir(), "interrupt-"));
let main = "";
beforeAll(() => {
  main = buildCli(join(folder, "package"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const phases = [
  "Looking at the folder",
  "Reading pictures",
  "Training",
  "Applying the encoder",
  "Measuring",
  "Drawing the map",
  "Writing the report",
];

it.each(["parent", "child"] as const)(
  "in each phase: %s",
  async (victim) => {
    const blows = phases.map((at): Blow => ({ at, victim }));
    await expectToSurvive(join(folder, victim), main, blows);
  },
  180_000,
);

it.each([1, 2, 3])(
  "at random moments: seed %i",
  async (seed) => {
    const moments = uniform(fork(keyFromSeed(seed), "moments"), 10);
    const blows = Array.from(moments, (moment, i): Blow => {
      return { at: 250 + 1600 * moment, victim: i % 2 === 0 ? "parent" : "child" };
    });
    await expectToSurvive(join(folder, `random-${seed}`), main, blows);
  },
  180_000,
);
