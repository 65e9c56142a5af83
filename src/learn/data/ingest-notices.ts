/** What a person should know about a new version. */
import type { Emit } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import { noteClasses } from "./attach-labels.ts";
import { noteFacet } from "./facets.ts";
import type { Gathered } from "./gather.ts";
import type { Ingested } from "./ingest-options.ts";

interface Noted {
  readonly gathered: Gathered;
  readonly counts: Ingested["counts"];
  readonly emit: Emit;
  readonly resolution: number;
}

export function note(version: DatasetVersion, { gathered, counts, emit, resolution }: Noted): void {
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
  const different = new Set(version.items.digest).size;
  if (version.items.id.length === 1) warn("data/one-picture", {});
  else if (different === 1) warn("data/all-equal", { count: version.items.id.length });
  else if (train === 0 || evaluation === 0) {
    warn("data/one-sided-split", { train, evaluation, groups: counts.groups });
  }
  const values = { evaluation, train };
  emit({ type: "notice", level: "info", code: "data/items-set-aside", values });
  for (const facet of version.facets ?? []) {
    if (facet.source === "path") noteFacet(facet, { emit, groupedBy: version.group.by });
  }
  for (const set of version.labelSets) {
    if (set.source === "folder") noteClasses(set, emit);
  }
}
