/** Fetches oneDNN with the machine's own pip into the user's cache, and tries it. Uses the network. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Problem, silent } from "../base/index.ts";
import { cacheFolder } from "./cache-folder.ts";
import { openExecutor } from "./executor.ts";
import { installedOnednn, onednnInstallable, onednnRelease } from "./find-onednn.ts";
import { runPython, type Told } from "./job/python.ts";
import { trainingRate } from "./rates.ts";
import type { Work } from "./work.ts";

export interface InstallOnednnResult {
  readonly path: string;
  readonly version: string;
  /** Billions of multiplications and additions a second in training. */
  readonly rate: number;
}

type RunPython = (
  words: readonly string[],
  options: { readonly signal: AbortSignal },
) => Promise<Told>;

export async function installOnednn(
  _: object,
  work: Work,
  { cache = cacheFolder(), run = runPython }: { cache?: string; run?: RunPython } = {},
): Promise<InstallOnednnResult> {
  if (!onednnInstallable()) {
    throw new Problem("app/install-unsuited", { platform: `${process.platform} ${process.arch}` });
  }
  const { wheel, version } = onednnRelease;
  work.emit({ type: "notice", level: "info", code: "app/installing", values: { wheel } });
  const goal = installedOnednn(cache);
  mkdirSync(dirname(dirname(goal)), { recursive: true });
  const aside = mkdtempSync(`${dirname(goal)}.new-`);
  try {
    const python = (words: readonly string[]) => run(words, { signal: work.signal });
    refuse(
      await python([
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "-d",
        aside,
        wheel,
      ]),
    );
    const file = readdirSync(aside).find((name) => name.endsWith(".whl"));
    if (file === undefined) throw failed("no wheel came");
    const unpacked = join(aside, "unpacked");
    refuse(await python(["-m", "zipfile", "-e", join(aside, file), unpacked]));
    const libraries = readdirSync(unpacked, { recursive: true, encoding: "utf8" });
    const library = libraries.find((path) => basename(path) === onednnRelease.file);
    if (library === undefined) throw failed(`${file} holds no ${onednnRelease.file}`);
    const rate = await tried(join(unpacked, library), work);
    mkdirSync(dirname(goal), { recursive: true });
    renameSync(join(unpacked, library), goal);
    return { path: goal, version, rate };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** A library that does not load or compute here is not kept. */
async function tried(path: string, work: Work): Promise<number> {
  const machine = { executor: "onednn", threads: 1, precision: "f32", device: "cpu" } as const;
  const quiet = { ...work, emit: silent };
  const executor = await openExecutor(machine, quiet, { path, from: onednnRelease.wheel });
  try {
    return await trainingRate(executor, work.clock);
  } finally {
    await executor.dispose();
  }
}

function refuse({ code, said }: Told): void {
  if (code === 0) return;
  const last = said.trim().split("\n").slice(-3).join(" ").trim();
  if (code === undefined) throw new Problem("app/python-missing", { what: "python", said: last });
  if (/No module named pip/.test(said)) {
    throw new Problem("app/python-missing", { what: "pip", said: last });
  }
  throw failed(last);
}

function failed(said: string): Problem {
  return new Problem("app/install-failed", { wheel: onednnRelease.wheel, said });
}
