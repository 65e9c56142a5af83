/** Looks at a dataset's pictures and labels before anything is trained, and lists what is doubtful. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Problem } from "../base/index.ts";
import { writeFileAtomically } from "../formats/atomic-file/index.ts";
import type { DatasetVersion } from "../formats/documents/index.ts";
import { check, type Features, type Finding } from "../learn/check/index.ts";
import type { Pictures } from "../learn/data/index.ts";
import type { Store, StoredDataset } from "../registry/index.ts";
import type { Language } from "../words/index.ts";
import { findingsCsv } from "./check-list.ts";
import { openDataset, openStoredPictures } from "./dataset.ts";
import { openReadingDesk, type ReadingDesk } from "./desk.ts";
import { type ExecutorChoice, machineOf, openExecutor } from "./executor.ts";
import { storedFeatures } from "./subjects.ts";
import type { Work } from "./work.ts";

export interface CheckDataOptions extends ExecutorChoice {
  readonly dataset: string;
  /** Doubts labels by this representation's features. */
  readonly representation?: string;
  /** Where the list to be answered goes, and in which language. */
  readonly csv?: string;
  readonly language?: Language;
  readonly overwrite?: boolean;
}

export interface CheckDataResult {
  readonly name: string;
  readonly version: string;
  readonly items: number;
  /** Items that people took out before. */
  readonly excluded: number;
  readonly findings: readonly Finding[];
  /** The list that was written. */
  readonly csv?: string;
  readonly representation?: string;
}

export async function checkData(options: CheckDataOptions, work: Work): Promise<CheckDataResult> {
  const { csv, language = "en", overwrite = false } = options;
  const path = csv === undefined ? undefined : resolve(work.cwd, csv);
  // Somebody may have answered in it already.
  if (path !== undefined && existsSync(path) && !overwrite) {
    throw new Problem("app/answers-exist", { path });
  }
  const desk = openReadingDesk(work);
  const dataset = await openDataset(options.dataset, {}, desk);
  const { document, version } = dataset;
  using pictures = openStoredPictures(desk.store, document);
  const seen = await featuresFrom(options, { dataset, pictures, desk });
  const findings = await findingsOf(document, { pictures, store: desk.store }, work, {
    ...(seen && { features: seen.features }),
    ...(options.threads && { threads: options.threads }),
  });
  if (path !== undefined) writeFileAtomically(path, findingsCsv(findings, document, language));
  return {
    name: document.name,
    version,
    items: document.items.id.length,
    excluded: document.excluded?.length ?? 0,
    findings,
    ...(path !== undefined && { csv: path }),
    ...(seen && { representation: seen.reference }),
  };
}

/** For a pilot that has its dataset open: what is doubtful, the weightiest first. */
export function findingsOf(
  document: DatasetVersion,
  { pictures, store }: { readonly pictures: Pictures; readonly store: Store },
  { emit, signal }: Pick<Work, "emit" | "signal">,
  options: { readonly features?: Features; readonly threads?: number } = {},
): Promise<Finding[]> {
  const stopIfAsked = () => {
    if (signal.aborted) throw new Problem("app/interrupted", {}, { cause: signal.reason });
  };
  const { pack, index } = document.items;
  const packs = document.packs.map((digest) => store.packFolder(digest));
  const places = { packs, pack, index };
  return check(document, pictures, { emit, stopIfAsked, places, ...options });
}

interface Opened {
  readonly dataset: StoredDataset;
  readonly pictures: Pictures;
  readonly desk: ReadingDesk;
}

async function featuresFrom(options: CheckDataOptions, { dataset, pictures, desk }: Opened) {
  if (options.representation === undefined) return undefined;
  const { store, work } = desk;
  const representation = store.resolve(options.representation, work.cwd);
  const { layer } = representation.document;
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    const task = { executor, pictures, desk };
    const found = await storedFeatures(representation, { taps: [layer], dataset }, task);
    return { features: found[layer], reference: representation.reference };
  } finally {
    await executor.dispose();
  }
}
