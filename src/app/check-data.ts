/** Looks at a dataset's pictures once and lists what is doubtful. */
import { check, type Finding } from "../learn/data/index.ts";
import { openStore } from "../registry/index.ts";
import { openDataset, openStoredPictures } from "./dataset.ts";
import { openDesk } from "./desk.ts";
import type { Work } from "./work.ts";

export interface CheckDataResult {
  readonly name: string;
  readonly version: string;
  readonly findings: readonly Finding[];
}

export async function checkData(
  { dataset }: { readonly dataset: string },
  work: Work,
): Promise<CheckDataResult> {
  const store = openStore(work.workspace, { emit: work.emit });
  const { document, version } = store.datasetNames().includes(dataset)
    ? store.dataset(dataset)
    : await takenIn(dataset, work);
  using pictures = openStoredPictures(store, document);
  return { name: document.name, version, findings: check(document, pictures, { emit: work.emit }) };
}

/** Only a path has to be taken in first, and only that needs the lock. */
async function takenIn(dataset: string, work: Work) {
  using desk = await openDesk(work);
  return await openDataset(dataset, {}, desk);
}
