/** What belongs together: items of one group never fall on both sides of the evaluation split. */
import { Problem } from "../../base/index.ts";
import { type FacetName, facetNames } from "../../formats/documents/index.ts";
import type { LabelList } from "./label-list.ts";
import { matchRows } from "./match-rows.ts";

/** How groups are made; the text form is stored in the dataset version. */
export type GroupRule =
  | { readonly by: "column"; readonly column: string }
  | { readonly by: "facet"; readonly facet: FacetName }
  /** `level` counts from the top, 0 means the folder that the picture lies in. */
  | { readonly by: "folder"; readonly level: number }
  | { readonly by: "near-duplicate" }
  | { readonly by: "item" };

/** Reads `column:lot`, `facet:lot`, `folder`, `folder:2`, `near-duplicate`, `item`. */
export function parseGroupRule(text: string): GroupRule {
  const [by, rest] = [text.replace(/:.*$/s, ""), text.slice(text.indexOf(":") + 1)];
  if (by === "column" && text.includes(":") && rest !== "") return { by, column: rest };
  if (by === "facet") {
    const facet = facetNames.find((name) => name === rest);
    if (facet !== undefined) return { by, facet };
  }
  if (text === "folder") return { by: "folder", level: 0 };
  if (by === "folder" && /^[1-9]\d?$/.test(rest)) return { by, level: Number(rest) };
  if (text === "near-duplicate" || text === "item") return { by: text };
  throw new Problem("data/group-unknown", { group: text });
}

/** The column's value for each item, where the list names the item and the cell is filled. */
export function columnOf(
  list: LabelList,
  column: string,
  items: { id: readonly string[]; path: readonly string[]; root: string },
): (string | undefined)[] {
  if (!list.columns.includes(column)) {
    const columns = list.columns.join(", ");
    throw new Problem("data/labels-column-missing", { file: list.source, column, columns });
  }
  const values = new Array<string | undefined>(items.id.length).fill(undefined);
  for (const { row, item } of matchRows(list, items, items.root).matched) {
    const value = row.values[column];
    if (value === undefined || value === "") continue;
    const before = values[item];
    if (before !== undefined && before !== value) {
      const path = items.path[item];
      const found = { file: list.source, column, path, first: before, second: value };
      throw new Problem("data/list-contradicts", found);
    }
    values[item] = value;
  }
  return values;
}

/** The folder at `level`, as the path down to it; pictures that lie higher take their own folder. */
export function folderGroup(path: string, level: number): string {
  const folders = path.normalize("NFC").split("/").slice(0, -1);
  return (level === 0 ? folders : folders.slice(0, level)).join("/") || ".";
}

/** For items that no rule reaches: equal bytes are one group, all else stands alone. */
export function ownGroup(digest: string): string {
  return digest.slice(0, 16);
}
