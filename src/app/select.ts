/** Chooses what to label first, and writes the list and the page on which people label it. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { digestJson, fork, keyFromSeed, Problem } from "../base/index.ts";
import { writeFileAtomically } from "../formats/atomic-file/index.ts";
import { writeCsv } from "../formats/csv/index.ts";
import type { DatasetVersion, LabelSet } from "../formats/documents/index.ts";
import { writeTasks } from "../formats/label-studio/index.ts";
import { headlineFeatures, pickRows, withFeatures } from "../learn/measure/index.ts";
import {
  type Pick,
  type Selection,
  type StrategyName,
  strategies,
  type Why,
} from "../learn/select/index.ts";
import { renderSheet, type Sheet, type SheetItem, savedName } from "../sheet/index.ts";
import type { Language } from "../words/index.ts";
import { itemsOf, openStoredPictures } from "./dataset.ts";
import { openReadingDesk } from "./desk.ts";
import { type ExecutorChoice, machineOf, openExecutor } from "./executor.ts";
import { codeFacts } from "./host.ts";
import { legiblePicture } from "./legible-picture.ts";
import { prepareFolder } from "./output-folder.ts";
import { productOn } from "./product.ts";
import { storedFeatures } from "./subjects.ts";
import type { Work } from "./work.ts";

export interface SelectOptions extends ExecutorChoice {
  readonly representation: string;
  readonly count?: number;
  /** The label set to fill; one that is not there yet is a new one. */
  readonly labels?: string;
  readonly strategy?: string;
  /** Draw from the pictures that are set aside to judge by: at random, or numbers would flatter. */
  readonly evaluation?: boolean;
  readonly seed?: number;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly language?: Language;
}

export interface SelectResult {
  readonly representation: string;
  readonly dataset: string;
  readonly labelSet: string;
  readonly strategy: StrategyName;
  /** Items with a label in the set before, and items among which was chosen. */
  readonly labelled: number;
  readonly candidates: number;
  readonly items: readonly {
    readonly path: string;
    readonly why: Why;
    readonly share: number;
    readonly coverage: number;
  }[];
  readonly before: number;
  readonly coverage: number;
  readonly sizes: Selection["sizes"];
  readonly list: string;
  readonly page: string;
  /** The same for Label Studio. */
  readonly tasks: string;
  /** The list that the page saves among the downloads. */
  readonly saves: string;
}

export const selectDefaults = {
  count: 50,
  strategy: "max-herding",
  out: "tanafuda-labels",
} as const;
const files = { list: "to-label.csv", page: "to-label.html", tasks: "to-label.json" } as const;

