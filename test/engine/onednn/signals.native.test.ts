/** Ctrl-C, a resized window, a profiler: signals come while the library computes. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { withoutSignals } from "../../../src/engine/executors/onednn/ffi.ts";
import { available } from "./libraries.ts";

const script = join(import.meta.dirname, "under-signals.ts");

async function multiplied(...words: readonly string[]): Promise<unknown> {
  const all = ["--import", "tsx", script, ...words];
  const { stdout } = await promisify(execFile)(process.execPath, all);
  return JSON.parse(stdout);
}

it.each(available)("$name multiplies under signals", { timeout: 60_000 }, async ({ path }) => {
  expect(await multiplied("1500", path)).toEqual({ signals: true, wrong: 0 });
});

it("ONNX Runtime multiplies under signals", { timeout: 60_000 }, async () => {
  expect(await multiplied("500")).toEqual({ signals: true, wrong: 0 });
});

it("they are let through again after a use within a use, or one that throws", ({ skip }) => {
  skip(process.platform !== "linux", "only Linux tells which signals a thread blocks");
  const blocked = () =>
    /^SigBlk:\s+(\w+)$/m.exec(readFileSync("/proc/thread-self/status", "utf8"))?.[1];
  const before = blocked();
  const [inside, after] = withoutSignals(() => [withoutSignals(blocked), blocked()]);
  expect(inside).not.toBe(before);
  expect(after).toBe(inside);
  expect(blocked()).toBe(before);
  const fails = () => {
    throw new Error("within");
  };
  expect(() => withoutSignals(fails)).toThrow("within");
  expect(blocked()).toBe(before);
});
