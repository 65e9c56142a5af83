/** The command line as plain JavaScript in a folder of its own, and a way to run and to kill it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../..");

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

/** Lays the package out in `folder` as it is published; returns the program's file. */
export function buildCli(folder: string): string {
  const source = join(root, "src");
  for (const name of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts") || name.endsWith(".d.ts")) continue;
    const goal = join(folder, "dist", name.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(goal), { recursive: true });
    const text = readFileSync(join(source, name), "utf8");
    writeFileSync(goal, ts.transpileModule(text, { compilerOptions }).outputText);
  }
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  for (const name of ["node_modules", "vendor"]) symlinkSync(join(root, name), join(folder, name));
  return join(folder, "dist/surface/cli/main.js");
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly told: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until something was said on either stream. */
  says(text: string): Promise<void>;
}

interface Place {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A process group of its own, as a shell gives it. */
  readonly group?: boolean;
}

export function startCli(main: string, words: readonly string[], place: Place): Running {
  const { cwd, env = {}, group = false } = place;
  const child = spawn(process.execPath, [main, ...words], {
    cwd,
    env: { ...process.env, LC_ALL: "C", LANG: "C", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: group,
  });
  let out = "";
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (part) => {
    out += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part) => {
    told += part;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, out, told }));
  return {
    process: child,
    ended,
    async says(text) {
      while (!(out + told).includes(text)) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`ended without saying “${text}”:\n${out}\n${told}`);
        }
        await pause(5);
      }
    },
  };
}

export async function runCli(main: string, words: readonly string[], place: Place): Promise<Ended> {
  return await startCli(main, words, place).ended;
}

/** Processes whose parent this one is, as far as the system tells. */
export function childrenOf(pid: number): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return listed === "" ? [] : listed.split(" ").map(Number);
}

export function isAlive(pid: number): boolean {
  try {
    // A dead child that nobody has asked about yet is still listed, as a zombie.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Whether it ends within that time. */
export async function ended(pid: number, milliseconds: number): Promise<boolean> {
  for (const until = Date.now() + milliseconds; Date.now() < until; ) {
    if (!isAlive(pid)) return true;
    await pause(20);
  }
  return false;
}
