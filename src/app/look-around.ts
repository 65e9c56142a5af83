/** What a person who types the bare name stands in front of: pictures, a workspace, a report. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { endsLikePicture } from "../formats/image/index.ts";
import { openStore } from "../registry/index.ts";
import { readablePilot } from "./stored-training.ts";

export interface Surroundings {
  /** Folders with pictures in or below them, the fullest first; "." for the one you stand in. */
  readonly folders: readonly { readonly path: string; readonly pictures: number }[];
  readonly datasets: readonly string[];
  /** The command of the last pilot, where it did not come to its end. */
  readonly unfinished?: readonly string[];
  /** The last report there is, and what it was trained to. */
  readonly report?: string;
  readonly isTrained: boolean;
}

/** Looking is cut short here; more pictures are "at least as many". */
const limits = { entries: 5000, depth: 3 } as const;

export function lookAround(cwd: string, workspace: string): Surroundings {
  const store = openStore(workspace);
  const [last] = store
    .runs()
    .filter(({ document }) => document.kind === "pilot")
    .reverse();
  const isOver = last === undefined || ["finished", "running"].includes(last.state());
  const out = last && readablePilot(last)?.out;
  const report = out === undefined ? undefined : join(out, "report.html");
  return {
    folders: pictureFolders(cwd),
    datasets: store.datasetNames(),
    isTrained: store.representations().length > 0,
    ...(last && !isOver && { unfinished: last.document.command }),
    ...(report !== undefined && existsSync(report) && { report }),
  };
}

function pictureFolders(cwd: string): Surroundings["folders"] {
  const budget = { left: limits.entries };
  const here = entriesOf(cwd);
  const own = here.filter((one) => one.isFile() && endsLikePicture(one.name)).length;
  const below = here
    .filter((one) => one.isDirectory() && !one.name.startsWith(".") && one.name !== "node_modules")
    .map(({ name }) => ({ path: name, pictures: countPictures(join(cwd, name), 1, budget) }))
    .filter(({ pictures }) => pictures > 0)
    .sort((a, b) => b.pictures - a.pictures);
  return own > 0 ? [{ path: ".", pictures: own }, ...below] : below;
}

function countPictures(folder: string, depth: number, budget: { left: number }): number {
  let count = 0;
  for (const entry of entriesOf(folder)) {
    if (budget.left-- <= 0) break;
    if (entry.isFile() && endsLikePicture(entry.name)) count++;
    else if (entry.isDirectory() && depth < limits.depth && !entry.name.startsWith(".")) {
      count += countPictures(join(folder, entry.name), depth + 1, budget);
    }
  }
  return count;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
