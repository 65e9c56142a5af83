/** Folder names as label sets: one a level, each the parent of the next. */
import type { FacetName, LabelSet } from "../../formats/documents/index.ts";
import { labelSetOf } from "./attach-labels.ts";
import { foldersBesides } from "./path-facets.ts";

/**
 * `skip` leading folders mean something else (a split). A class is the path down to its level, so
 * that equal names under different parents stay apart; a picture that lies less deep keeps its
 * deepest folder. Levels that sort nothing, or as the level above does, are left out, and so are
 * folders that name one of `facets`.
 */
export function folderLabelSets(
  paths: readonly string[],
  { skip = 0, facets = [] }: { skip?: number; facets?: readonly FacetName[] } = {},
): LabelSet[] {
  // Many pictures lie in one folder: what its name says is made once.
  const known = new Map<string, readonly string[]>();
  const folders = paths.map((path) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const parts = known.get(folder) ?? foldersBesides(folder, facets).slice(skip);
    known.set(folder, parts);
    return parts;
  });
  const depth = folders.reduce((deepest, parts) => Math.max(deepest, parts.length), 0);
  const sets: LabelSet[] = [];
  for (let level = 1; level <= depth; level++) {
    const named = new Map(
      [...known.values()].map((parts) => [
        parts,
        parts.length === 0 ? undefined : parts.slice(0, level).join("/"),
      ]),
    );
    const texts = folders.map((parts) => named.get(parts));
    const set = labelSetOf(`folder-${level}`, texts, "folder");
    const above = sets.at(-1);
    if (set.classes.length < 2 || set.classes.length === above?.classes.length) continue;
    sets.push(above === undefined ? set : { ...set, parent: above.name });
  }
  const shortened = sets.map((set) => ({ ...set, classes: shortNames(set.classes) }));
  return shortened.length === 1 ? [{ ...shortened[0], name: "folder" }] : shortened;
}

/** The last folder's name alone where that tells all classes apart. */
function shortNames(classes: string[]): string[] {
  const short = classes.map((name) => name.slice(name.lastIndexOf("/") + 1));
  return new Set(short).size === classes.length ? short : classes;
}
