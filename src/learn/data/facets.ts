/** The facets of a version: those of paths made anew, those of lists carried on or attached. */
import { type Emit, silent } from "../../base/index.ts";
import {
  type DatasetVersion,
  type Facet,
  type FacetName,
  facetNames,
} from "../../formats/documents/index.ts";
import { labelSetOf } from "./attach-labels.ts";
import type { Gathered } from "./gather.ts";
import { columnOf } from "./groups.ts";
import type { LabelList } from "./label-list.ts";
import { facetText, pathFacets } from "./path-facets.ts";

/** A list's facet stands before what the paths say, and that before cameras: a person wrote it. */
export function facetsOf(
  paths: readonly string[],
  { gathered, previous }: { gathered: Gathered; previous?: DatasetVersion | undefined },
): Facet[] {
  const { kept, fresh } = gathered;
  const listed = (previous?.facets ?? [])
    .filter(({ source }) => source !== "path" && source !== "exif")
    .map((facet) => {
      const carried = (old: number | undefined) => (old === undefined ? -1 : facet.codes[old]);
      const codes = [...kept.map(carried), ...fresh.map(({ successor }) => carried(successor))];
      return { ...facet, codes };
    });
  return inOrder([...listed, ...pathFacets(paths), ...daysTaken({ gathered, previous })]);
}

/** Kept where there is only one day, too: the pictures of the next day come later. */
function daysTaken({
  gathered: { kept, fresh },
  previous,
}: {
  gathered: Gathered;
  previous?: DatasetVersion | undefined;
}): Facet[] {
  const before = previous?.facets?.find(({ source }) => source === "exif");
  const texts = [
    ...kept.map((i) => before?.values[before.codes[i]]),
    ...fresh.map(({ taken }) => taken),
  ];
  const { classes, codes } = labelSetOf("day", texts, "exif");
  return classes.length > 0 ? [{ name: "day", values: classes, codes, source: "exif" }] : [];
}

/** Which facet a column of a list is about, by its name. */
export function facetOfColumn(column: string): FacetName | undefined {
  const name = column.normalize("NFKC").toLowerCase().trim();
  return facetNames.find((facet) => columnNames[facet].includes(name));
}

const columnNames: Readonly<Record<FacetName, readonly string[]>> = {
  day: ["day", "date", "日付", "年月日", "撮影日", "検査日", "製造日"],
  lot: ["lot", "lot_no", "lot no", "lot number", "ロット", "ロット番号", "ロットno", "ロットno."],
  line: ["line", "production line", "ライン", "製造ライン", "ライン名"],
  camera: ["camera", "cam", "カメラ", "カメラ名", "カメラ番号"],
  inspector: [
    ...["inspector", "inspected_by", "inspected by", "operator", "annotator"],
    ...["判定者", "検査者", "検査員", "検査員名", "担当", "担当者", "担当者名", "作業者", "作業員"],
  ],
};

/**
 * One column of a list becomes a facet: a new version value, the old one stays. Nothing changes
 * where the names of the files say the same.
 */
export function attachFacet(
  version: DatasetVersion,
  list: LabelList,
  { name, column, emit = silent }: { name: FacetName; column: string; emit?: Emit },
): DatasetVersion {
  const { items, source } = version;
  const cells = columnOf(list, column, { ...items, root: source.path });
  const texts = cells.map((cell) => (cell === undefined ? undefined : facetText(name, cell)));
  const { classes, codes } = labelSetOf(name, texts, list.source);
  if (classes.length === 0) return version;
  const made: Facet = { name, values: classes, codes, source: list.source };
  if (version.facets?.some((facet) => sameValues(facet, made))) return version;
  noteFacet(made, { emit, groupedBy: version.group.by });
  const others = (version.facets ?? []).filter((facet) => facet.name !== name);
  return { ...version, facets: inOrder([made, ...others]) };
}

/** What was found, and the option that keeps each value whole. */
export function noteFacet(
  { name, values, codes, source }: Facet,
  { emit, groupedBy }: { emit: Emit; groupedBy: string },
): void {
  const found = codes.reduce((sum, code) => sum + (code < 0 ? 0 : 1), 0);
  const place = source === "path" ? "names" : source === "exif" ? "cameras" : "list";
  const isGroup = groupedBy === `facet:${name}` || groupedBy.startsWith("column:");
  emit({
    type: "notice",
    level: "info",
    code: "data/facet-found",
    values: {
      ...{ facet: name, count: values.length, first: values[0], last: values[values.length - 1] },
      ...{ found, total: codes.length, place, file: source, grouped: isGroup ? "yes" : "no" },
    },
  });
}

function sameValues(a: Facet, b: Facet): boolean {
  const isSame = (code: number, i: number) => a.values[code] === b.values[b.codes[i]];
  return a.name === b.name && a.codes.every(isSame);
}

/** One of each name, the first that is given, in the order of names. */
function inOrder(facets: readonly Facet[]): Facet[] {
  return facetNames.flatMap((name) => facets.find((facet) => facet.name === name) ?? []);
}
