/** Threads need JavaScript: the sources of `base` and `learn/augment` are compiled aside first. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fork, keyFromSeed, Problem } from "../../../src/base/index.ts";
import {
  createViewWorkers,
  defaultViewWorkers,
  fillViews,
  simclrRecipe,
} from "../../../src/learn/augment/index.ts";
import { noisePictures } from "./pictures.ts";

const pictures = noisePictures(40);
const recipes = simclrRecipe({ size: 12 }).views;
const key = keyFromSeed(3);
const length = 3 * 12 * 12;
const batches = [[3, 1, 4, 15, 9, 2, 6], [5, 35, 8, 9, 7, 9, 3, 2, 38, 4], [26]];
const room = (indexes: readonly number[]) => new Float32Array(2 * indexes.length * length);
const expected = batches.map((indexes, step) => {
  const out = room(indexes);
  fillViews(pictures, indexes, { recipes, key: fork(key, step), out });
  return out;
});

let folder = "";
let module: URL;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tanafuda-augment-"));
  writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
  const source = fileURLToPath(new URL("../../../src/", import.meta.url));
  for (const room of ["base", "base/assembly", "learn/augment", "learn/augment/resample"]) {
    mkdirSync(join(folder, room), { recursive: true });
    for (const name of readdirSync(join(source, room)).filter(
      (n) => n.endsWith(".ts") && !n.endsWith(".d.ts"),
    )) {
      const { outputText } = ts.transpileModule(readFileSync(join(source, room, name), "utf8"), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2022,
          rewriteRelativeImportExtensions: true,
          verbatimModuleSyntax: true,
        },
      });
      writeFileSync(join(folder, room, name.replace(/\.ts$/, ".js")), outputText);
    }
  }
  module = pathToFileURL(join(folder, "learn/augment/view-worker.js"));
});

afterAll(() => rmSync(folder, { recursive: true }));

test("one worker: ahead where a core is left for it, by halves on two; none from sources", () => {
  expect([1, 2, 3, 64].map((cores) => defaultViewWorkers(cores, { built: true }))).toEqual([
    { workers: 0, helping: false },
    { workers: 1, helping: true },
    { workers: 1, helping: false },
    { workers: 1, helping: false },
  ]);
  expect(defaultViewWorkers(2)).toEqual({ workers: 0, helping: false });
});

describe("views are the same bytes", () => {
  test.each([
    [0, false],
    [1, false],
    [2, false],
    [3, false],
    [1, true],
    [3, true],
  ])("with %i workers, asked for ahead; this thread helps: %s", async (count, helping) => {
    const workers = createViewWorkers({ count, pictures, recipes, helping, module });
    expect(workers.mode).toBe(count === 0 ? "in-thread" : "workers");
    expect(workers.count).toBe(count);
    const asked = batches.map((indexes, step) =>
      workers.prepare(indexes, fork(key, step), room(indexes)),
    );
    expect(await Promise.all(asked)).toEqual(expected);
    const shared = new Float32Array(new SharedArrayBuffer(64 + 4 * room(batches[1]).length), 64);
    expect(await workers.prepare(batches[1], fork(key, 1), shared)).toBe(shared);
    expect(Float32Array.from(shared)).toEqual(expected[1]);
    // Once more, on buffers that were used before.
    const again = await workers.prepare(batches[1], fork(key, 1), room(batches[1]));
    expect(again).toEqual(expected[1]);
    expect(await workers.prepare([], key, room([]))).toEqual(room([]));
    await workers.close();
  });

  test("from built code, where the worker lies beside the module", async () => {
    const built: typeof import("../../../src/learn/augment/index.ts") = await import(
      pathToFileURL(join(folder, "learn/augment/index.js")).href
    );
    const workers = built.createViewWorkers({ count: 2, pictures, recipes });
    expect(await workers.prepare(batches[0], fork(key, 0), room(batches[0]))).toEqual(expected[0]);
    await workers.close();
  });
});

describe("what goes wrong", () => {
  test("TypeScript sources cannot be run by threads, and nothing falls back unasked", () => {
    expect(() => createViewWorkers({ count: 1, pictures, recipes })).toThrow(
      "augment/workers-need-built-code",
    );
  });

  test("a picture that does not fit its size fails its own batch alone", async () => {
    const broken = {
      ...pictures,
      read: (i: number) => (i === 26 ? new Uint8Array(5) : pictures.read(i)),
    };
    const workers = createViewWorkers({ count: 2, pictures: broken, recipes, module });
    const asked = batches.map((indexes, step) =>
      workers.prepare(indexes, fork(key, step), room(indexes)),
    );
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    await expect(asked[2]).rejects.toThrow("augment/pixels-do-not-fit");
    await workers.close();
  });

  test("a thread that dies is a problem for whoever waits, also when they listen late", async () => {
    const dying = join(folder, "dying.js");
    writeFileSync(
      dying,
      `import { parentPort } from "node:worker_threads";
      parentPort.on("message", () => { throw new Error("out of luck"); });`,
    );
    const workers = createViewWorkers({
      count: 2,
      pictures,
      recipes,
      module: pathToFileURL(dying),
    });
    const first = workers.prepare(batches[0], key, room(batches[0]));
    const second = workers.prepare(batches[1], key, room(batches[1]));
    await expect(first).rejects.toThrow(Problem);
    await expect(second).rejects.toThrow("out of luck");
    await expect(workers.prepare(batches[2], key, room(batches[2]))).rejects.toThrow(
      "worker-stopped",
    );
    await workers.close();
  });

  test("after close nothing is prepared", async () => {
    const workers = createViewWorkers({ count: 1, pictures, recipes, module });
    await workers.close();
    await expect(workers.prepare([1], key, room([1]))).rejects.toThrow("after close");
  });

  test.each([
    ["is closed", "await workers.close();"],
    ["is forgotten", ""],
  ])("a process with nothing else to do ends well when its feed %s", (_, end) => {
    const script = join(folder, "alone.js");
    writeFileSync(
      script,
      `import { createViewWorkers, simclrRecipe } from "./learn/augment/index.js";
      const pictures = { size: () => ({ height: 9, width: 9 }), read: () => new Uint8Array(243) };
      const recipes = simclrRecipe({ size: 8 }).views;
      for (let round = 0; round < 3; round++) {
        const workers = createViewWorkers({ count: 2, pictures, recipes });
        await workers.prepare([1, 2, 3], { high: 0, low: 1 }, new Float32Array(6 * 192));
        ${end}
      }
      process.stdout.write("reached the end");`,
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: "reached the end",
      stderr: "",
    });
  });
});
