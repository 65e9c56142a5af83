/**
 * Which item a row of a list means: by path, by id, by a base name that occurs once. Lists come from
 * other machines: backslashes, drive letters, shares and other spellings of one name are seen through.
 */
import { Problem } from "../../base/index.ts";
import { baseName, foldedPath, plainPath, rootPrefix, withoutRoot } from "./item-path.ts";
import type { LabelList, LabelRow } from "./label-list.ts";
import { pagesByFile } from "./pages.ts";

export interface Items {
  readonly id: readonly string[];
  readonly path: readonly string[];
}

export interface Match {
  readonly row: LabelRow;
  readonly item: number;
}

export interface Matches {
  /** Rows with the position of their item, in the list's order. */
  readonly matched: readonly Match[];
  readonly missing: readonly LabelRow[];
  /** Rows whose base name occurs several times. */
  readonly ambiguous: readonly LabelRow[];
  /** Of those matched: only letter case, width or blanks differ from the item's path. */
  readonly respelled: readonly Match[];
  /** What stands in the list for the folder of the items, where that is a path elsewhere. */
  readonly elsewhere?: string;
  /** An item that the first missing row may have meant: its name with another folder or ending. */
  readonly nearest?: string;
}

const severally = -1;
const kept = new WeakMap<LabelList, { items: readonly string[]; root: string; made: Matches }>();

/** `root` is where the items lie, so that absolute paths match too. */
export function matchRows(list: LabelList, items: Items, root: string): Matches {
  const before = kept.get(list);
  if (before?.items === items.path && before.root === root) return before.made;
  const made = match(list, items, rootPrefix(root));
  kept.set(list, { items: items.path, root, made });
  return made;
}

/** The same; throws `data/labels-match-nothing` for a list that names none of the items. */
export function requireMatches(list: LabelList, items: Items, root: string): Matches {
  const matches = matchRows(list, items, root);
  if (matches.matched.length > 0) return matches;
  throw new Problem("data/labels-match-nothing", {
    file: list.source,
    rows: list.rows.length,
    column: list.key,
    first: list.rows[0]?.key ?? "",
    path: items.path[0] ?? "",
  });
}

function match(list: LabelList, items: Items, root: string): Matches {
  const exact = indexItems(items, root, (path) => path);
  const folded = indexItems(items, root, foldedPath);
  const elsewhere = commonBeginning(list, exact, root);
  const matched: Match[] = [];
  const respelled: Match[] = [];
  const missing: LabelRow[] = [];
  const ambiguous: LabelRow[] = [];
  for (const row of list.rows) {
    const path = inside(row.key, elsewhere, root);
    const asWritten = find(exact, path);
    const item = asWritten ?? find(folded, foldedPath(path));
    if (item === undefined) missing.push(row);
    else if (item === severally) ambiguous.push(row);
    else {
      matched.push({ row, item });
      if (asWritten === undefined) respelled.push({ row, item });
    }
  }
  matched.push(...pagesOf(matched, items.path));
  const [first] = missing;
  const near = first && nearestTo(inside(first.key, elsewhere, root), folded);
  return {
    ...{ matched, missing, ambiguous, respelled },
    ...(elsewhere !== undefined && { elsewhere }),
    ...(near !== undefined && { nearest: items.path[near] }),
  };
}

/** What a row says of a file holds for its further pages, unless rows name them. */
function pagesOf(matched: readonly Match[], paths: readonly string[]): Match[] {
  const named = new Set(matched.map(({ item }) => item));
  const pages = pagesByFile(paths, () => true);
  if (pages.size === 0) return [];
  return matched.flatMap(({ row, item }) =>
    (pages.get(paths[item]) ?? []).flatMap((page) =>
      named.has(page) ? [] : [{ row, item: page }],
    ),
  );
}

interface ItemIndex {
  readonly byPath: ReadonlyMap<string, number>;
  readonly byName: ReadonlyMap<string, number>;
}

/** A spelling that several items share stands for none of them, unless it is the id of one. */
function indexItems({ id, path }: Items, root: string, spell: (path: string) => string): ItemIndex {
  const byPath = new Map<string, number>();
  const byName = new Map<string, number>();
  const once = (index: Map<string, number>, key: string, i: number) =>
    index.set(key, (index.get(key) ?? i) === i ? i : severally);
  const paths = path.map((own) => spell(withoutRoot(own, root)));
  for (let i = 0; i < path.length; i++) {
    once(byPath, paths[i], i);
    const name = baseName(paths[i]);
    once(byName, name, i);
    const stem = withoutEnding(name);
    if (stem !== name) once(byName, stem, i);
  }
  for (let i = 0; i < id.length; i++) {
    const key = spell(withoutRoot(id[i], root));
    if ((byPath.get(key) ?? severally) === severally) byPath.set(key, i);
  }
  return { byPath, byName };
}

/** A row with folders in its path means that path: its base name may be another picture's. */
function find({ byPath, byName }: ItemIndex, path: string): number | undefined {
  return byPath.get(path) ?? (path.includes("/") ? undefined : byName.get(path));
}

/**
 * Paths of another machine begin differently (a drive, a share, another home), or with the folder's
 * own name. What has to be taken off for the most rows to name an item is that beginning; rows that
 * begin otherwise name nothing here.
 */
function commonBeginning(list: LabelList, { byPath }: ItemIndex, root: string): string | undefined {
  const counts = new Map<string, number>();
  for (const { key } of list.rows) {
    const path = withoutRoot(key, root);
    if (byPath.has(path) || !path.includes("/")) continue;
    for (let cut = path.indexOf("/"); cut >= 0; cut = path.indexOf("/", cut + 1)) {
      if (!byPath.has(path.slice(cut + 1))) continue;
      const beginning = path.slice(0, cut + 1);
      const isAbsolute = /^(\/|[a-z]:)/i.test(path);
      if (isAbsolute || root.endsWith(`/${beginning}`)) {
        counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
      }
      break;
    }
  }
  return [...counts].reduce<[string?, number?]>(
    (best, next) => (next[1] > (best[1] ?? 0) ? next : best),
    [],
  )[0];
}

function inside(key: string, elsewhere: string | undefined, root: string): string {
  const path = withoutRoot(key, root);
  if (elsewhere === undefined) return path;
  // Drives and shares do not tell capital letters from small ones.
  const start = path.slice(0, elsewhere.length);
  return start.toLowerCase() === elsewhere.toLowerCase() ? path.slice(elsewhere.length) : path;
}

function nearestTo(path: string, { byName }: ItemIndex): number | undefined {
  const name = baseName(foldedPath(plainPath(path)));
  const found = byName.get(name) ?? byName.get(withoutEnding(name));
  return found === severally ? undefined : found;
}

function withoutEnding(name: string): string {
  return name.replace(/\.[^.]+$/, "");
}
