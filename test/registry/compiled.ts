/** The registry as plain JavaScript, for real child processes that are raced and killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../..");

/** Compiles base, formats and registry into `folder`; returns the registry's doorway. */
export function compileRegistry(folder: string): string {
  return join(compileRooms(folder, ["base", "formats", "registry"]), "registry/index.js");
}

/** Compiles folders of `src` into `folder`; returns where `src` is there. */
export function compileRooms(folder: string, rooms: readonly string[]): string {
  for (const room of rooms) {
    for (const name of readdirSync(join(root, "src", room), {
      recursive: true,
      encoding: "utf8",
    })) {
      if (!name.endsWith(".ts")) continue;
      const goal = join(folder, "src", room, name.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(goal), { recursive: true });
      const source = readFileSync(join(root, "src", room, name), "utf8");
      writeFileSync(goal, ts.transpileModule(source, { compilerOptions }).outputText);
    }
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return join(folder, "src");
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
};

export interface Child {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly lines: readonly string[];
  /** Resolves with how it ended, after all of its output. */
  readonly ended: Promise<{ code: number | null; signal: string | null; errors: string }>;
}

/** Runs a script that was written into the folder of the compiled registry. */
export function runChild(script: string, ...words: readonly string[]): Child {
  const child = spawn(process.execPath, [script, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let errors = "";
  child.stdout.on("data", (part) => {
    out += part;
  });
  child.stderr.on("data", (part) => {
    errors += part;
  });
  return {
    process: child,
    get lines() {
      return out.split("\n").slice(0, -1);
    },
    ended: once(child, "close").then(([code, signal]) => ({ code, signal, errors })),
  };
}
