/**
 * Waits until something new lies whole in a dataset's folder. It looks again and again instead of
 * asking the system to be told: that works on network drives, too, and needs no handle a file.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Problem } from "../base/index.ts";
import type { DatasetVersion } from "../formats/documents/index.ts";
import { scanFolder } from "../learn/data/index.ts";
import { openReadingDesk } from "./desk.ts";
import { openSettling, type Seen } from "./settling.ts";
import type { Work } from "./work.ts";

export interface AwaitOptions {
  /** Its name. */
  readonly dataset: string;
  /** Files that were offered before and are in no version, such as unreadable ones. */
  readonly passed?: readonly (Seen & { readonly path: string })[];
  readonly quietMilliseconds?: number;
}

export type Awaited =
  | { readonly outcome: "stopped" }
  | {
      readonly outcome: "arrived";
      readonly arrived: readonly (Seen & { readonly path: string })[];
      /** Paths of files that are still being written. */
      readonly growing: readonly string[];
    };

/** A file must stay the same for this long; others are waited for no longer than `patience`. */
const quiet = 3000;
const patience = 30_000;
/** Looking takes at most a twentieth of the time. */
const rest = { least: 1000, times: 20 } as const;

export async function awaitPictures(
  { dataset, passed = [], quietMilliseconds = quiet }: AwaitOptions,
  work: Work,
): Promise<Awaited> {
  const { clock, signal } = work;
  const { document } = openReadingDesk(work).store.dataset(dataset);
  const { kind, path: root } = document.source;
  if (kind !== "folder") throw new Problem("app/nothing-to-watch", { dataset, path: root });
  const known = knownFiles(document);
  for (const { path, ...seen } of passed) known.set(path, seen);
  const settling = openSettling(known, quietMilliseconds);
  let first: number | undefined;
  while (!signal.aborted) {
    const started = clock.monotonic();
    const files = await filesIn(root);
    const { whole, growing } = settling.look(files, clock.monotonic());
    if (whole.length === 0) first = undefined;
    else first ??= clock.monotonic();
    const waited = first === undefined ? 0 : clock.monotonic() - first;
    if (whole.length > 0 && (growing.length === 0 || waited > patience)) {
      const arrived = whole.flatMap((path) => {
        const seen = files.get(path);
        return seen ? [{ path, ...seen }] : [];
      });
      return { outcome: "arrived", arrived, growing };
    }
    const took = clock.monotonic() - started;
    const wait = Math.max(rest.least, rest.times * took);
    await pause(wait, undefined, { signal }).catch(() => {});
  }
  return { outcome: "stopped" };
}

function knownFiles({ items, rejected }: DatasetVersion): Map<string, Seen> {
  const known = new Map<string, Seen>();
  for (const [i, path] of items.path.entries()) {
    known.set(path, { bytes: items.bytes?.[i] ?? -1, modified: items.modified?.[i] ?? -1 });
  }
  for (const { path, values } of rejected) {
    known.set(path, { bytes: Number(values.bytes ?? -1), modified: Number(values.modified ?? -1) });
  }
  return known;
}

async function filesIn(root: string): Promise<Map<string, Seen>> {
  const files = new Map<string, Seen>();
  for await (const found of scanFolder(root)) {
    if ("code" in found) continue;
    files.set(found.path, { bytes: found.bytes, modified: found.modified });
  }
  return files;
}
