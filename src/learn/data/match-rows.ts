/** Which item a row of a list means: by path, by id, by a base name that occurs once. */
import type { LabelList, LabelRow } from "./label-list.ts";

export interface Items {
  readonly id: readonly string[];
  readonly path: readonly string[];
}

export interface Matches {
  /** Rows with the position of their item, in the list's order. */
  readonly matched: readonly { readonly row: LabelRow; readonly item: number }[];
  readonly missing: readonly LabelRow[];
  /** Rows whose base name occurs several times. */
  readonly ambiguous: readonly LabelRow[];
}

const severally = -1;

/** `root` is where the items lie, so that absolute paths match too. */
export function matchRows(list: LabelList, items: Items, root: string): Matches {
  const byPath = new Map<string, number>();
  const byName = new Map<string, number>();
  const once = (name: string, i: number) => byName.set(name, byName.has(name) ? severally : i);
  for (let i = 0; i < items.id.length; i++) byPath.set(normalPath(items.id[i], root), i);
  for (let i = 0; i < items.path.length; i++) byPath.set(normalPath(items.path[i], root), i);
  for (let i = 0; i < items.path.length; i++) {
    const name = baseName(normalPath(items.path[i], root));
    once(name, i);
    const stem = name.replace(/\.[^.]+$/, "");
    if (stem !== name) once(stem, i);
  }
  const matched: { row: LabelRow; item: number }[] = [];
  const missing: LabelRow[] = [];
  const ambiguous: LabelRow[] = [];
  for (const row of list.rows) {
    const path = normalPath(row.key, root);
    // A row with folders in its path means that path: its base name may be another picture's.
    const item = byPath.get(path) ?? (path.includes("/") ? undefined : byName.get(path));
    if (item === undefined) missing.push(row);
    else if (item === severally) ambiguous.push(row);
    else matched.push({ row, item });
  }
  return { matched, missing, ambiguous };
}

/** One spelling of a relative path: NFC, forward slashes, no leading "./", without the root. */
function normalPath(path: string, root = ""): string {
  const plain = path.normalize("NFC").replaceAll("\\", "/");
  const prefix = `${root.normalize("NFC").replaceAll("\\", "/").replace(/\/$/, "")}/`;
  const inside = prefix !== "/" && plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  return inside.replace(/^(\.\/)+/, "");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
