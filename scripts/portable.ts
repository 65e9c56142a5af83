/**
 * A folder for a computer without network or Node: the published package with the modules of its
 * lock file, Node's own binary from npm, and a launcher to double-click.
 *
 *     npm run portable -- --platform win32-x64 [--out DIR] [--node VERSION]
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { refuseForeign } from "./portable/binaries.ts";
import { writeLaunchers } from "./portable/launchers.ts";
import { defaultNode, licencePackage, platformOf } from "./portable/platforms.ts";
import { prune } from "./portable/prune.ts";
import { writeReadme } from "./portable/readme.ts";
import { takeWindowsRuntime } from "./portable/windows-runtime.ts";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    platform: { type: "string", default: `${process.platform}-${process.arch}` },
    out: { type: "string", default: "portable" },
    node: { type: "string", default: defaultNode },
  },
});
const platform = platformOf(values.platform);
const aside = mkdtempSync(join(tmpdir(), "portable-"));
const intoAside = ["--pack-destination", aside];
try {
  const version = layOutPackage();
  installModules();
  takeNode();
  prune(aside, platform);
  writeLaunchers(aside, platform);
  const complete = platform.os !== "win32" || takeWindowsRuntime(aside);
  writeReadme(aside, { platform, version, node: values.node, complete });
  refuseForeign(aside, platform);
  const goal = resolve(values.out, `tanafuda-${version}-${platform.name}`);
  rmSync(goal, { recursive: true, force: true });
  mkdirSync(resolve(values.out), { recursive: true });
  cpSync(aside, goal, { recursive: true, verbatimSymlinks: true });
  if (!complete) process.stderr.write("Without Microsoft's C++ runtime: pip could not fetch it.\n");
  process.stdout.write(`${goal}\n`);
} finally {
  rmSync(aside, { recursive: true, force: true });
}

/** What `npm pack` packs, in `app/`; returns its version. */
function layOutPackage(): string {
  const [{ filename, version }] = JSON.parse(npm(["pack", "--json", ...intoAside], root));
  unpack(filename, "app");
  rmSync(join(aside, filename));
  cpSync(join(root, "package-lock.json"), join(aside, "app/package-lock.json"));
  return version;
}

/** The modules of the lock file, for that platform; nobody's scripts run. */
function installModules(): void {
  const { os, cpu, libc } = platform;
  const target = [`--os=${os}`, `--cpu=${cpu}`, ...(libc ? [`--libc=${libc}`] : [])];
  npm(["ci", "--omit=dev", "--no-audit", "--no-fund", ...target], join(aside, "app"));
}

/** Node's binary and its licence, in `node/`; the package for Windows has no text of it. */
function takeNode(): void {
  mkdirSync(join(aside, "node"));
  takeFrom(platform.nodePackage, platform.nodeBinary);
  takeFrom(licencePackage, "LICENSE");
}

function takeFrom(name: string, file: string): void {
  const words = ["pack", `${name}@${values.node}`, "--json", ...intoAside];
  const [{ filename }] = JSON.parse(npm(words, aside));
  unpack(filename, "unpacked");
  cpSync(join(aside, "unpacked", file), join(aside, "node", basename(file)));
  rmSync(join(aside, "unpacked"), { recursive: true });
  rmSync(join(aside, filename));
}

function unpack(archive: string, folder: string): void {
  mkdirSync(join(aside, folder));
  const words = ["-xzf", archive, "-C", folder, "--strip-components", "1"];
  execFileSync("tar", words, { cwd: aside, stdio: ["ignore", "inherit", "inherit"] });
}

function npm(words: readonly string[], cwd: string): string {
  return execFileSync("npm", [...words, "--ignore-scripts", "--loglevel=error"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  });
}
