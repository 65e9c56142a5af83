/** Where a PyTorch is installed: the place that was named, the active virtual environment, Python's. */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Problem } from "../../../base/index.ts";

export interface FoundTorch {
  /** The folder of its shared libraries. */
  readonly folder: string;
  /** As its files say, before anything is loaded; undefined where they do not say. */
  readonly version?: string;
  readonly by: "TANAFUDA_TORCH" | "VIRTUAL_ENV" | "python";
}

export interface FindTorchOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Asks Python for the folder of its package `torch`: whoever may start processes passes it in. */
  readonly ask?: () => Promise<string | undefined>;
}

/** The first version whose C interface has all that is called here. */
export const leastVersion = "2.11";

/** Throws a Problem that says what to install; a place that was named is used or refused, never passed by. */
export async function findTorch({
  environment = process.env,
  ask = async () => undefined,
}: FindTorchOptions = {}): Promise<FoundTorch> {
  const named = environment.TANAFUDA_TORCH;
  if (named) return await at(named, "TANAFUDA_TORCH");
  const active = environment.VIRTUAL_ENV;
  const inside = active ? await packageIn(active) : undefined;
  if (inside) return await at(inside, "VIRTUAL_ENV");
  const told = await ask();
  if (told) return await at(told, "python");
  throw new Problem("engine/torch-missing", { least: leastVersion });
}

async function at(place: string, by: FoundTorch["by"]): Promise<FoundTorch> {
  const folder = (await isFile(join(place, mainLibrary))) ? place : join(place, "lib");
  if (!(await isFile(join(folder, mainLibrary)))) {
    const found = mainLibrary;
    throw new Problem("engine/torch-unusable", { reason: "noLibrary", path: place, found });
  }
  const version = await versionBeside(folder);
  if (version !== undefined) checkVersion(version, folder);
  return { folder, by, ...(version === undefined ? {} : { version }) };
}

/** Throws unless the version, like "2.15.0+cpu", is one whose interface is known. */
export function checkVersion(version: string, path: string): void {
  const [major, minor] = version.split(/[.+]/).map(Number);
  const [leastMajor, leastMinor] = leastVersion.split(".").map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  const values = { path, found: version, least: leastVersion };
  throw new Problem("engine/torch-unusable", { reason: "tooOld", ...values });
}

const names: Readonly<Record<string, (name: string) => string>> = {
  darwin: (name) => `lib${name}.dylib`,
  win32: (name) => `${name}.dll`,
};

/** A library's file name on this system. */
export function libraryFile(name: string): string {
  return names[process.platform]?.(name) ?? `lib${name}.so`;
}

export const mainLibrary = libraryFile("torch_cpu");

async function packageIn(environment: string): Promise<string | undefined> {
  const lib = join(environment, "lib");
  const versions = (await readdir(lib).catch(() => [])).filter((name) => /^python3\./.test(name));
  const places = [...versions.map((name) => join(lib, name)), join(environment, "Lib")];
  for (const place of places) {
    const candidate = join(place, "site-packages", "torch");
    if (await isFile(join(candidate, "lib", mainLibrary))) return candidate;
  }
  return undefined;
}

/** `torch/version.py` of a Python package; `build-version` of the archive for C++. */
async function versionBeside(folder: string): Promise<string | undefined> {
  const above = basename(folder) === "lib" ? dirname(folder) : folder;
  const python = await readFile(join(above, "version.py"), "utf8").catch(() => "");
  const found = /^__version__ = ['"]([^'"]+)['"]/m.exec(python)?.[1];
  if (found !== undefined) return found;
  const archive = await readFile(join(above, "build-version"), "utf8").catch(() => undefined);
  return archive?.trim();
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
