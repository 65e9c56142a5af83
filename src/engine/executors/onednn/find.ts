/** Where a oneDNN is: the file that was named, else version 2 before version 3, the system's before the user's own. */
import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { libraryFolders, Problem } from "../../../base/index.ts";

export interface FoundOnednn {
  readonly path: string;
  readonly from: "option" | "environment" | "system" | "cache";
}

type Candidate = FoundOnednn & { readonly major: number };

export interface OnednnPlaces {
  /** A library, or a folder that holds one. */
  readonly explicit?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly systemFolders?: readonly string[];
  /** The user's own: a folder for each version. */
  readonly cache?: string;
}

/** Undefined where there is none. What was named is taken or refused, never passed by. */
export function findOnednn({
  explicit,
  environment = process.env,
  systemFolders = libraryFolders,
  cache = ownFolder(environment),
}: OnednnPlaces = {}): FoundOnednn | undefined {
  if (explicit !== undefined) return { path: named(explicit), from: "option" };
  const wanted = environment.TANAFUDA_ONEDNN;
  if (wanted) return { path: named(wanted), from: "environment" };
  const found: readonly Candidate[] = [
    ...systemFolders.flatMap((folder) => within(folder, "system")),
    ...versionsIn(cache).flatMap((folder) => within(folder, "cache")),
  ];
  const best = found.find(({ major }) => major === 2) ?? found.at(0);
  return best && { path: best.path, from: best.from };
}

function named(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) throw unusable(path, "absent");
  if (!status.isDirectory()) return path;
  const [first] = within(path, "system").sort((a, b) => a.major - b.major);
  if (!first) throw unusable(path, "empty");
  return first.path;
}

function unusable(path: string, what: "absent" | "empty"): Problem {
  return new Problem("engine/library-missing", { library: `oneDNN (${path})`, what, message: "" });
}

function ownFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const cache = environment.XDG_CACHE_HOME || join(environment.HOME || homedir(), ".cache");
  return join(cache, "tanafuda", "onednn");
}

/** The newest first. */
function versionsIn(folder: string): string[] {
  const byNumber = new Intl.Collator("en", { numeric: true });
  return filesIn(folder)
    .sort((a, b) => byNumber.compare(b, a))
    .map((version) => join(folder, version));
}

/** Libraries of versions 2 and 3, each major version by its shortest name. */
function within(folder: string, from: FoundOnednn["from"]): Candidate[] {
  return filesIn(folder)
    .sort((a, b) => a.length - b.length)
    .flatMap((file) => {
      const match = /^libdnnl\.(?:so\.([23])(?:\.[\d.]+)?|([23])(?:\.[\d.]+)?\.dylib)$/.exec(file);
      return match ? [{ path: join(folder, file), from, major: Number(match[1] ?? match[2]) }] : [];
    });
}

function filesIn(folder: string): string[] {
  const status = statSync(folder, { throwIfNoEntry: false });
  return status?.isDirectory() ? readdirSync(folder) : [];
}
