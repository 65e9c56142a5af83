/** Says which pictures to label first, and writes them as a list that takes the labels. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fork, keyFromSeed, Problem } from "../base/index.ts";
import { writeFileAtomically } from "../formats/atomic-file/index.ts";
import { csvText } from "../formats/csv/index.ts";
import type { DatasetVersion } from "../formats/documents/index.ts";
import { headlineFeatures, pickRows, withFeatures } from "../learn/measure/index.ts";
import {
  checkCount,
  type Selection,
  type Sizes,
  type StrategyName,
  strategies,
  type Why,
} from "../learn/select/index.ts";
import { itemsOf, openStoredPictures } from "./dataset.ts";
import { openReadingDesk } from "./desk.ts";
import { type ExecutorChoice, machineOf, openExecutor } from "./executor.ts";
import { chooseLabelSets } from "./label-sets.ts";
import { productOn } from "./product.ts";
import { storedFeatures } from "./subjects.ts";
import type { Work } from "./work.ts";

export interface SelectOptions extends ExecutorChoice {
  readonly representation: string;
  readonly count?: number;
  readonly strategy?: string;
  /** Pictures that have a label of this set are not chosen again; default: none has one. */
  readonly labelSet?: string;
  /** A CSV file for the list. */
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly seed?: number;
}

export interface SelectResult {
  readonly representation: string;
  readonly dataset: string;
  readonly strategy: StrategyName;
  readonly labelled: number;
  /** Coverage of the training pictures, before and after. */
  readonly before: number;
  readonly coverage: number;
  readonly sizes: Sizes;
  readonly picks: readonly SelectedPicture[];
  readonly file?: string;
}

export interface SelectedPicture {
  readonly id: string;
  readonly path: string;
  readonly why: Why;
  readonly share: number;
  readonly coverage: number;
}

export const selectDefaults = { count: 50, strategy: "max-herding", seed: 0 };

export async function select(options: SelectOptions, work: Work): Promise<SelectResult> {
  const { count, seed, strategy: name } = { ...selectDefaults, ...options };
  if (!isStrategy(name)) {
    const known = Object.keys(strategies).join(", ");
    throw new Problem("select/strategy-unknown", { name, known });
  }
  const file = options.out === undefined ? undefined : resolve(work.cwd, options.out);
  if (file !== undefined && existsSync(file) && !options.overwrite) {
    throw new Problem("app/output-exists", { path: file });
  }
  const desk = openReadingDesk(work);
  const { store } = desk;
  const representation = store.resolve(options.representation, work.cwd);
  const { layer } = representation.document;
  const dataset = store.dataset(representation.document.dataset.name);
  const { document } = dataset;
  const rows = itemsOf(document, "train");
  const labelled = labelledAmong(document, rows, options.labelSet);
  checkCount(count, { rows: rows.length, labelled: labelled.length });
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    using pictures = openStoredPictures(store, document);
    await using products = productOn(executor);
    const task = { executor, pictures, desk };
    const features = await storedFeatures(representation, { taps: [layer], dataset }, task);
    const matrix = withFeatures(pickRows(features[layer], rows), headlineFeatures);
    const ids = Array.from(rows, (i) => document.items.id[i]);
    const key = fork(keyFromSeed(seed), "select");
    const found = await strategies[name](
      { matrix, ids, labelled },
      { count, key, product: products.product },
    );
    const picks = pictured(found, document, rows);
    if (file !== undefined) writeList(file, picks, options.overwrite === true);
    return {
      representation: representation.reference,
      dataset: document.name,
      strategy: found.strategy,
      labelled: labelled.length,
      before: found.before,
      coverage: found.coverage,
      sizes: found.sizes,
      picks,
      ...(file !== undefined && { file }),
    };
  } finally {
    await executor.dispose();
  }
}

function isStrategy(name: string): name is StrategyName {
  return Object.hasOwn(strategies, name);
}

/** Positions among the rows of those that have a label of the set. */
function labelledAmong(
  document: DatasetVersion,
  rows: Uint32Array,
  labelSet: string | undefined,
): number[] {
  if (labelSet === undefined) return [];
  const [{ codes }] = chooseLabelSets(document, [labelSet]);
  return [...rows.keys()].filter((at) => codes[rows[at]] >= 0);
}

function pictured(
  { picks }: Selection,
  { items }: DatasetVersion,
  rows: Uint32Array,
): SelectedPicture[] {
  return picks.map(({ row, ...rest }) => ({
    id: items.id[rows[row]],
    path: items.path[rows[row]],
    ...rest,
  }));
}

/** An empty column for the label, so that the filled list is what `data labels` takes. */
function writeList(file: string, picks: readonly SelectedPicture[], overwrite: boolean): void {
  const lines = picks.map(({ path, why, share, coverage }) => [
    path,
    "",
    why.kind,
    share.toFixed(4),
    coverage.toFixed(4),
  ]);
  const text = csvText([["path", "label", "why", "share", "coverage"], ...lines]);
  writeFileAtomically(file, text, { existing: overwrite ? "replace" : "refuse" });
}
