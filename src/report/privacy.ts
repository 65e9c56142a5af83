/** The copy that may leave the company: the numbers, without pictures, file names and places. */
import type { Picture, Report } from "./model.ts";

/** Class names, label sets and the dataset's name stay: the numbers mean nothing without them. */
export function withoutPictures(report: Report): Report {
  const { data, doubtful, errors, head, labelling, clusters, map, run } = report;
  return {
    ...report,
    privacy: "none",
    data: {
      ...data,
      source: "",
      rejected: data.rejected.map((one) => ({ ...one, examples: [] })),
    },
    doubtful: doubtful.map(({ values, ...one }) => ({
      ...one,
      values: withoutTexts(values),
      pictures: none,
    })),
    pictures: [],
    splits: report.splits.map(({ worst: _, ...split }) => split),
    errors: errors && {
      ...errors,
      confusions: errors.confusions.map((one) => ({ ...one, pictures: none })),
    },
    ...(head && {
      head: {
        ...head,
        confusions: head.confusions.map((one) => ({ ...one, pictures: none })),
        ...(head.coverage && { coverage: { ...head.coverage, slices: [] } }),
      },
    }),
    ...(labelling && { labelling: { ...labelling, page: "", pictures: none } }),
    clusters: clusters && {
      ...clusters,
      groups: clusters.groups.map((group) => ({
        ...group,
        typical: none,
        odd: none,
        leastAlike: none,
      })),
      members: { path: [], group: [] },
    },
    map: map && { ...map, path: [], sheets: [] },
    neighbours: [],
    run: { ...run, host: "", configuration: null },
    next: report.next.map(({ command: _, ...step }) => step),
  };
}

const none: readonly Picture[] = [];

/** Findings name their first picture; numbers may stay. */
function withoutTexts(values: Report["doubtful"][number]["values"]) {
  const kept = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "string" ? "…" : value,
  ]);
  return Object.fromEntries(kept) as Report["doubtful"][number]["values"];
}
