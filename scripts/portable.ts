/**
 * A folder for a computer without network or Node: the published package with the modules of its
 * lock file, Node's own binary from npm, and a launcher to double-click.
 *
 *     npm run portable -- --platform win32-x64 [--out DIR] [--node VERSION]
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { refuseForeign } from "./portable/binaries.ts";
import { writeLaunchers } from "./portable/launchers.ts";
import { defaultNode, platformOf } from "./portable/platforms.ts";
import { prune } from "./portable/prune.ts";
import { writeReadme } from "./portable/readme.ts";

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
  writeReadme(aside, { platform, version, node: values.node });
  refuseForeign(aside, platform);
  const goal = resolve(values.out, `tanafuda-${version}-${platform.name}`);
  rmSync(goal, { recursive: true, force: true });
  mkdirSync(resolve(values.out), { recursive: true });
  cpSync(aside, goal, { recursive: true, verbatimSymlinks: true });
  process.stdout.write(`${goal}\n`);
} finally {
  rmSync(aside, { recursive: true, force: true });
}

/** What `npm pack` packs, in `app/`; returns its version. */
function layOutPackage(): string {
  const [{ filename, version }] = JSON.parse(npm(["pack", "--json", ...intoAside], root));
  unpack(filename, "app");
  cpSync(join(root, "package-lock.json"), join(aside, "app/package-lock.json"));
  return version;
}

/** The modules of the lock file, for that platform; nobody's scripts run. */
function installModules(): void {
  const { os, cpu, libc } = platform;
  const target = [`--os=${os}`, `--cpu=${cpu}`, ...(libc ? [`--libc=${libc}`] : [])];
  npm(["ci", "--omit=dev", "--no-audit", "--no-fund", ...target], join(aside, "app"));
}

/** Node's binary and its licence, in `node/`. */
function takeNode(): void {
  const name = `${platform.nodePackage}@${values.node}`;
  const [{ filename }] = JSON.parse(npm(["pack", name, "--json", ...intoAside], aside));
  unpack(filename, "unpacked");
  mkdirSync(join(aside, "node"));
  for (const file of [platform.nodeBinary, "LICENSE"]) {
    const from = join(aside, "unpacked", file);
    // Some releases carry the licence of the wrapper only in their manifest.
    if (file === "LICENSE" && !existsSync(from)) continue;
    cpSync(from, join(aside, "node", file.split("/").at(-1) ?? file));
  }
  rmSync(join(aside, "unpacked"), { recursive: true });
  for (const name of readdirSync(aside)) if (name.endsWith(".tgz")) rmSync(join(aside, name));
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
