/** Finds what lies nearest to a picture on the shelf of a representation. */
import { resolve } from "node:path";
import { Problem } from "../base/index.ts";
import type { DatasetVersion } from "../formats/documents/index.ts";
import { decodePicture } from "../formats/image/index.ts";
import { headlineFeatures, plainProduct, withFeatures } from "../learn/measure/index.ts";
import { centred, createEmbedder } from "../learn/train/index.ts";
import { openStoredPictures } from "./dataset.ts";
import { openReadingDesk } from "./desk.ts";
import { type ExecutorChoice, machineOf, openExecutor } from "./executor.ts";
import { readFileBytes } from "./read-file.ts";
import { encoderOf, storedFeatures } from "./subjects.ts";
import type { Work } from "./work.ts";

export interface SearchOptions extends ExecutorChoice {
  readonly representation: string;
  /** A picture file. */
  readonly picture: string;
  readonly count?: number;
}

export interface SearchResult {
  readonly representation: string;
  readonly dataset: string;
  readonly nearest: readonly {
    readonly id: string;
    readonly path: string;
    /** Cosine. */
    readonly similarity: number;
    /** The item's class by label set, where it has one. */
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

export async function search(options: SearchOptions, work: Work): Promise<SearchResult> {
  const { count = 10 } = options;
  const desk = openReadingDesk(work);
  const { store } = desk;
  const representation = store.resolve(options.representation, work.cwd);
  const path = resolve(work.cwd, options.picture);
  const bytes = readFileBytes(path);
  const { layer } = representation.document;
  const dataset = store.dataset(representation.document.dataset.name);
  const { document } = dataset;
  const executor = await openExecutor(await machineOf(options, work.workspace), work);
  try {
    using pictures = openStoredPictures(store, document);
    const task = { executor, pictures, desk };
    const features = await storedFeatures(representation, { taps: [layer], dataset }, task);
    const { backbone, values, size, normalize } = encoderOf(representation);
    const picture = await decodeNamed(bytes, { path, document });
    const one = { count: 1, size: () => picture, read: () => picture.pixels };
    await using embedder = await createEmbedder({ executor, backbone, size, batch: 1 });
    await embedder.load(values);
    const query = await embedder.embed(centred(one, { size, normalize }));
    const [left, right] = [query[layer], features[layer]].map((m) =>
      withFeatures(m, headlineFeatures),
    );
    const similarity = (await plainProduct(left, right)).values;
    const nearest = [...similarity.keys()]
      .sort((a, b) => similarity[b] - similarity[a] || a - b)
      .slice(0, count)
      .map((i) => ({
        id: document.items.id[i],
        path: document.items.path[i],
        similarity: similarity[i],
        labels: Object.fromEntries(
          document.labelSets.flatMap(({ name, classes, codes }) =>
            codes[i] < 0 ? [] : [[name, classes[codes[i]]]],
          ),
        ),
      }));
    return { representation: representation.reference, dataset: document.name, nearest };
  } finally {
    await executor.dispose();
  }
}

/** Decoding knows bytes alone; a person wants to know which file. */
async function decodeNamed(
  bytes: Buffer,
  { path, document }: { readonly path: string; readonly document: DatasetVersion },
) {
  try {
    return await decodePicture(bytes, document.resolution, document.decoding);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw new Problem(cause.code, { ...cause.values, path }, { cause });
  }
}
