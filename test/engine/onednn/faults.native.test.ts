/** What is said where a library, or a machine's memory, is not what is needed. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Problem } from "../../../src/base/index.ts";
import {
  add,
  findOnednn,
  matmul,
  onednnExecutor,
  parameter,
  placeholder,
} from "../../../src/engine/index.ts";
import { sentence } from "../../../src/words/index.ts";
import { available } from "./libraries.ts";

const folder = mkdtempSync(join(tmpdir(), "onednn-"));
afterAll(() => rmSync(folder, { recursive: true }));
const text = join(folder, "libdnnl.so.2");
writeFileSync(text, "not a library");

async function refusal(path: string): Promise<Problem> {
  try {
    const found = findOnednn({ environment: { TANAFUDA_ONEDNN: path } });
    await onednnExecutor({ library: found?.path ?? "" });
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error("was not refused");
}

describe("a file that cannot be used as oneDNN", () => {
  it.each([
    ["a missing one", join(folder, "nowhere.so"), "absent", "there is no such file"],
    ["one of text", text, "unreadable", "no library for this machine"],
    ["another library", "libm.so.6", "foreign", "but not oneDNN"],
  ])("%s is refused with what was found", async (_, path, what, words) => {
    const library = path === "libm.so.6" ? undefined : path;
    const problem = library
      ? await refusal(library)
      : await onednnExecutor({ library: path }).catch((thrown: unknown) => thrown);
    expect(problem).toBeInstanceOf(Problem);
    if (!(problem instanceof Problem)) return;
    expect(problem.code).toBe("engine/library-missing");
    expect(problem.values).toMatchObject({ what, library: `oneDNN (${path})` });
    const said = sentence(problem.code, problem.values, "en");
    expect(said).toContain(words);
    expect(said).toContain("apt install libdnnl2");
    expect(sentence(problem.code, problem.values, "ja")).not.toMatch(/[{}]/);
  });
});

describe.each(available)("$name", ({ path }) => {
  it("refuses a program of some tebibytes, with the bytes that it would take", async () => {
    const executor = await onednnExecutor({ library: path, threads: 2, precision: "f32" });
    const huge = placeholder("huge", [1 << 20, 1 << 19, 4]);
    const y = add(matmul(huge, parameter("w", [4, 4])), huge);
    const spec = { outputs: { y } };
    const refused = { code: "engine/out-of-memory", values: { needed: 2 ** 43 } };
    await expect(executor.compile(spec)).rejects.toMatchObject(refused);
    await expect(executor.memoryOf(spec)).rejects.toMatchObject(refused);
    const small = await executor.compile({ outputs: { y: add(placeholder("x", [2]), 1) } });
    expect(await small.run({ x: Float32Array.of(1, 2) })).toEqual({ y: Float32Array.of(2, 3) });
    await executor.dispose();
  });

  it("refuses many values that each would fit, with the bytes of all", async () => {
    const executor = await onednnExecutor({ library: path, threads: 2, precision: "f32" });
    const count = Math.floor(totalmem() / 8 / 4);
    const inputs = Array.from({ length: 256 }, (_, i) => placeholder(`x${i}`, [count]));
    const spec = { outputs: { y: inputs.reduce((sum, x) => add(sum, x)) } };
    const needed = await executor.memoryOf(spec);
    expect(needed).toBeGreaterThan(256 * 4 * count);
    await expect(executor.compile(spec)).rejects.toMatchObject({
      code: "engine/out-of-memory",
      values: { needed },
    });
    await executor.dispose();
  });

  it("disposes programs with the executor, twice without harm", async () => {
    const executor = await onednnExecutor({ library: path, threads: 2 });
    const program = await executor.compile({ outputs: { y: add(placeholder("x", [2]), 1) } });
    const given = { x: Float32Array.of(1, 2) };
    const { y } = await program.run(given);
    await executor.dispose();
    await executor.dispose();
    expect([...y], "an output is the caller's own").toEqual([2, 3]);
    const gone = { code: "engine/program-disposed" };
    await expect(program.run(given)).rejects.toMatchObject(gone);
    await expect(program.profile?.(given)).rejects.toMatchObject(gone);
  });
});
