/** What is published: the program, what it bundles with its licence, and nothing else. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { type Packed, pack } from "./packed.ts";
import { buildCli } from "./surface/built-cli.ts";

let folder: string;
let packed: Packed;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "packed-"));
  buildCli(folder);
  rmSync(join(folder, "vendor"));
  for (const path of [
    "vendor/umap.js",
    "vendor/umap.LICENSE.txt",
    "packaging/spare-downloads.mjs",
  ]) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), readFileSync(resolve(path)));
  }
  for (const name of ["README.md", "LICENSE"]) {
    writeFileSync(join(folder, name), readFileSync(resolve(name)));
  }
  writeFileSync(join(folder, "dist/.tsbuildinfo"), "{}");
  packed = pack(folder);
  return () => rmSync(folder, { recursive: true, force: true });
});

it("holds the program, the bundle with its licence, and four files beside them", () => {
  const others = packed.paths.filter((path) => !path.startsWith("dist/"));
  expect(others).toEqual([
    "LICENSE",
    "README.md",
    "package.json",
    "packaging/spare-downloads.mjs",
    "vendor/umap.LICENSE.txt",
    "vendor/umap.js",
  ]);
  expect(packed.paths).toContain("dist/surface/cli/main.js");
  expect(packed.paths).not.toContain("dist/.tsbuildinfo");
  expect(packed.paths.filter((path) => /test|bench|\.(map|tsx?|tgz)$/.test(path))).toEqual([]);
  expect(packed.size).toBeLessThan(2_000_000);
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
  for (const path of packed.paths.filter((path) => path.endsWith(".js"))) {
    const text = readFileSync(join(folder, path), "utf8");
    for (const [, name] of text.matchAll(/(?:^(?:import|export)\b[^"';]*?|\bimport\()"([^".#][^"]*)"/gm)) {
      if (!name.startsWith("node:")) modules.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
    }
  }
  const strangers = [...modules].filter((name) => !(name in dependencies));
  expect(strangers).toEqual([]);
  expect(modules.size).toBeGreaterThan(8);
});

it("marks the CUDA libraries as there before scripts run, in its private copy alone", () => {
  const spare = () => spawnSync(process.execPath, [join(folder, "packaging/spare-downloads.mjs")]);
  const linked = join(folder, "node_modules");
  rmSync(linked);
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
