/** The machine's Python is asked without trusting the folder that a command runs in. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { askPython, runPython } from "../../src/app/job/python.ts";

it("finds no package in the current folder, and runs nothing there", async (context) => {
  if ((await runPython(["-c", ""])).code !== 0) context.skip("no Python here");
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "python-")));
  const before = process.cwd();
  try {
    process.chdir(folder);
    mkdirSync("torch");
    writeFileSync("torch/__init__.py", "");
    writeFileSync("pip.py", "print('ran from the current folder')");
    expect((await askPython()) ?? "").not.toContain(folder);
    expect((await runPython(["-m", "pip", "--version"])).out).not.toContain("ran from");
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
});
