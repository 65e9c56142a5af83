/** The published package, installed globally elsewhere, with install scripts and without. */
import { execFileSync, type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePictures } from "./app/picture-folder.ts";
import { buildForPublishing, type Packed, pack } from "./packed.ts";

const minutes = 60_000;
const folder = mkdtempSync(join(tmpdir(), "package-"));
let packed: Packed;
beforeAll(async () => {
  packed = pack(buildForPublishing(join(folder, "source")), folder);
  await writePictures(join(folder, "photos"), { count: 60 });
}, 15 * minutes);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const flags = ["--no-audit", "--no-fund"];
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/;

describe.each([
  ["without install scripts", "--ignore-scripts=true"],
  ["with install scripts", "--ignore-scripts=false"],
])("installed globally %s", (_, scripts) => {
  it("tells its version, examines the machine, and carries a pilot to its report", {
    timeout: 10 * minutes,
  }, (context) => {
    const prefix = join(folder, scripts.slice(2));
    const words = ["install", "--global", "--prefix", prefix, scripts, ...flags, packed.file];
    const installed = spawnSync("npm", words, { cwd: folder, encoding: "utf8" });
    // What a package's own script cannot reach must not fail the installation; the registry may.
    if (installed.status !== 0 && unreachable.test(installed.stderr)) {
      if (/registry/.test(installed.stderr)) context.skip("the registry of npm cannot be reached");
    }
    expect(installed).toMatchObject({ status: 0 });
    expect(installed.stderr).not.toMatch(/ERESOLVE|peer/i);
    const place = join(folder, `place${scripts}`);
    mkdirSync(place);
    const run = (...words: string[]): SpawnSyncReturns<string> =>
      spawnSync(join(prefix, "bin/tanafuda"), words, { cwd: place, encoding: "utf8" });
    const { version } = JSON.parse(readFileSync(resolve("package.json"), "utf8"));
    expect(run("--version").stdout).toBe(`${version}\n`);
    const examined = run("doctor", "--json");
    expect(examined.status).toBe(0);
    expect(JSON.parse(examined.stdout.trim().split("\n").at(-1) ?? "").type).toBe("result");
    const quick = ["--epochs", "1", "--batch", "16", "--size", "16"];
    const pilot = run("pilot", join(folder, "photos"), ...quick);
    expect(pilot).toMatchObject({ status: 0, stdout: expect.stringContaining("Report: ") });
    expect(pilot.stderr).not.toContain("wrong");
    expect(readFileSync(join(place, "tanafuda-report/report.html"), "utf8")).toContain("<html");
  });
});

it("is a library, too, and nothing that it needs is missing", {
  timeout: 10 * minutes,
}, (context) => {
  const home = join(folder, "home");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), '{ "name": "elsewhere", "private": true }');
  const words = ["install", "--ignore-scripts", ...flags, packed.file];
  const installed = spawnSync("npm", words, { cwd: home, encoding: "utf8" });
  if (unreachable.test(installed.stderr)) context.skip("the registry of npm cannot be reached");
  expect(installed).toMatchObject({ status: 0 });
  expect(spawnSync("npm", ["ls", "--all"], { cwd: home })).toMatchObject({ status: 0 });
  writeFileSync(
    join(home, "use.mjs"),
    `import { measure, registry } from "tanafuda";
     console.log(typeof measure.measureRepresentation, registry.openStore(".").datasetNames().length);`,
  );
  expect(execFileSync(process.execPath, ["use.mjs"], { cwd: home, encoding: "utf8" })).toBe(
    "function 0\n",
  );
});
