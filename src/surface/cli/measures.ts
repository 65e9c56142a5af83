/** Measurements as text: which rows a table has, and how a number with its interval is written. */
import type {
  LayerRow,
  MeasuredColumn,
  Measurement,
  MeasureResult,
  PilotReport,
} from "../../app/index.ts";
import type { SentenceId } from "../../words/index.ts";
import type { Context } from "./context.ts";
import { table } from "./table.ts";

/** One table for each label set, then one for what needs no labels; the headline's features alone. */
export function measureTables(
  columns: readonly MeasuredColumn[],
  context: Context,
): { readonly title: string; readonly text: string }[] {
  const { say } = context;
  const all = columns.flatMap(({ measurements }) => measurements.filter(isShown));
  const sets = unique(all.map(({ labelSet }) => labelSet)).sort((a, b) => Number(!a) - Number(!b));
  return sets.map((labelSet) => {
    const here = all.filter((one) => one.labelSet === labelSet);
    const rows = unique(here.map((one) => rowName(one, context)));
    const heads = [say("cli/measure"), ...columns.map(({ name }) => columnName(name, context))];
    const body = rows.map((row) => [
      row,
      ...columns.map(({ measurements }) => {
        const found = measurements.find(
          (one) => isShown(one) && one.labelSet === labelSet && rowName(one, context) === row,
        );
        return found ? written(found) : "–";
      }),
    ]);
    const title =
      labelSet === undefined
        ? say("cli/without-labels")
        : say("cli/label-set-title", { name: labelSet });
    return { title, text: table([heads, ...body], context) };
  });
}

/** What a person looks at; programs get the rest. */
const measureNames: Partial<Record<Measurement["measure"], SentenceId>> = {
  majority: "report/subject-majority",
  ncc: "report/measure-ncc",
  "few-shot-ncc": "report/measure-ncc-shots",
  knn: "report/measure-knn",
  "linear-probe": "report/measure-linear-probe",
  cdnv: "report/measure-cdnv",
  "directional-cdnv": "report/measure-directional-cdnv",
  "within-class-variance": "report/measure-within-class-variance",
  "sample-ncc": "report/measure-sample-ncc",
  rankme: "report/measure-rankme",
};

type Named = Pick<Measurement, "measure" | "statistic" | "features" | "split" | "protocol"> &
  Partial<Pick<Measurement, "control">>;

function isShown({ measure, features, split, control, statistic }: Named): boolean {
  if (features !== "l2" || measureNames[measure] === undefined) return false;
  const isBalancedNcc = measure === "ncc" && statistic === "balanced-accuracy";
  if (control !== undefined) return isBalancedNcc && split === "test";
  return split === "test" || isBalancedNcc || measure === "rankme";
}

function rowName(
  { measure, statistic, split, protocol, control }: Named,
  context: Context,
): string {
  const { say } = context;
  const count = Number(/\b(?:k|shots)=(\d+)/.exec(protocol)?.[1] ?? 0);
  const id = measureNames[measure];
  let name = id === undefined ? measure : say(id, { count });
  if (statistic === "accuracy" || statistic === "balanced-accuracy") {
    name = listed(context, name, say(`cli/${statistic}`));
  }
  if (split === "train" && measure === "ncc") name = say("cli/on-training", { name });
  if (control) name = listed(context, name, say("cli/shuffled"));
  return statistic === "share" ? `${name} (%)` : name;
}

function columnName(name: string, { say }: Context): string {
  const [subject, rest] = /^(untrained|raw-pixels|pca)\b(.*)$/s.exec(name)?.slice(1) ?? [];
  switch (subject) {
    case "untrained":
      return `${say("cli/untrained")}${rest}`;
    case "raw-pixels":
      return say("cli/pixels");
    case "pca":
      return say("cli/pca");
    default:
      return name;
  }
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
export function layerTable(layers: readonly LayerRow[], context: Context): string {
  const { say } = context;
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
  const name = say("report/measure-ncc");
  const heads = sets.flatMap((set) => [
    `${set}, ${say("cli/trained-head")}`,
    `${set}, ${say("cli/untrained")}`,
  ]);
  const rows = layers.map(({ representation, tap, trained, untrained }) => [
    `${representation} ${tap}`,
    ...sets.flatMap((set) =>
      [trained, untrained].map((list) => quantity(judged(list, set)?.value ?? null, true)),
    ),
  ]);
  const title = listed(context, name, say("cli/balanced-accuracy"));
  return `${title}\n${table([[say("cli/layer"), ...heads], ...rows], context)}`;
}

/** Mean and deviation over seeds of what is judged on unseen pictures. */
export function seedTable(seeds: MeasureResult["seeds"], context: Context): string {
  const { say } = context;
  const rows = seeds
    .filter(({ measurement }) => measurement.split === "test" && isShown(measurement))
    .map(({ of, measurement, values, mean, deviation, low, high }) => {
      const isShare = isShareOf(measurement.statistic);
      return [
        measurement.labelSet ?? "–",
        rowName(measurement, context),
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
  return table([heads.map((head) => say(head)), ...rows], context);
}

/** Paired differences; a star where the interval leaves out 0. */
export function differenceTable(
  comparisons: MeasureResult["comparisons"],
  context: Context,
): string | undefined {
  const { say } = context;
  const rows = comparisons
    .filter(({ left }) => left.split === "test" && left.control === undefined && isShown(left))
    .map(({ from, to, left, difference, interval, decided }) => [
      left.labelSet ?? "–",
      rowName(left, context),
      `${columnName(from, context)} → ${columnName(to, context)}`,
      written({ ...left, value: difference, interval }),
      decided ? "*" : "",
    ]);
  if (rows.length === 0) return undefined;
  const heads = ["cli/label-set", "cli/measure", "cli/compared", "cli/difference"] as const;
  return table([[...heads.map((head) => say(head)), ""], ...rows], context);
}

/** The numbers a pilot ends with: accuracy and balanced accuracy beside what they must beat. */
export function headlineTable(
  { measures, headlineSets }: PilotReport,
  context: Context,
): string | undefined {
  const { say } = context;
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
      const name = labelSet === null ? say("report/measure-sample-ncc") : "NCC";
      const row = listed(context, name, say(`cli/${statistic}`));
      return [[labelSet ?? say("cli/without-labels"), row, ...cells]];
    }),
  );
  if (rows.length === 0) return undefined;
  return table([heads.map((head) => say(head)), ...rows], context);
}

/** Japanese has a comma of its own. */
function listed({ language }: Context, ...words: readonly string[]): string {
  return words.join(language === "ja" ? "、" : ", ");
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
