/** A path that leads nowhere, and what lies beside it: datasets and folders of nearly that name. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Problem } from "../base/index.ts";
import { nearest } from "../registry/index.ts";

/** Throws `data/path-missing` with the names that may have been meant. */
export function requirePath(
  typed: string,
  { cwd, datasets }: { readonly cwd: string; readonly datasets: readonly string[] },
): void {
  const path = resolve(cwd, typed);
  if (existsSync(path)) return;
  const beside = namesIn(dirname(path));
  const near = nearest(basename(path), [...new Set([...beside, ...datasets])]);
  const meant = near === "none" ? near : near.split(", ").map((name) => spelt(typed, name, beside));
  throw new Problem("data/path-missing", {
    path,
    nearest: typeof meant === "string" ? meant : meant.join(", "),
  });
}

/** As a person would type it in place of what was typed. */
function spelt(typed: string, name: string, beside: readonly string[]): string {
  const folder = dirname(typed);
  if (!beside.includes(name) || folder === ".") return name;
  return join(folder, name);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}
