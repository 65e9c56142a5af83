/** Near-duplicate pairs of a dataset, by as many threads as there are cores. */
import { Worker } from "node:worker_threads";
import {
  type Descriptions,
  findNearDuplicates,
  type Pair,
  type PictureSource,
} from "../looks/index.ts";
import type { PairJob, PairMessage } from "./pair-worker.ts";

/** Where the pictures lie, for threads that open them themselves. */
export interface PackPlaces {
  /** Folders of the dataset's packs, in its order. */
  readonly packs: readonly string[];
  readonly pack: readonly number[];
  readonly index: readonly number[];
}

export interface PairSearch {
  readonly pictures: PictureSource;
  readonly descriptions: Descriptions;
  readonly leftOut: Uint8Array;
  /** The first picture that asks; those before are only found. */
  readonly from?: number;
  /** Threads need to know where the pictures lie; without, this thread searches. */
  readonly places?: PackPlaces;
  readonly threads: number;
  /** The built thread module, where it does not lie beside this one. */
  readonly module?: URL;
  readonly onProgress: (done: number) => void;
}

/** Starting threads for fewer pictures costs more than they save. */
const worthThreads = 2000;

/** In the order of the pictures, whoever found them. */
export async function searchPairs(search: PairSearch): Promise<Pair[]> {
  const { pictures, places, threads, module, from = 0 } = search;
  const isBuilt = module !== undefined || !import.meta.url.endsWith(".ts");
  const isWorth = pictures.count - from >= worthThreads || module !== undefined;
  const pairs =
    places && isBuilt && isWorth && threads > 1
      ? await byThreads(search, places)
      : byThisThread(search);
  return pairs.sort((a, b) => a.outer - b.outer || a.inner - b.inner);
}

function byThisThread(search: PairSearch): Pair[] {
  const { pictures, descriptions, leftOut, from = 0, onProgress } = search;
  const pairs: Pair[] = [];
  findNearDuplicates(pictures, descriptions, {
    leftOut,
    from,
    onProgress,
    onPair: (pair) => pairs.push(pair),
  });
  return pairs;
}

async function byThreads(
  { descriptions, leftOut, from = 0, threads, onProgress, module }: PairSearch,
  { packs, pack, index }: PackPlaces,
): Promise<Pair[]> {
  const shared = {
    packs,
    pack: Uint32Array.from(pack),
    index: Uint32Array.from(index),
    ...descriptions,
    leftOut,
    from,
  };
  const url = module ?? new URL("./pair-worker.js", import.meta.url);
  const workers: Worker[] = [];
  const done = new Float64Array(threads);
  const work = (part: number) =>
    new Promise<readonly Pair[]>((resolve, reject) => {
      const workerData = { ...shared, part, parts: threads } satisfies PairJob;
      const worker = new Worker(url, { workerData });
      workers.push(worker);
      worker.on("message", (message: PairMessage) => {
        if ("pairs" in message) resolve(message.pairs);
        else {
          done[part] = message.done;
          try {
            onProgress(done.reduce((sum, count) => sum + count, 0));
          } catch (cause) {
            reject(cause);
          }
        }
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`a thread of the check ended (${code})`)));
    });
  try {
    return (await Promise.all(Array.from({ length: threads }, (_, part) => work(part)))).flat();
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
