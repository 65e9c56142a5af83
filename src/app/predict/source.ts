/** Pictures from files, folders and a watched folder, a few at a time; what cannot be read is told. */
import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Clock, Problem } from "../../base/index.ts";
import type { HeadDocument } from "../../formats/documents/index.ts";
import { type FoundFile, readPicture, type Scanned, scanFolder } from "../../learn/data/index.ts";
import { openSettling, type Seen } from "../settling.ts";
import type { Unread } from "./options.ts";

export interface ReadPicture {
  readonly path: string;
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

export interface SourceOptions {
  readonly cwd: string;
  readonly files: readonly string[];
  readonly watch?: string | undefined;
  readonly form: HeadDocument["pictures"];
  /** Files that are read at once. */
  readonly batch: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onUnread: (file: Unread) => void;
  readonly quietMilliseconds?: number | undefined;
}

/** A file must stay the same for this long; looking takes at most a twentieth of the time. */
const quiet = 3000;
const rest = { least: 500, times: 20 } as const;

export async function* pictureBatches(options: SourceOptions): AsyncGenerator<ReadPicture[]> {
  const { files, watch, cwd } = options;
  for (const file of files) yield* readAll(filesUnder(file, options), options);
  if (watch === undefined) return;
  const root = resolve(cwd, watch);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Problem("data/not-a-folder", { path: root });
  }
  yield* watched(watch, options);
}

interface Listed {
  /** As it is named in the answer. */
  readonly path: string;
  readonly root: string;
  readonly found: Scanned;
}

async function* filesUnder(file: string, { cwd }: SourceOptions): AsyncGenerator<Listed> {
  const full = resolve(cwd, file);
  const stats = statSync(full, { throwIfNoEntry: false });
  if (stats?.isDirectory()) {
    for await (const found of scanFolder(full)) {
      yield { path: join(file, found.path), root: full, found };
    }
    return;
  }
  const [root, path] = [dirname(full), full.slice(dirname(full).length).replace(/^[/\\]/, "")];
  const found = stats
    ? { path, bytes: stats.size, modified: stats.mtimeMs }
    : ({ path, code: "data/path-missing", values: { path: file, nearest: "none" } } as const);
  yield { path: file, root, found };
}

async function* watched(folder: string, options: SourceOptions): AsyncGenerator<ReadPicture[]> {
  const { cwd, clock, signal, quietMilliseconds = quiet } = options;
  const root = resolve(cwd, folder);
  const known = new Map<string, Seen>();
  const settling = openSettling(known, quietMilliseconds);
  while (!signal.aborted) {
    const started = clock.monotonic();
    const here = new Map<string, FoundFile>();
    for await (const found of scanFolder(root)) if (!("code" in found)) here.set(found.path, found);
    const { whole } = settling.look(here, clock.monotonic());
    const ready = whole.flatMap((path) => here.get(path) ?? []);
    for (const { path, bytes, modified } of ready) known.set(path, { bytes, modified });
    const listed = ready.map((found) => ({ path: join(folder, found.path), root, found }));
    yield* readAll(listed, options);
    const wait = Math.max(rest.least, rest.times * (clock.monotonic() - started));
    await pause(wait, undefined, { signal }).catch(() => {});
  }
}

/** Reads one batch ahead of what the caller works on. */
async function* readAll(
  listed: Iterable<Listed> | AsyncIterable<Listed>,
  options: SourceOptions,
): AsyncGenerator<ReadPicture[]> {
  let ahead: Promise<ReadPicture[]> | undefined;
  let some: Listed[] = [];
  for await (const file of listed) {
    some.push(file);
    if (some.length < options.batch) continue;
    const next = readSome(some, options);
    some = [];
    if (ahead) yield await ahead;
    ahead = next;
  }
  if (ahead) yield await ahead;
  if (some.length > 0) yield await readSome(some, options);
}

async function readSome(
  files: readonly Listed[],
  { form, onUnread }: SourceOptions,
): Promise<ReadPicture[]> {
  const { resolution, ...decoding } = form;
  const read = files.map(async ({ path, root, found }) => {
    if ("code" in found) return { path, pictures: [], rejected: [found] };
    const options = { resolution, decoding, isKnown: () => false };
    return { path, ...(await readPicture(root, found, options)) };
  });
  return (await Promise.all(read)).flatMap(({ path, pictures, rejected }) => {
    for (const { code, values } of rejected) onUnread({ path, code, values: { ...values, path } });
    return pictures.flatMap(({ path: own, decoded }) => {
      const page = own.includes("#") ? own.slice(own.lastIndexOf("#")) : "";
      return decoded ? [{ path: `${path}${page}`, ...decoded }] : [];
    });
  });
}
