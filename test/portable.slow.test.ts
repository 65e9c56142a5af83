/** The portable folders: built from npm, and the one for this system run without network or Node. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nativeFiles } from "../scripts/portable/binaries.ts";
import { writePictures } from "./app/picture-folder.ts";
import { buildForPublishing } from "./packed.ts";

const minutes = 60_000;
const folder = mkdtempSync(join(tmpdir(), "portable-"));
let source: string;
beforeAll(() => {
  source = buildForPublishing(join(folder, "source"));
}, 15 * minutes);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The folder that was made; undefined where npm's registry cannot be reached. */
function make(platform: string): string | undefined {
  const words = ["scripts/portable.ts", "--platform", platform, "--out", folder];
  const tsx = join(source, "node_modules/.bin/tsx");
  const made = spawnSync(tsx, words, { cwd: source, encoding: "utf8" });
  if (made.status !== 0 && /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(made.stderr)) return;
  expect(made).toMatchObject({ status: 0 });
  return made.stdout.trim().split("\n").at(-1);
}

it("for Windows: native files of that platform alone, under 300 MB", {
  timeout: 10 * minutes,
}, (context) => {
  const made = make("win32-x64");
  if (made === undefined) return context.skip("the registry of npm cannot be reached");
  const files = nativeFiles(made);
  expect(new Set(files.map(({ kind }) => kind))).toEqual(new Set(["PE x64"]));
  expect(files.length).toBeGreaterThan(8);
  expect(readdirSync(made).sort()).toEqual([
    "README.txt",
    "app",
    "node",
    "start.cmd",
    "tanafuda.cmd",
  ]);
  expect(readdirSync(join(made, "node"))).toEqual(expect.arrayContaining(["LICENSE", "node.exe"]));
});

it("for Linux: from pictures to a report with no Node in the path and no network", {
  timeout: 15 * minutes,
}, async (context) => {
  if (process.platform !== "linux" || process.arch !== "x64") context.skip("this is no Linux x64");
  const made = make("linux-x64");
  if (made === undefined) return context.skip("the registry of npm cannot be reached");
  const [home, tools, photos] = ["home", "tools", "検査 画像"].map((name) => join(folder, name));
  for (const path of [home, tools]) mkdirSync(path);
  for (const tool of ["sh", "dirname", "readlink"])
    symlinkSync(`/usr/bin/${tool}`, join(tools, tool));
  await writePictures(photos, { count: 60 });
  const start = [join(made, "start.sh"), photos, "--epochs", "1", "--batch", "16", "--size", "16"];
  const alone = spawnSync("unshare", ["-rn", "true"]).status === 0 ? ["unshare", "-rn"] : [];
  const [program, ...words] = [...alone, "env", "-i", `HOME=${home}`, `PATH=${tools}`, ...start];
  const run = spawnSync(program, words, { encoding: "utf8", input: "" });
  expect(run).toMatchObject({ status: 0 });
  const [place] = readdirSync(join(home, "Tanafuda"));
  expect(readFileSync(join(home, "Tanafuda", place, "report/report.html"), "utf8")).toContain(
    "<html",
  );
});
