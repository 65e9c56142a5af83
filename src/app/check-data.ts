/** Looks at a dataset's pictures once and lists what is doubtful. */
import { check, type Finding } from "../learn/data/index.ts";
import { openDataset, openStoredPictures } from "./dataset.ts";
import { openReadingDesk } from "./desk.ts";
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
  const desk = openReadingDesk(work);
  const { document, version } = await openDataset(dataset, {}, desk);
  using pictures = openStoredPictures(desk.store, document);
  return { name: document.name, version, findings: check(document, pictures, { emit: work.emit }) };
}
