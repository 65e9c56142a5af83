/** What is published: the program, what it bundles with its licence, and nothing else. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";
import { type Packed, pack } from "./packed.ts";

let folder: string;
let packed: Packed;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "packed-"));
  const kept = ["package.json", "README.md", "LICENSE", "vendor", "packaging"];
  for (const name of [...kept, "src", "test/scripts", "knip.json"]) {
    cpSync(resolve(name), join(folder, name), { recursive: true });
  }
  // In place of what the compiler writes.
  for (const path of ["index.js", "surface/cli/main.js", "surface/cli/start.js", ".tsbuildinfo"]) {
    mkdirSync(join(folder, "dist", path, ".."), { recursive: true });
    writeFileSync(join(folder, "dist", path), "");
  }
  packed = pack(folder);
  return () => rmSync(folder, { recursive: true, force: true });
});

it("holds the program, the bundles with their licences, and four files beside them", () => {
  const others = packed.paths.filter((path) => !path.startsWith("dist/"));
  expect(others).toEqual([
    "LICENSE",
    "README.md",
    "package.json",
    "packaging/spare-downloads.mjs",
    "vendor/ort-web.LICENSE.txt",
    "vendor/ort-web.js",
    "vendor/ort-web.wasm.gz",
    "vendor/umap.LICENSE.txt",
    "vendor/umap.js",
  ]);
  expect(packed.paths).toContain("dist/surface/cli/start.js");
  expect(packed.paths).not.toContain("dist/.tsbuildinfo");
  expect(packed.size).toBeLessThan(6_000_000);
});

it("points at files that are there", () => {
  const { bin, exports, imports } = JSON.parse(readFileSync(resolve("package.json"), "utf8"));
  const targets = [bin.tanafuda, exports["."].default, imports["#umap"].default];
  const missing = targets.filter((path) => !packed.paths.includes(path.replace(/^\.\//, "")));
  expect(missing).toEqual([]);
});

it("needs no override and no module that only development has", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const modules = new Set<string>();
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .map((path) => join("src", path));
  for (const path of [...sources, "vendor/umap.js", "vendor/ort-web.js"]) {
    const text = readFileSync(path, "utf8");
    for (const { fileName: name } of ts.preProcessFile(text, true, true).importedFiles) {
      if (/^(\.|#|node:)/.test(name)) continue;
      modules.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  }
  const strangers = [...modules].filter((name) => !(name in dependencies));
  expect(strangers).toEqual([]);
  expect(modules.size).toBeGreaterThan(8);
});

it("marks the CUDA libraries as there before scripts run, in its private copy alone", () => {
  const spare = () => spawnSync(process.execPath, [join(folder, "packaging/spare-downloads.mjs")]);
  const linked = join(folder, "node_modules");
  expect(spare().status).toBe(0);
  expect(existsSync(linked)).toBe(false);
  const runtime = join(linked, "onnxruntime-node/bin/napi-v6", process.platform, process.arch);
  mkdirSync(runtime, { recursive: true });
  writeFileSync(join(runtime, "libonnxruntime_providers_cuda.so"), "theirs");
  expect(spare().status).toBe(0);
  const [cuda, shared] = ["cuda", "shared"].map((name) =>
    join(runtime, `libonnxruntime_providers_${name}.so`),
  );
  expect(readFileSync(cuda, "utf8")).toBe("theirs");
  expect(existsSync(shared)).toBe(process.platform === "linux");
});
