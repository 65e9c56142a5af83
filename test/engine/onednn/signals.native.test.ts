/** Ctrl-C, a resized window, a profiler: signals come while the library computes. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { available } from "./libraries.ts";

const script = join(import.meta.dirname, "under-signals.ts");

it.each(available)("$name multiplies under signals", { timeout: 60_000 }, async ({ path }) => {
  const words = ["--import", "tsx", script, path];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  expect(JSON.parse(stdout)).toEqual({ signals: true, wrong: 0 });
});
