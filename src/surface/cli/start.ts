/**
 * The launcher of the portable folder: asks for a folder of pictures, takes it through the pilot in
 * a folder of the user's own, and opens the report. What stopped goes on when started again.
 */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { openFile } from "../../app/index.ts";
import { digestBytes } from "../../base/index.ts";
import { type Language, languageOf, sentence } from "../../words/index.ts";
import { droppedInto, droppedOn } from "./dropped.ts";

const { env, platform, stdout } = process;
const language = preferred();
const say = (id: Parameters<typeof sentence>[0], values: Parameters<typeof sentence>[1] = {}) =>
  stdout.write(`${sentence(id, values, language)}\n`);

say("start/welcome");
const [given, ...options] = process.argv.slice(2);
const folder = handedOver(given) ?? (await ask());
if (folder === undefined) {
  say("start/nothing-chosen");
  process.exitCode = 2;
} else {
  await carryOut(resolve(folder));
}

/** Windows tells its language to no environment variable. */
function preferred(): Language {
  const { locale } = Intl.DateTimeFormat().resolvedOptions();
  return languageOf(env.LC_ALL || env.LC_MESSAGES || env.LANG || locale);
}

function handedOver(given: string | undefined): string | undefined {
  const { TANAFUDA_LAUNCHER: launcher, TANAFUDA_LINE: line } = env;
  const dropped = launcher && line ? droppedOn(launcher, line) : undefined;
  return usable(dropped) ?? usable(given);
}

function usable(path: string | undefined): string | undefined {
  if (path === undefined || path === "") return undefined;
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  say("start/not-a-folder", { path });
  return undefined;
}

async function ask(): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin });
  try {
    say("start/ask");
    for await (const answer of terminal) {
      const folder = usable(droppedInto(answer, platform));
      if (folder !== undefined) return folder;
      say("start/ask");
    }
    return undefined;
  } finally {
    terminal.close();
  }
}

/** One place for each folder, so that folders of one name do not meet. */
async function carryOut(pictures: string): Promise<void> {
  const mark = digestBytes(pictures).slice(0, 4);
  const home = join(homedir(), "Tanafuda", `${basename(pictures) || "pictures"}-${mark}`);
  mkdirSync(home, { recursive: true });
  process.chdir(home);
  say("start/results-in", { path: home });
  const out = nextReport(home);
  const resume = existsSync(out) ? ["--resume"] : [];
  const words = ["pilot", pictures, "--out", out, ...resume, "--lang", language, ...options];
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...words);
  await import("./main.ts");
  const page = join(out, "report.html");
  if (!process.exitCode && existsSync(page) && !(await openFile(page))) {
    say("start/no-viewer", { path: page });
  }
}

/** Reports that are there stay there. */
function nextReport(home: string): string {
  for (let number = 1; ; number++) {
    const folder = join(home, number === 1 ? "report" : `report-${number}`);
    if (!existsSync(join(folder, "report.html"))) return folder;
  }
}
