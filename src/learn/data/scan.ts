/** Walks a folder lazily in a stable order and says of every file what it is, without opening it. */
import { lstatSync } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Code, Evidence } from "../../base/index.ts";

export interface FoundFile {
  /** Relative to the source, parts joined by "/". */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A file that is not taken in, and why: `code` has a sentence, `values` fill it. */
export interface Rejected {
  readonly path: string;
  readonly code: Code;
  readonly values: Evidence;
}

export type Scanned = FoundFile | Rejected;

/** How many files of one folder are asked for their size at once. */
const atOnce = 64;
/** Milliseconds a file; above, files are asked for side by side, since a network answers slowly. */
const slow = 0.2;

/** Depth first, names in code unit order. Names that begin with a dot are left out, folders too. */
export async function* scanFolder(root: string): AsyncGenerator<Scanned> {
  yield* walk(root, "", { real: await realpath(root), isSlow: false });
}

interface Walk {
  readonly real: string;
  /** Whether files have been seen to answer slowly. */
  isSlow: boolean;
}

async function* walk(root: string, folder: string, state: Walk): AsyncGenerator<Scanned> {
  const at = (name: string) => (folder === "" ? name : `${folder}/${name}`);
  let entries: { name: string; isDirectory(): boolean; isFile(): boolean }[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (cause) {
    yield unreadable(folder === "" ? "." : folder, cause);
    return;
  }
  const shown = entries.filter(({ name }) => !name.startsWith("."));
  shown.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (let start = 0; start < shown.length; start += atOnce) {
    const some = shown.slice(start, start + atOnce);
    const began = performance.now();
    const looks = some.map((entry) => {
      if (entry.isDirectory()) return at(entry.name);
      const path = at(entry.name);
      const plain = !state.isSlow && entry.isFile() ? lookAtOnce(root, path) : undefined;
      return plain ?? look(root, path, state.real);
    });
    if (performance.now() - began > slow * some.length) state.isSlow = true;
    for (const found of await Promise.all(looks)) {
      if (typeof found === "string") yield* walk(root, found, state);
      else yield found;
    }
  }
}

/** On a local disk an answer takes less time than waiting for it does. */
function lookAtOnce(root: string, path: string): FoundFile | undefined {
  try {
    const found = lstatSync(`${root}/${path}`);
    return found.isFile() ? { path, bytes: found.size, modified: found.mtimeMs } : undefined;
  } catch {
    // Whoever looks again says why.
    return undefined;
  }
}

async function look(root: string, path: string, real: string): Promise<Scanned> {
  const full = join(root, path);
  try {
    let found = await lstat(full);
    if (found.isSymbolicLink()) {
      const target = await realpath(full).catch(() => undefined);
      if (target === undefined) return { path, code: "data/link-broken", values: { path } };
      if (target !== real && !target.startsWith(real.endsWith(sep) ? real : real + sep)) {
        return { path, code: "data/link-leaves-folder", values: { path, target } };
      }
      found = await stat(full);
      // What lies behind it is met on its own way; following it could go round in circles.
      if (found.isDirectory())
        return { path, code: "data/link-to-folder", values: { path, target } };
    }
    if (!found.isFile()) return { path, code: "data/not-a-file", values: { path } };
    return { path, bytes: found.size, modified: found.mtimeMs };
  } catch (cause) {
    return unreadable(path, cause);
  }
}

/** `cause` is what the file system said. */
export function unreadable(path: string, cause: unknown): Rejected {
  const found = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  // Names that are not UTF-8 come back with replacement characters and are then not found.
  if (found === "ENOENT" && path.includes("\ufffd")) {
    return { path, code: "data/name-not-unicode", values: { path } };
  }
  return { path, code: "data/unreadable-file", values: { path, found } };
}
