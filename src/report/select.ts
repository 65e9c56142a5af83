/** Finding numbers in a report: the headline rows, label sets in order of their hierarchy. */
import type { Measured, MeasureName, Report, Statistic, Subject } from "./model.ts";

/** The row that a headline, chart or table cell shows: evaluation split, headline features. */
export function measured(
  report: Report,
  subject: Subject,
  of: {
    readonly labelSet: string | null;
    readonly measure: MeasureName;
    readonly statistic: Statistic;
    /** Of kNN and m-shot NCC; any where it is left out. */
    readonly count?: number;
  },
): Measured | undefined {
  const rows = report.measures.filter(
    (row) =>
      row.subject === subject &&
      row.labelSet === of.labelSet &&
      row.measure === of.measure &&
      row.statistic === of.statistic &&
      (of.count === undefined || row.count === of.count) &&
      row.split === "evaluation",
  );
  return rows.find(({ features }) => features === report.headlineFeatures) ?? rows.at(0);
}

/** Label sets from coarse to fine, families together. */
export function labelSetsByLevel(report: Report): Report["data"]["labelSets"] {
  const { labelSets } = report.data;
  const below = (parent: string | undefined): Report["data"]["labelSets"] =>
    labelSets
      .filter((set) => parentWithin(labelSets, set.parent) === parent)
      .flatMap((set) => [set, ...below(set.name)]);
  return below(undefined);
}

function parentWithin(
  sets: Report["data"]["labelSets"],
  parent: string | undefined,
): string | undefined {
  return sets.some(({ name }) => name === parent) ? parent : undefined;
}
