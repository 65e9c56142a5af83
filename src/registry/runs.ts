/** The runs of a workspace, sorted by time through their names. */
import { type Key, Problem } from "../base/index.ts";
import type { RunDocument } from "../formats/documents/index.ts";
import type { Shelf } from "./datasets.ts";
import { nearest } from "./nearest.ts";
import { type Run, type RunFolder, type RunWork, readRun, startRun } from "./run.ts";
import { runId } from "./run-id.ts";
import { namesIn, readAll } from "./stored.ts";

/** What a new run says about itself; name, time and format are added. */
export type RunDraft = Omit<RunDocument, "format" | "id" | "created">;

/** Every run, the newest last. */
export function runs({ layout, emit }: Shelf): Run[] {
  return readAll(namesIn(layout.runs, "folders"), {
    read: (id) => readRun(layout.run(id)),
    emit,
  });
}

/** A run by its name, by the beginning of its name, or the newest one as `@last`. */
export function run(shelf: Shelf, asked: string): Run {
  const names = namesIn(shelf.layout.runs, "folders");
  if (names.length === 0) {
    throw new Problem("registry/nothing-yet", { kind: "run", workspace: shelf.workspace });
  }
  const matching = asked === "@last" ? names.slice(-1) : names.filter((id) => id.startsWith(asked));
  const id = names.includes(asked) ? asked : matching[0];
  const found =
    matching.length > 1 && id !== asked ? undefined : id && readRun(shelf.layout.run(id));
  if (!found)
    throw new Problem("registry/unknown-run", { name: asked, nearest: near(asked, names) });
  return found;
}

export function createRun(
  { layout }: Shelf,
  draft: RunDraft,
  { key, ...work }: RunWork & { key: Key },
): RunFolder {
  const time = work.clock.now();
  const id = runId(draft.kind, { time, key });
  const created = time.toISOString();
  return startRun(layout.run(id), { format: 1, id, created, ...draft }, work);
}

/** Names that begin as asked are nearer than any misspelling. */
function near(asked: string, names: readonly string[]): string {
  const same = names.filter((id) => id.startsWith(asked)).slice(-3);
  return same.length > 0 ? same.join(", ") : nearest(asked, names);
}
