/** Folders that are either there whole or not at all. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { asidePath, syncFolder } from "./aside.ts";
import type { AtomicOptions } from "./file.ts";
import { placeFolder } from "./place.ts";
import { explainWriting } from "./write-problem.ts";

/** A folder being filled; it does not exist under its name before `finish`. */
export interface AtomicFolder extends Disposable {
  /** Where to write what will be in it. */
  readonly folder: string;
  /** Names the folder; false if `existing: "keep"` kept what was there. */
  finish(): boolean;
  abandon(): void;
}

export function startFolder(
  path: string,
  { existing = "refuse", aside = dirname(path) }: AtomicOptions = {},
): AtomicFolder {
  const folder = explainWriting(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(aside, { recursive: true });
    const folder = asidePath(aside);
    mkdirSync(folder);
    return folder;
  });
  let open = true;
  const abandon = () => {
    if (open) rmSync(folder, { recursive: true, force: true });
    open = false;
  };
  return {
    folder,
    finish() {
      try {
        const placed = explainWriting(path, () => finishFolder(folder, path, existing));
        open = false;
        return placed;
      } finally {
        abandon();
      }
    },
    abandon,
    [Symbol.dispose]: abandon,
  };
}

/** Makes a filled folder last and gives it its name, for folders whose name is known at the end. */
export function finishFolder(
  folder: string,
  path: string,
  existing: AtomicOptions["existing"] = "refuse",
): boolean {
  return explainWriting(path, () => {
    syncTree(folder);
    mkdirSync(dirname(path), { recursive: true });
    return placeFolder(folder, path, existing);
  });
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) {
      const descriptor = openSync(path, "r+");
      try {
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }
  }
  syncFolder(folder);
}
