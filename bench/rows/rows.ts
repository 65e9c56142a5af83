/**
 * Every row of the table, one bench after the other, each in a process of its own. A report is kept
 * in `--out` when it is there, so that a run that was stopped goes on.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BenchOptions, type BenchReport, Stop } from "../harness/index.ts";
import { type Failed, renderTable } from "./table.ts";

/** Those that race a peer and end within minutes. */
export const usualRows = [
  "step-resnet18",
  "step-res-5-250",
  "step-vit-tiny",
  "memory",
  "portable",
  "torch-device",
  "embed",
  "augment",
  "ingest",
  "measures",
] as const;

const mostOutput = 2 ** 26;

export async function rows({ rest, out, ...options }: BenchOptions): Promise<undefined> {
  if (out === undefined) {
    throw new Stop("usage", "rows needs a folder for the reports: --out FOLDER.");
  }
  mkdirSync(out, { recursive: true });
  const reports: BenchReport[] = [];
  const failed: Failed[] = [];
  for (const bench of rest.length > 0 ? rest : usualRows) {
    const file = join(out, `${bench}.json`);
    try {
      if (!existsSync(file)) writeFileSync(file, await reportOf(bench, options));
      reports.push(JSON.parse(readFileSync(file, "utf8")));
    } catch (cause) {
      failed.push({ bench, why: wordsOf(cause) });
      process.stderr.write(`${bench}: ${wordsOf(cause)}\n`);
    }
    writeFileSync(join(out, "table.md"), `${renderTable(reports, failed)}\n`);
  }
  process.stdout.write(`${renderTable(reports, failed)}\n`);
  if (failed.length > 0) {
    const names = failed.map(({ bench }) => bench).join(", ");
    throw new Stop("child-died", `${failed.length} rows have no result: ${names}.`);
  }
}

type Passed = Omit<BenchOptions, "rest" | "out">;

/** The bench's own report, as it prints it. */
async function reportOf(bench: string, options: Passed): Promise<string> {
  const began = Date.now();
  process.stderr.write(`${bench} …\n`);
  const [main] = process.argv.slice(1);
  const words = [...process.execArgv, main, bench, "--json", ...wordsFor(options)];
  const running = promisify(execFile)(process.execPath, words, { maxBuffer: mostOutput });
  running.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout } = await running;
  process.stderr.write(`${bench}: ${Math.round((Date.now() - began) / 1000)} s\n`);
  return stdout;
}

/** Options that were given, for a process that reads them again. */
function wordsFor({ threads, rounds, repeat, minutes, executor, peers, cache }: Passed): string[] {
  const given = { threads, rounds, repeat, minutes, executor, peers: peers?.join(), cache };
  return Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
}

/** The last line that it said, which is its reason. */
function wordsOf(cause: unknown): string {
  const said =
    cause instanceof Error && "stderr" in cause && typeof cause.stderr === "string"
      ? cause.stderr.trim().split("\n").at(-1)
      : undefined;
  return said || (cause instanceof Error ? cause.message : String(cause));
}
