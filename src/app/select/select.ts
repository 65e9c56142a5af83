/** `select`: chooses what to label first, and writes the page and lists on which people label it. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Emit, fork, keyFromSeed, Problem } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import {
  type Selection,
  type StrategyName,
  strategies,
  type Why,
} from "../../learn/select/index.ts";
import type { Store } from "../../registry/index.ts";
import type { Language } from "../../words/index.ts";
import { openStoredPictures } from "../dataset.ts";
import { openReadingDesk } from "../desk.ts";
import { type ExecutorChoice, machineOf, openExecutor } from "../executor.ts";
import { prepareFolder } from "../output-folder.ts";
import { productOn } from "../product.ts";
import { storedFeatures } from "../subjects.ts";
import type { Work } from "../work.ts";
import { chooseToLabel, labellingPlaces, writeLabelling } from "./labelling.ts";
import { type DrawnInStrata, drawInStrata, requireOneDraw } from "./strata.ts";
import { setToFill } from "./to-fill.ts";

export interface SelectOptions extends ExecutorChoice {
  readonly representation: string;
  readonly count?: number;
  /** The label set to fill; one that is not there yet is a new one. */
  readonly labels?: string;
  readonly strategy?: string;
  /** Draw from the pictures that are set aside to judge by: at random, or numbers would flatter. */
  readonly evaluation?: boolean;
  /** Of the pictures set aside, the more the likelier they are of this class. */
  readonly strata?: string;
  readonly seed?: number;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly language?: Language;
}

export interface SelectResult {
  readonly representation: string;
  readonly dataset: string;
  readonly labelSet: string;
  readonly strategy: StrategyName | "strata";
  /** Items with a label in the set before, and items among which was chosen. */
  readonly labelled: number;
  readonly candidates: number;
  readonly items: readonly {
    readonly path: string;
    readonly why: Why;
    readonly share: number;
    readonly coverage: number;
    /** Where drawn in strata: how many items it stands for. */
    readonly standsFor?: number;
  }[];
  /** Items of the class to be expected, drawn in strata and drawn all alike. */
  readonly expected?: DrawnInStrata["expected"];
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

export async function select(options: SelectOptions, work: Work): Promise<SelectResult> {
  const { count = selectDefaults.count, strata, seed = 0, language = "en" } = options;
  const evaluation = options.evaluation === true || strata !== undefined;
  const strategy = strategyOf({ ...options, evaluation });
  const out = resolve(work.cwd, options.out ?? selectDefaults.out);
  const places = labellingPlaces(out);
  if (existsSync(places.page) && !options.overwrite)
    throw new Problem("app/answers-exist", { path: places.page });
  prepareFolder(out);
  const desk = openReadingDesk(work);
  const representation = desk.store.resolve(options.representation, work.cwd);
  const { layer, dataset: origin } = representation.document;
  const dataset = desk.store.dataset(origin.name);
  const { document } = dataset;
  const set = setToFill(document, options.labels);
  if (evaluation) requireOneDraw(document, set);
  noteElsewhere(options, { store: desk.store, document, emit: work.emit });
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    using pictures = openStoredPictures(desk.store, document);
    const task = { executor, pictures, desk };
    const features = await storedFeatures(representation, { taps: [layer], dataset }, task);
    await using products = productOn(executor);
    work.emit({ type: "phase", phase: "select", total: count });
    const shelf = { dataset, set, features: features[layer], product: products.product };
    const asked = { count, key: fork(keyFromSeed(seed), "select") };
    const drawn = strata === undefined ? undefined : { ...asked, class: strata };
    const inStrata = drawn && (await drawInStrata(shelf, drawn));
    const chosen = inStrata ?? (await chooseToLabel(shelf, { ...asked, strategy, evaluation }));
    const { rows, labelled, found, standsFor } = chosen;
    const written = await writeLabelling(chosen, { places, pictures, language, work });
    return {
      representation: representation.reference,
      dataset: document.name,
      labelSet: set.name,
      strategy: chosen.strategy,
      labelled,
      candidates: rows.length - labelled,
      items: found.picks.map(({ row, why, share, coverage }, i) => ({
        path: document.items.path[rows[row]],
        why,
        share,
        coverage,
        ...(standsFor && { standsFor: standsFor[i] }),
      })),
      ...(inStrata && { expected: inStrata.expected }),
      before: found.before,
      coverage: found.coverage,
      sizes: found.sizes,
      ...written,
    };
  } finally {
    await executor.dispose();
  }
}

interface Naming {
  readonly store: Store;
  readonly document: DatasetVersion;
  readonly emit: Emit;
}

/** A name that no set has begins a new one; if another dataset has it, perhaps that one was meant. */
function noteElsewhere({ labels }: SelectOptions, { store, document, emit }: Naming): void {
  const has = ({ labelSets }: { readonly labelSets: readonly { readonly name: string }[] }) =>
    labelSets.some(({ name }) => name === labels);
  if (labels === undefined || has(document)) return;
  const other = store.datasets().find((one) => one.name !== document.name && has(one));
  if (other === undefined) return;
  const values = { labels, dataset: document.name, other: other.name };
  emit({ type: "notice", level: "warning", code: "app/label-set-begins", values });
}

function strategyOf({ strategy, evaluation }: SelectOptions): StrategyName {
  const name = strategy ?? (evaluation ? "random" : selectDefaults.strategy);
  if (evaluation && name !== "random") throw new Problem("app/evaluation-drawn", { name });
  const names = Object.keys(strategies) as StrategyName[];
  const found = names.find((one) => one === name);
  if (found !== undefined) return found;
  throw new Problem("app/strategy-unknown", { name, known: names.join(", ") });
}
