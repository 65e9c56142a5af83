/** The training of a pilot: taken up, taken from an earlier pilot of the same pictures, or done. */
import type { Representation, Run, Store } from "../../registry/index.ts";
import { readableTraining } from "../stored-training.ts";
import { trainRepresentation } from "../train-representation.ts";
import type { PilotOptions } from "./options.ts";
import type { Parts } from "./parts.ts";
import { pilotsOf, servesAsWell, trainingInputs } from "./stages.ts";

export interface TrainedPart {
  readonly representation: Representation;
  readonly part: Run;
}

export async function trainedPart(
  parts: Parts,
  asked: PilotOptions,
): Promise<TrainedPart | { readonly step: number }> {
  const { desk, dataset, run, executor, stored } = parts;
  const { store } = desk;
  const own = trainingOf(run, store);
  const finished = trainedBy(run, store) ?? earlierTraining(parts, asked);
  if (finished) return finished;
  const trained = await trainRepresentation(
    {
      options: stored.training,
      dataset,
      executor,
      machine: stored.machine,
      parent: run.id,
      ...(own && { resume: own.id, replan: asked.replan ?? false }),
    },
    desk,
  );
  if (trained.outcome === "interrupted") return { step: trained.step };
  return { representation: trained.representation, part: store.run(trained.run) };
}

/** What the newest training of a pilot made, if it came to its end; the pilot's own or one it took. */
export function trainedBy(run: Run, store: Store): TrainedPart | undefined {
  const part = takenBy(run, store) ?? trainingOf(run, store);
  const made = part?.outcome();
  if (part === undefined || made?.state !== "finished" || !made.representation) return undefined;
  const { name, version } = made.representation;
  return { representation: store.resolve(`${name}@${version}`), part };
}

function takenBy(run: Run, store: Store): Run | undefined {
  const results = run.outcome()?.results;
  const isKnown = typeof results === "object" && results !== null && "training" in results;
  return isKnown ? store.runs().find(({ id }) => id === results.training) : undefined;
}

function trainingOf({ id }: Run, store: Store): Run | undefined {
  return store
    .parts(id)
    .filter(({ document }) => document.kind === "pretrain")
    .at(-1);
}

/** What another pilot trained on the same pictures with the same options. */
function earlierTraining(
  { desk, dataset, stored }: Parts,
  asked: PilotOptions,
): TrainedPart | undefined {
  const { store, work } = desk;
  const inputs = trainingInputs(dataset.document, stored.training);
  for (const run of pilotsOf(dataset.document.name, store)) {
    const found = trainedBy(run, store);
    const before = found && readableTraining(found.part);
    if (!found || !before) continue;
    const [{ name, version }] = found.part.document.datasets;
    const { document } = store.dataset(name, version);
    if (trainingInputs(document, before.options) !== inputs) continue;
    if (!servesAsWell(before.machine, asked)) continue;
    const values = { representation: found.representation.reference };
    work.emit({ type: "notice", level: "info", code: "app/training-kept", values });
    return found;
  }
  return undefined;
}
