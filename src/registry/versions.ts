/** Numbered versions of a name, a folder each, and which of two documents is the newer. */
import { namesIn } from "./stored.ts";

/** In order; other folders are no versions. */
export function numbered(folder: string): string[] {
  return namesIn(folder, "folders")
    .filter((version) => /^[1-9]\d*$/.test(version))
    .sort((a, b) => Number(a) - Number(b));
}

export function nextVersion(folder: string): string {
  return String(1 + Number(numbered(folder).at(-1) ?? 0));
}

interface Dated {
  readonly document: { readonly created: string; readonly version: string };
}

export function byTime({ document: a }: Dated, { document: b }: Dated): number {
  if (a.created !== b.created) return a.created < b.created ? -1 : 1;
  return Number(a.version) - Number(b.version);
}
