/** From a choice of items to the files in which people label them: page, list, Label Studio tasks. */
import { join } from "node:path";
import { digestJson, type Key } from "../../base/index.ts";
import { writeFileAtomically } from "../../formats/atomic-file/index.ts";
import { writeCsv } from "../../formats/csv/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import { writeTasks } from "../../formats/label-studio/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import {
  headlineFeatures,
  type Matrix,
  type Product,
  pickRows,
  withFeatures,
} from "../../learn/measure/index.ts";
import {
  type Pick as Choice,
  type Selection,
  type StrategyName,
  strategies,
} from "../../learn/select/index.ts";
import type { StoredDataset } from "../../registry/index.ts";
import { renderSheet, type Sheet, type SheetItem, savedName } from "../../sheet/index.ts";
import type { Language } from "../../words/index.ts";
import { codeFacts } from "../host.ts";
import { legiblePicture } from "../legible-picture.ts";
import type { Work } from "../work.ts";
import { isAnswered, itemsToFill, type SetToFill } from "./to-fill.ts";

export interface Shelf {
  readonly dataset: StoredDataset;
  readonly set: SetToFill;
  /** Of all items of the dataset. */
  readonly features: Matrix;
  readonly product: Product;
}

export interface Choosing {
  readonly strategy: StrategyName;
  readonly count: number;
  readonly key: Key;
  /** From the pictures set aside, instead of those to train on. */
  readonly evaluation?: boolean;
}

export interface Chosen {
  readonly dataset: StoredDataset;
  readonly set: SetToFill;
  readonly strategy: StrategyName | "strata";
  /** Items among which was chosen, the labelled ones among them; a pick's row is a place in it. */
  readonly rows: Uint32Array;
  readonly labelled: number;
  readonly found: Omit<Selection, "strategy">;
  /** Of each pick, where it was drawn in strata: how many items it stands for. */
  readonly standsFor?: readonly number[];
}

export async function chooseToLabel(
  { dataset, set, features, product }: Shelf,
  { strategy, count, key, evaluation = false }: Choosing,
): Promise<Chosen> {
  const { document } = dataset;
  const rows = itemsToFill(document, set, evaluation ? "evaluation" : "train");
  const matrix = withFeatures(pickRows(features, rows), headlineFeatures);
  const labelled = [...rows.keys()].filter((row) => isAnswered(document, set, rows[row]));
  const found = await strategies[strategy](
    { matrix, ids: [...rows].map((i) => document.items.id[i]), labelled },
    { count, key, product },
  );
  return { dataset, set, strategy, rows, labelled: labelled.length, found };
}

const suffixes = { list: ".csv", page: ".html", tasks: ".json" } as const;

export type LabellingPlaces = Readonly<Record<keyof typeof suffixes, string>>;

export interface Written extends LabellingPlaces {
  /** The list that the page saves among the downloads. */
  readonly saves: string;
}

/** Where the files will lie; nothing is written. */
export function labellingPlaces(folder: string, name = "to-label"): LabellingPlaces {
  const place = (kind: keyof typeof suffixes) => join(folder, `${name}${suffixes[kind]}`);
  return { list: place("list"), page: place("page"), tasks: place("tasks") };
}

interface Writing {
  readonly places: LabellingPlaces;
  readonly pictures: Pictures;
  readonly language: Language;
  readonly work: Pick<Work, "emit" | "signal">;
}

/** Replaces what lies there. */
export async function writeLabelling(
  chosen: Chosen,
  { places, pictures, language, work }: Writing,
): Promise<Written> {
  const { dataset, set, strategy, rows, found, standsFor } = chosen;
  const { document } = dataset;
  const items: SheetItem[] = [];
  for (const [at, pick] of found.picks.entries()) {
    const index = rows[pick.row];
    items.push({
      path: document.items.path[index],
      image: await legiblePicture(document, pictures, index),
      // What it stands for tells how likely the class is: who labels should not know.
      why: standsFor ? { id: "sheet/why-strata", values: {} } : whyOf(pick),
      covered: pick.coverage,
      chosen: strategy,
      ...(standsFor && { standsFor: standsFor[at] }),
    });
    const done = items.length;
    work.emit({ type: "progress", phase: "select", done, total: found.picks.length });
    work.signal.throwIfAborted();
  }
  const sheet: Sheet = {
    product: { name: "tanafuda", version: codeFacts().version },
    dataset: document.name,
    labelSet: set.name,
    id: sheetId(chosen),
    classes: set.classes,
    items,
    drawn: standsFor ? "strata" : strategy === "random" && "random",
    shelf: rows.length,
  };
  const replace = { existing: "replace" } as const;
  const unanswered = items.map(({ path }) => ({ path, answers: [] }));
  const write = (path: string, text: string) =>
    writeFileAtomically(path, Buffer.from(text), replace);
  write(places.list, listOf(chosen));
  write(places.page, renderSheet(sheet, { language }));
  writeFileAtomically(places.tasks, writeTasks(unanswered, { question: set.name }), replace);
  return { ...places, saves: savedName(set.name) };
}

/** Equal choices of a dataset's version have equal ids: answers in a browser are kept under them. */
export function sheetId({ dataset, set, rows, found }: Chosen): string {
  const { document, version } = dataset;
  const paths = found.picks.map(({ row }) => document.items.path[rows[row]]);
  return digestJson({ dataset: version, labelSet: set.name, paths }).slice(0, 16);
}

function whyOf({ why, share }: Choice): SheetItem["why"] {
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
function listOf({ dataset, set, rows, found, strategy, standsFor }: Chosen): string {
  const { items }: DatasetVersion = dataset.document;
  const head = ["path", set.name, "labelled_by", "labelled_at", "chosen_by", "stands_for"];
  const lines = found.picks.map(({ row }, i) => [
    ...[items.path[rows[row]], "", "", "", strategy],
    String(standsFor?.[i] ?? ""),
  ]);
  return writeCsv([head, ...lines]);
}
