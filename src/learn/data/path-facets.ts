/** Days, lots, lines and cameras that folder and file names tell. */
import { type Facet, type FacetName, facetNames } from "../../formats/documents/index.ts";
import { labelSetOf } from "./attach-labels.ts";

/** A facet is taken where at least this share of the pictures has a value … */
const leastShare = 0.1;
/** … and a value has so many pictures on average; else it tells single pictures apart. */
const leastPictures = 2;

/** Facets that tell at least two groups of pictures apart; their source is `path`. */
export function pathFacets(paths: readonly string[]): Facet[] {
  const found = new Map<FacetName, (string | undefined)[]>(facetNames.map((name) => [name, []]));
  for (const path of paths) {
    const plain = plainPath(path).replace(/(\.[a-z]{2,5})?(#\d+)?$/i, "");
    const mayTell = anyOfThem.test(plain);
    for (const [name, texts] of found) {
      texts.push(mayTell ? findIn(plain, name)?.value : undefined);
    }
  }
  return [...found].flatMap(([name, texts]): Facet[] => {
    const { classes, codes } = labelSetOf(name, texts, "path");
    const told = codes.reduce((sum, code) => sum + (code < 0 ? 0 : 1), 0);
    const isTold =
      classes.length > 1 &&
      told >= leastShare * paths.length &&
      told >= leastPictures * classes.length;
    return isTold ? [{ name, values: classes, codes, source: "path" }] : [];
  });
}

/** The folders of `path` but those that name a facet and nothing else: such are no classes. */
export function foldersBesides(path: string, names: readonly FacetName[]): string[] {
  const end = path.lastIndexOf("/") + 1;
  let rest = plainPath(path.slice(0, end));
  for (const name of names) {
    const found = findIn(rest, name);
    if (found === undefined) continue;
    const { start, end } = found;
    const gone = rest.slice(start, end).replaceAll(/[^/]/g, " ");
    rest = rest.slice(0, start) + gone + rest.slice(end);
  }
  const left = rest.split("/");
  const folders = path.normalize("NFC").split("/").slice(0, -1);
  return folders.filter((_, i) => /[\p{L}\p{N}]/u.test(left[i]));
}

interface Found {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The first place that names a value; upper folders come first. */
function findIn(path: string, name: FacetName): Found | undefined {
  for (const pattern of patterns[name]) {
    const found = pattern.exec(path);
    const parts = found?.slice(1).filter((part) => part !== undefined);
    if (!found || !parts) continue;
    const value = name === "day" ? dayOf(parts) : parts[0].toUpperCase();
    if (value === undefined) continue;
    return { value, start: found.index, end: found.index + found[0].length };
  }
  return undefined;
}

const time = String.raw`(?:[T_ -]?\d\d[-:.h時]?\d\d(?:[-:.m分]?\d\d秒?(?:\d{3})?)?(?!\d))?`;
const year = "(199\\d|20\\d\\d)";

/** Groups that matched are the value; a number within letters is no day, so digests are none. */
const patterns: Readonly<Record<FacetName, readonly RegExp[]>> = {
  day: [
    new RegExp(`(?<!\\d)${year}年(\\d{1,2})月(\\d{1,2})日${time}`),
    new RegExp(`(?<!\\d)${year}[-_.](\\d{1,2})[-_.](\\d{1,2})(?!\\d)${time}`),
    new RegExp(`(?<![^/])${year}/(\\d\\d)/(\\d\\d)(?=/)`),
    new RegExp(`(?<![a-z\\d])[a-z]*${year}(\\d\\d)(\\d\\d)${time}(?![\\dA-SU-Z]|[a-z]{3})`, "i"),
  ],
  lot: [named("lot|ロット", "(?:[a-z]{1,3}[-_]?)?\\d[a-z\\d]*")],
  line: [named("line|ライン", "\\d{1,4}|[a-z]"), /第(\d+)ライン/],
  camera: [named("camera|cam|カメラ", "\\d{1,4}|[a-z]"), /第(\d+)カメラ/],
  // Names of people cannot be told from other words.
  inspector: [],
};

/** A part of every pattern: most paths have none, and need not be asked for each. */
const anyOfThem = /199|20|lot|ロット|line|ライン|cam|カメラ/i;

/** The word, not as the end of a longer one, then its number, in the same name or the next folder. */
function named(words: string, value: string): RegExp {
  const start = String.raw`(?<![a-z\u30a0-\u30ff])(?:${words})(?:番号|no\.?)?`;
  return new RegExp(`${start}(?:[-_ #.:=]*(${value})(?![a-z\\d])|/(${value})(?=/))`, "i");
}

/** As `2026-03-14`, if there is such a day. */
function dayOf([year, month, day]: readonly string[]): string | undefined {
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return new Date(time).toISOString().startsWith(text) ? text : undefined;
}

/** Full-width digits, half-width kana and the like as usual; as many parts as before. */
function plainPath(path: string): string {
  if (isPlain.test(path)) return path;
  return path
    .split("/")
    .map((part) => part.normalize("NFKC").replaceAll("/", "_"))
    .join("/");
}

const isPlain = /^[ -~]*$/;

/** A day as cells of lists write it, with or without a time; other texts as they are. */
export function facetText(name: FacetName, cell: string): string {
  const text = cell.normalize("NFKC").trim();
  const found = name === "day" ? /^(\d{4})\D(\d{1,2})\D(\d{1,2})(?!\d)/.exec(text) : null;
  return (found && dayOf(found.slice(1))) ?? text;
}
