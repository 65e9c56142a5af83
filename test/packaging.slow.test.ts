/** The published package, installed elsewhere with scripts off: the pilot runs, and nothing is missing. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { writePictures } from "./app/picture-folder.ts";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const published = [
  "src",
  "scripts",
  "LICENSE",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
];

it("installs without scripts and carries a pilot to its report", {
  timeout: 600_000,
}, async (context) => {
  const source = join(folder, "source");
  mkdirSync(source);
  for (const name of [...published, "README.md"].filter((name) => existsSync(join(root, name)))) {
    cpSync(join(root, name), join(source, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(source, "node_modules"));
  execFileSync("npm", ["run", "build"], { cwd: source, stdio: "ignore" });
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const packed = execFileSync("npm", pack, {
    cwd: source,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename, files }] = JSON.parse(packed.slice(packed.indexOf("[\n")));
  const names: string[] = files.map(({ path }: { path: string }) => path);
  expect(names).toContain("vendor/umap.LICENSE.txt");
  expect(names.filter((name) => !/^(dist|vendor)\//.test(name)).sort()).toEqual(
    ["LICENSE", "README.md", "package.json"].filter((name) => existsSync(join(source, name))),
  );
  expect(names).not.toContain("dist/.tsbuildinfo");

  const home = join(folder, "home");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), '{ "name": "elsewhere", "private": true }');
  const install = [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    join(folder, filename),
  ];
  const installed = spawnSync("npm", install, { cwd: home, encoding: "utf8" });
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(installed.stderr)) {
    context.skip("the registry of npm cannot be reached");
  }
  expect(installed).toMatchObject({ status: 0 });
  expect(installed.stderr).not.toMatch(/ERESOLVE|peer/i);
  expect(spawnSync("npm", ["ls", "--all"], { cwd: home })).toMatchObject({ status: 0 });

  await writePictures(join(home, "photos"), { count: 60 });
  const words = ["pilot", "photos", "--epochs", "1", "--batch", "16", "--size", "16"];
  const run = spawnSync(join(home, "node_modules/.bin/tanafuda"), words, {
    cwd: home,
    encoding: "utf8",
  });
  expect(run.stderr).not.toContain("wrong");
  expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining("Report: ") });
  const page = readFileSync(join(home, "tanafuda-report/report.html"), "utf8");
  expect(page).toContain("<html");

  writeFileSync(
    join(home, "use.mjs"),
    `import { measure, registry } from "tanafuda";
     console.log(typeof measure.measureRepresentation, registry.openStore(".").datasetNames().join());`,
  );
  expect(execFileSync(process.execPath, ["use.mjs"], { cwd: home, encoding: "utf8" })).toBe(
    "function photos\n",
  );
});
