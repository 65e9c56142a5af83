/** Measurements as text: which rows a table has, and how a number with its interval is written. */
import type {
  LayerRow,
  MeasuredColumn,
  Measurement,
  MeasureResult,
  PilotReport,
} from "../../app/index.ts";
import type { Context } from "./context.ts";
import { table } from "./table.ts";

/** One table for each label set and kind of features, then one for what needs no labels. */
export function measureTables(
  columns: readonly MeasuredColumn[],
  { say }: Context,
): { readonly title: string; readonly text: string }[] {
  const all = columns.flatMap(({ measurements }) => measurements);
  const parts = unique(all.map((one) => `${one.labelSet ?? ""}\n${one.features}`));
  return parts.map((part) => {
    const [labelSet, features] = part.split("\n");
    const isHere = (one: Measurement) =>
      (one.labelSet ?? "") === labelSet && one.features === features;
    const rows = unique(all.filter(isHere).map(rowName));
    const title = labelSet === "" ? say("cli/without-labels") : labelSet;
    const heads = [say("cli/measure"), ...columns.map(({ name }) => name)];
    const body = rows.map((row) => [
      row,
      ...columns.map(({ measurements }) => {
        const found = measurements.find((one) => isHere(one) && rowName(one) === row);
        return found ? written(found) : "–";
      }),
    ]);
    return { title: `${title} (${features})`, text: table([heads, ...body]) };
  });
}

/** `41.2 % [39.8, 42.5]` for shares, three digits for other numbers. */
export function written({ value, statistic, interval }: Omit<Measurement, "features">): string {
  return quantity(value, isShareOf(statistic), interval);
}

function isShareOf(statistic: Measurement["statistic"]): boolean {
  return ["accuracy", "balanced-accuracy", "share"].includes(statistic);
}

export function quantity(
  value: number | null,
  isShare: boolean,
  interval?: { readonly low: number; readonly high: number },
): string {
  if (value === null) return "–";
  const show = (number: number) => (isShare ? (100 * number).toFixed(1) : number.toPrecision(3));
  const range = interval ? ` [${show(interval.low)}, ${show(interval.high)}]` : "";
  return `${show(value)}${isShare ? " %" : ""}${range}`;
}

/** NCC on unseen pictures by layer, after and before training. */
export function layerTable(layers: readonly LayerRow[], { say }: Context): string {
  const sets = unique(
    layers.flatMap(({ trained }) => trained.flatMap((one) => one.labelSet ?? [])),
  );
  const judged = (list: readonly Measurement[], labelSet: string) =>
    list.find(
      (one) =>
        one.labelSet === labelSet &&
        one.split === "test" &&
        one.statistic === "balanced-accuracy" &&
        one.control === undefined,
    );
  const heads = sets.flatMap((set) => [set, `${set} (${say("cli/untrained")})`]);
  const rows = layers.map(({ representation, tap, trained, untrained }) => [
    `${representation} ${tap}`,
    ...sets.flatMap((set) =>
      [trained, untrained].map((list) => quantity(judged(list, set)?.value ?? null, true)),
    ),
  ]);
  return table([[say("cli/layer"), ...heads], ...rows]);
}

/** Mean and deviation over seeds of what is judged on unseen pictures. */
export function seedTable(seeds: MeasureResult["seeds"], { say }: Context): string {
  const rows = seeds
    .filter(({ measurement }) => measurement.split === "test" && measurement.features === "l2")
    .map(({ of, measurement, values, mean, deviation, low, high }) => {
      const isShare = isShareOf(measurement.statistic);
      return [
        measurement.labelSet ?? "–",
        rowName(measurement),
        say(of === "trained" ? "cli/trained-head" : "cli/untrained"),
        quantity(mean, isShare, { low, high }),
        quantity(deviation, isShare),
        String(values.length),
      ];
    });
  const heads = [
    "cli/label-set",
    "cli/measure",
    "cli/what",
    "cli/mean",
    "cli/deviation",
    "cli/seeds",
  ] as const;
  return table([heads.map((head) => say(head)), ...rows]);
}

/** Paired differences; a star where the interval leaves out 0. */
export function differenceTable(
  comparisons: MeasureResult["comparisons"],
  { say }: Context,
): string {
  const rows = comparisons
    .filter(({ left }) => left.split === "test" && left.features === "l2")
    .map(({ from, to, left, difference, interval, decided }) => [
      left.labelSet ?? "–",
      rowName(left),
      `${from} → ${to}`,
      `${written({ ...left, value: difference, interval })}${decided ? " *" : ""}`,
    ]);
  const heads = ["cli/label-set", "cli/measure", "cli/compared", "cli/difference"] as const;
  return table([heads.map((head) => say(head)), ...rows]);
}

/** The numbers a pilot ends with: accuracy and balanced accuracy beside what they must beat. */
export function headlineTable(
  { measures, headlineSets }: PilotReport,
  { say }: Context,
): string | undefined {
  const wanted = headlineSets.length > 0 ? headlineSets : [null];
  const subjects = ["trained", "untrained", "raw-pixels", "pca", "majority"] as const;
  const heads = [
    ...(["cli/label-set", "cli/measure", "cli/trained-head"] as const),
    ...(["cli/untrained", "cli/pixels", "cli/pca", "cli/majority"] as const),
  ];
  const rows = wanted.flatMap((labelSet) =>
    (["balanced-accuracy", "accuracy"] as const).flatMap((statistic) => {
      const measure = labelSet === null ? "sample-ncc" : "ncc";
      const cells = subjects.map((subject) => {
        const found = measures.find(
          (one) =>
            one.subject === subject &&
            one.labelSet === labelSet &&
            one.measure === measure &&
            one.statistic === statistic &&
            one.split === "evaluation" &&
            one.features === "l2",
        );
        if (!found) return "–";
        const { low, high } = found;
        const isMain = subject === "trained" && low !== undefined && high !== undefined;
        return quantity(found.value, true, isMain ? { low, high } : undefined);
      });
      if (cells[0] === "–") return [];
      return [[labelSet ?? say("cli/without-labels"), `NCC ${say(`cli/${statistic}`)}`, ...cells]];
    }),
  );
  return rows.length > 0 ? table([heads.map((head) => say(head)), ...rows]) : undefined;
}

type Named = Pick<Measurement, "measure" | "statistic" | "split" | "protocol" | "control">;

function rowName({ measure, statistic, split, protocol, control }: Named): string {
  const count = /\b(?:k|shots)=\d+/.exec(protocol)?.[0];
  const parts = [measure, count, statistic, split, control];
  return parts.filter((part) => part !== undefined).join(" ");
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
