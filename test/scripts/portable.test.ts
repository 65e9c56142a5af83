/** The launchers and the page of a portable folder, as the systems they are for read them. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { nativeFiles, refuseForeign } from "../../scripts/portable/binaries.ts";
import { writeLaunchers } from "../../scripts/portable/launchers.ts";
import { platformOf } from "../../scripts/portable/platforms.ts";
import { writeReadme } from "../../scripts/portable/readme.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "portable test-")), "it's here");
  mkdirSync(join(folder, "node"), { recursive: true });
  mkdirSync(join(folder, "app/dist/surface/cli"), { recursive: true });
  return () => rmSync(join(folder, ".."), { recursive: true, force: true });
});
const read = (name: string) => readFileSync(join(folder, name), "utf8");

it("writes for Windows in its line ends, plain letters, and with no folder on a command line", () => {
  const platform = platformOf("win32-x64");
  writeLaunchers(folder, platform);
  for (const name of ["start.cmd", "tanafuda.cmd"]) {
    expect(read(name).replaceAll("\r\n", "")).toMatch(/^[\x20-\x7e]*$/);
    expect(read(name)).toContain("chcp 65001 >nul\r\n");
  }
  // What follows an `&` in a dropped name would run after the batch file; `exit` ends the shell.
  expect(read("start.cmd")).toMatch(/\r\npause\r\nexit\r\n$/);
  expect(read("start.cmd")).not.toContain("%*");
  writeReadme(folder, { platform, version: "1.2.3", node: "24.0.0", complete: false });
  expect(read("README.txt").startsWith("\ufeffTanafuda 1.2.3")).toBe(true);
  expect(read("README.txt")).toContain("Visual C++");
  expect(read("README.txt").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});

it("starts Node on Linux from wherever the folder lies, through a link too", () => {
  linux();
  const link = join(folder, "../elsewhere");
  execFileSync("ln", ["-s", join(folder, "tanafuda"), link]);
  const told = execFileSync(link, ["pilot", "my photos"], { encoding: "utf8" });
  expect(told).toBe(`${join(folder, "app/dist/surface/cli/main.js")}|pilot|my photos\n`);
  const started = execFileSync(join(folder, "start.sh"), ["a b"], { encoding: "utf8", input: "" });
  expect(started).toBe(`${join(folder, "app/dist/surface/cli/start.js")}|a b\n`);
});

it("lets the desktop file find its own folder", () => {
  linux();
  const line = /^Exec=(.*)$/m.exec(read("Tanafuda.desktop"))?.[1] ?? "";
  // The string's own escapes first, then those within the quoted argument (Desktop Entry, "Exec").
  const [, quoted = ""] = /^sh -c "(.*)" sh %k %f$/.exec(line.replaceAll("\\\\", "\\")) ?? [];
  const script = quoted.replace(/\\(["`$\\])/g, "$1");
  const words = ["-c", script, "sh", join(folder, "Tanafuda.desktop"), "/tmp/a b"];
  const told = execFileSync("sh", words, { encoding: "utf8", input: "" });
  expect(told).toBe(`${join(folder, "app/dist/surface/cli/start.js")}|/tmp/a b\n`);
});

it("refuses native files of another platform, and says what is missing", () => {
  const platform = platformOf("win32-x64");
  writeFileSync(join(folder, "node/node.exe"), readFileSync(process.execPath).subarray(0, 4096));
  expect(nativeFiles(folder)).toEqual([
    { path: "node/node.exe", kind: expect.stringMatching(/ELF|PE/) },
  ]);
  expect(() => refuseForeign(folder, platform)).toThrow(/DirectML/);
  if (process.platform === "linux" && process.arch === "x64") {
    expect(() => refuseForeign(folder, platform)).toThrow("node/node.exe is ELF x64, not PE x64");
  }
  expect(() => platformOf("amiga")).toThrow("linux-x64, win32-x64");
});

/** Launchers around a Node that says what it was started with. */
function linux(): void {
  writeFileSync(join(folder, "node/node"), '#!/bin/sh\nIFS="|"\nprintf "%s\\n" "$*"\n');
  writeLaunchers(folder, platformOf("linux-x64"));
  expect(statSync(join(folder, "start.sh")).mode & 0o111).toBe(0o111);
}
