/** Compiles this repository once as the package is compiled, so that what is timed is what is used. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Stop } from "./stop.ts";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, "dist-bench");
let building: Promise<void> | undefined;

/** Where the JavaScript of a source file lies, as a path; the first call builds everything. */
export async function builtScript(source: string): Promise<string> {
  building ??= build();
  await building;
  return join(folder, source.replace(/\.ts$/, ".js"));
}

/** Types are for `npm run check`; here only what runs is wanted. */
async function build(): Promise<void> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  try {
    await promisify(execFile)(process.execPath, [compiler, "-p", join(root, "bench")]);
  } catch (cause) {
    throw new Stop("child-died", `The sources could not be compiled: ${String(cause)}`);
  }
}
