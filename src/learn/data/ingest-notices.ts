/** What a person should know about a new version. */
import type { Emit } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { noteClasses } from "./attach-labels.ts";
import { noteFacet } from "./facets.ts";
import type { Gathered } from "./gather.ts";
import type { Ingested } from "./ingest-options.ts";
import { nameSet } from "./name-labels.ts";
import { fileOfPage } from "./pages.ts";

interface Noted {
  readonly gathered: Gathered;
  readonly counts: Ingested["counts"];
  readonly emit: Emit;
  readonly resolution: number;
  readonly previous: DatasetVersion | undefined;
}

export function note(
  version: DatasetVersion,
  { gathered, counts, emit, resolution, previous }: Noted,
): void {
  const warn = (
    code: "data/one-picture" | "data/all-equal" | "data/one-sided-split",
    values: Record<string, number | string>,
  ) => emit({ type: "notice", level: "warning", code, values });
  const { train, evaluation, rejected, notPictures, enlarged } = counts;
  if (rejected > 0) {
    const broken = gathered.rejected.find(({ code }) => code !== "data/not-a-picture");
    const first = (broken ?? gathered.rejected[0]).path;
    const values = { broken: rejected - notPictures, notPictures, first };
    const level = values.broken > 0 ? "warning" : "info";
    emit({ type: "notice", level, code: "data/files-rejected", values });
  }
  if (enlarged > 0) {
    const values = { count: enlarged, resolution };
    emit({ type: "notice", level: "info", code: "data/pictures-enlarged", values });
  }
  const { clipped, decoding, fresh } = gathered;
  if (decoding.white !== undefined && previous?.decoding?.white === undefined) {
    const values = { white: decoding.white, bits: Math.log2(decoding.white + 1) };
    emit({ type: "notice", level: "info", code: "data/white-found", values });
  }
  if (clipped.length > 0) {
    const values = { count: clipped.length, first: clipped[0], white: decoding.white ?? 0 };
    emit({ type: "notice", level: "warning", code: "data/pictures-clipped", values });
  }
  const pages = fresh.filter(({ path }) => fileOfPage(path) !== undefined);
  if (pages.length > 0) {
    const files = new Set(pages.map(({ path }) => fileOfPage(path))).size;
    const values = { files, count: pages.length + files, first: pages[0].path };
    emit({ type: "notice", level: "info", code: "data/pages-as-items", values });
  }
  const different = new Set(version.items.digest).size;
  if (version.items.id.length === 1) warn("data/one-picture", {});
  else if (different === 1) warn("data/all-equal", { count: version.items.id.length });
  else if (train === 0 || evaluation === 0) {
    warn("data/one-sided-split", { train, evaluation, groups: counts.groups });
  }
  const values = { evaluation, train };
  emit({ type: "notice", level: "info", code: "data/items-set-aside", values });
  for (const facet of version.facets ?? []) {
    const isFound = ["path", "exif"].includes(facet.source) && facet.values.length > 1;
    if (isFound) noteFacet(facet, { emit, groupedBy: version.group.by });
  }
  for (const set of version.labelSets) {
    if (set.source !== "folder") continue;
    if (set.name === nameSet) noteNames(set, emit);
    noteClasses(set, emit);
  }
}

function noteNames({ name, classes, codes }: LabelSet, emit: Emit): void {
  const ng = codes.filter((code) => classes[code] === "NG").length;
  const values = { set: name, ok: codes.length - ng, ng };
  emit({ type: "notice", level: "info", code: "data/labels-from-names", values });
}