export async function select(options: SelectOptions, work: Work): Promise<SelectResult> {
  const { count = selectDefaults.count, evaluation = false, seed = 0, language = "en" } = options;
  const strategy = strategyOf(options);
  const out = resolve(work.cwd, options.out ?? selectDefaults.out);
  const page = join(out, files.page);
  if (existsSync(page) && !options.overwrite)
    throw new Problem("app/answers-exist", { path: page });
  prepareFolder(out);
  const desk = openReadingDesk(work);
  const representation = desk.store.resolve(options.representation, work.cwd);
  const { layer, dataset: origin } = representation.document;
  const dataset = desk.store.dataset(origin.name);
  const { document } = dataset;
  const set = setToFill(document, options.labels);
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    using pictures = openStoredPictures(desk.store, document);
    const task = { executor, pictures, desk };
    const features = await storedFeatures(representation, { taps: [layer], dataset }, task);
    const rows = itemsOf(document, evaluation ? "evaluation" : "train");
    const shelf = withFeatures(pickRows(features[layer], rows), headlineFeatures);
    const labelled = [...rows.keys()].filter((row) => isAnswered(document, set, rows[row]));
    await using products = productOn(executor);
    work.emit({ type: "phase", phase: "select", total: count });
    const found = await strategies[strategy](
      { matrix: shelf, ids: [...rows].map((i) => document.items.id[i]), labelled },
      { count, key: fork(keyFromSeed(seed), "select"), product: products.product },
    );
    const items: SheetItem[] = [];
    for (const pick of found.picks) {
      const index = rows[pick.row];
      const image = await legiblePicture(document, pictures, index);
      items.push({
        path: document.items.path[index],
        image,
        why: whyOf(pick),
        covered: pick.coverage,
        chosen: strategy,
      });
      work.emit({ type: "progress", phase: "select", done: items.length, total: count });
      work.signal.throwIfAborted();
    }
    const sheet: Sheet = {
      product: { name: "tanafuda", version: codeFacts().version },
      dataset: document.name,
      labelSet: set.name,
      id: digestJson({
        dataset: dataset.version,
        labelSet: set.name,
        paths: items.map(({ path }) => path),
      }).slice(0, 16),
      classes: set.classes,
      items,
      drawn: strategy === "random",
      shelf: rows.length,
    };
    const list = join(out, files.list);
    writeFileAtomically(
      list,
      Buffer.from(listOf(document, set.name, { rows, found, strategy })),
      replace,
    );
    writeFileAtomically(page, Buffer.from(renderSheet(sheet, { language })), replace);
    const tasks = join(out, files.tasks);
    const unanswered = items.map(({ path }) => ({ path, answers: [] }));
    writeFileAtomically(tasks, writeTasks(unanswered, { question: set.name }), replace);
    return {
      representation: representation.reference,
      dataset: document.name,
      labelSet: set.name,
      strategy,
      labelled: labelled.length,
      candidates: rows.length - labelled.length,
      items: found.picks.map(({ row, why, share, coverage }) => ({
        path: document.items.path[rows[row]],
        why,
        share,
        coverage,
      })),
      before: found.before,
      coverage: found.coverage,
      sizes: found.sizes,
      list,
      page,
      tasks,
      saves: savedName(set.name),
    };
  } finally {
    await executor.dispose();
  }
}

const replace = { existing: "replace" } as const;

function strategyOf({ strategy, evaluation }: SelectOptions): StrategyName {
  const name = strategy ?? (evaluation ? "random" : selectDefaults.strategy);
  if (evaluation && name !== "random") throw new Problem("app/evaluation-drawn", { name });
  const names = Object.keys(strategies) as StrategyName[];
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Problem("app/strategy-unknown", { name, known: names.join(", ") });
}

/** Labelled, or asked before: who could not tell is not asked again. */
function isAnswered({ items }: DatasetVersion, { codes, answers = [] }: SetToFill, item: number) {
  return (codes?.[item] ?? -1) >= 0 || answers.some((one) => one.item === items.id[item]);
}

interface SetToFill {
  readonly name: string;
  readonly classes: readonly string[];
  readonly codes?: LabelSet["codes"];
  readonly answers?: LabelSet["answers"];
}

/** The set that was named, else the only one that has gaps, else a new one. */
function setToFill({ labelSets }: DatasetVersion, named: string | undefined): SetToFill {
  const gaps = labelSets.filter(({ codes }) => codes.some((code) => code < 0));
  const chosen = named ?? (gaps.length === 1 ? gaps[0].name : "label");
  return labelSets.find(({ name }) => name === chosen) ?? { name: chosen, classes: [] };
}

function whyOf({ why, share }: Pick): SheetItem["why"] {
  switch (why.kind) {
    case "covers":
      return { id: "sheet/why-covers", values: { gain: why.gain, share } };
    case "typical":
      return { id: "sheet/why-typical", values: { share } };
    case "farthest":
      return { id: "sheet/why-farthest", values: { share } };
    case "drawn":
      return { id: "sheet/why-drawn", values: { share } };
    default:
      return why satisfies never;
  }
}

/** A row an item, with an empty cell for its label: what `data labels` reads once it is filled. */
function listOf(
  { items }: DatasetVersion,
  labelSet: string,
  {
    rows,
    found,
    strategy,
  }: {
    readonly rows: Uint32Array;
    readonly found: Selection;
    readonly strategy: StrategyName;
  },
): string {
  const head = ["path", labelSet, "labelled_by", "labelled_at", "chosen_by", "stands_for"];
  const lines = found.picks.map(({ row }) => [items.path[rows[row]], "", "", "", strategy, ""]);
  return writeCsv([head, ...lines]);
}
