/** What a training takes is foretold on the safe side, and not far from it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { available } from "../../engine/onednn/libraries.ts";

const script = join(import.meta.dirname, "measured-memory.ts");

async function overMeasured(...words: readonly string[]): Promise<number> {
  const all = ["--import", "tsx", script, ...words];
  const { stdout } = await promisify(execFile)(process.execPath, all);
  const { foretold, measured }: { foretold: number; measured: number } = JSON.parse(stdout);
  return foretold / measured;
}

const timeout = 300_000;

/** Counted on its buffers: what is left is the process's own. A busy machine was within 10 %. */
describe.each(available)("onednn, $name", ({ path }) => {
  it.each(["8", "32"])("ResNet-34, %s pictures a step", { timeout }, async (batch) => {
    const ratio = await overMeasured("resnet-34", batch, "onednn", path);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.2);
  });
});

/** A rule, fitted on growth with what waits for the garbage collector; here that is collected. */
describe("ort", () => {
  it.each([
    ["resnet-18", "8"],
    ["vit-tiny", "8"],
    ["res-2-64", "128"],
    ["res-5-250", "32"],
  ])("%s, %s pictures a step", { timeout }, async (name, batch) => {
    const ratio = await overMeasured(name, batch, "ort");
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.55);
  });
});
