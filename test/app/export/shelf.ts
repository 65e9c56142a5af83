/** A workspace with pictures, an encoder that never trained, and a head on it: enough to be exported. */
import { join } from "node:path";
import { adapt } from "../../../src/app/adapt/index.ts";
import { addData } from "../../../src/app/add-data.ts";
import { itemsOf, openStoredPictures } from "../../../src/app/dataset.ts";
import { openDesk } from "../../../src/app/desk.ts";
import { untrainedEncoder } from "../../../src/app/subjects.ts";
import { ortExecutor } from "../../../src/engine/index.ts";
import { writePictures } from "../picture-folder.ts";
import { openPlace, type Place } from "../place.ts";

export const machine = { executor: "ort", threads: 1 } as const;

export interface Shelf extends Disposable {
  readonly place: Place;
  /** Where the pictures lie. */
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Dataset `shelf` with the set `folder`, representation `plain@1`, head `kind@1`. */
export async function openShelf(): Promise<Shelf> {
  const place = openPlace();
  const folder = join(place.cwd, "shelf");
  const paths = await writePictures(folder, { count: 60 });
  await addData({ path: folder, resolution: 16, group: "item" }, place.work());
  await writeEncoder(place, "plain");
  const labels = place.store().dataset("shelf").document.labelSets[0].name;
  await adapt({ representation: "plain", labels, name: "kind", ...machine }, place.work());
  return { place, folder, paths, [Symbol.dispose]: () => place[Symbol.dispose]() };
}

/** RES-1-16 on 16 pixels from this seed, with running statistics of the pictures. */
export async function writeEncoder(place: Place, name: string, seed = 5): Promise<void> {
  using desk = await openDesk(place.work());
  const dataset = desk.store.dataset("shelf");
  using pictures = openStoredPictures(desk.store, dataset.document);
  const executor = await ortExecutor({ threads: 1 });
  const normalize = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] } as const;
  const preprocessing = {
    size: 16,
    normalize: { mean: [...normalize.mean], deviation: [...normalize.deviation] },
  };
  const untrained = { ...preprocessing, normalize, backbone: "res-1-16", seed };
  const train = itemsOf(dataset.document, "train");
  const { backbone, values } = await untrainedEncoder(untrained, { executor, pictures }, train);
  await executor.dispose();
  const tensors = Object.entries(values).map(
    ([key, own]) => [key, { shape: [own.length], values: own }] as const,
  );
  const [last] = backbone.taps.slice(-1);
  desk.writer.writeRepresentation(
    {
      name,
      run: "none",
      seed,
      dataset: { name: "shelf", version: dataset.version },
      method: "none",
      backbone: { name: backbone.name },
      preprocessing,
      input: { channels: 3, height: 16, width: 16 },
      layers: backbone.taps.map((tap) => ({ ...tap })),
      layer: last.name,
      steps: 0,
    },
    { tensors: Object.fromEntries(tensors) },
  );
}
