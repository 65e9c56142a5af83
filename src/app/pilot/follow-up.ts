/** What arrived after a pilot: taken in, set on the shelf by the trained encoder, and reported. */
import { Problem } from "../../base/index.ts";
import { check } from "../../learn/data/index.ts";
import type { Run } from "../../registry/index.ts";
import { datasetNameOf, openStoredPictures, takeIn } from "../dataset.ts";
import { type Desk, openDesk } from "../desk.ts";
import { openExecutor } from "../executor.ts";
import { productOn } from "../product.ts";
import { storedPilot } from "../stored-training.ts";
import type { Work } from "../work.ts";
import { measuredPart } from "./measure.ts";
import { ingestChoices, type PilotOptions, type PilotReport, pageOptions } from "./options.ts";
import { openPage } from "./page.ts";
import { gathering, reported } from "./pilot.ts";
import { pilotsOf } from "./stages.ts";
import { type TrainedPart, trainedBy } from "./train.ts";

export interface FollowUpOptions extends PilotOptions {
  /** Files that are still being written. */
  readonly leave?: readonly string[];
}

export type FollowUp =
  | { readonly outcome: "unchanged" }
  | (PilotReport & { readonly added: number; readonly rejected: number });

/** Nothing is trained: the encoder stays what the last pilot of these pictures made. */
export async function followUp(options: FollowUpOptions, work: Work): Promise<FollowUp> {
  using desk = await openDesk(work);
  const name = datasetNameOf(options.data, options.name, desk);
  const before = desk.store.dataset(name);
  const { run, trained } = lastPilot(name, desk);
  const choices = { ...ingestChoices(options), name };
  const leave = new Set(options.leave);
  const dataset = await takeIn(before.document.source.path, choices, desk, { leave });
  if (dataset.version === before.version) return { outcome: "unchanged" };
  const stored = storedPilot(run);
  const executor = await openExecutor(stored.machine, work);
  try {
    await using products = productOn(executor);
    using pictures = openStoredPictures(desk.store, dataset.document);
    const { product } = products;
    const findings = check(dataset.document, pictures, { emit: work.emit });
    const opened = { desk, dataset, run, stored };
    const gather = gathering(opened, { pictures, product, left: () => 0 });
    const page = openPage(stored.out, pageOptions(options), work);
    const report = await measuredPart(trained, undefined, {
      ...{ desk, dataset, executor, pictures, product },
      // The page says what was measured before until all is measured again.
      page: { ...page, write() {} },
      gather: (stage) => gather({ findings, ...stage }),
    });
    page.write(report);
    const { added, rejected, notPictures } = dataset.counts;
    const training = trained.part.id;
    const answer = reported(report, { run: run.id, training, dataset, page });
    return { ...answer, added, rejected: rejected - notPictures };
  } finally {
    await executor.dispose();
  }
}

function lastPilot(
  dataset: string,
  { store }: Desk,
): { readonly run: Run; readonly trained: TrainedPart } {
  for (const run of pilotsOf(dataset, store)) {
    const trained = run.state() === "finished" ? trainedBy(run, store) : undefined;
    if (trained) return { run, trained };
  }
  throw new Problem("registry/nothing-yet", { kind: "representation", workspace: store.workspace });
}
