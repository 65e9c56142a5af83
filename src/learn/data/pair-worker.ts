/** A thread that searches its share of the pictures for near-duplicates; see `search-pairs.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { openPack } from "../../formats/pack/index.ts";
import { findNearDuplicates, type Pair } from "../looks/index.ts";

export interface PairJob {
  /** Folders of the packs, and of each picture its pack and its place in it. */
  readonly packs: readonly string[];
  readonly pack: Uint32Array;
  readonly index: Uint32Array;
  readonly vectors: Float32Array;
  readonly plain: Uint8Array;
  readonly leftOut: Uint8Array;
  /** The first picture that asks. */
  readonly from: number;
  /** Every `parts`-th picture, from `part` on, asks. */
  readonly part: number;
  readonly parts: number;
}

export type PairMessage = { readonly done: number } | { readonly pairs: readonly Pair[] };

const job: PairJob = workerData;
const packs = job.packs.map((folder) => openPack(folder));
const { pack, index, leftOut, from, part, parts } = job;
const pairs: Pair[] = [];
const tell = (message: PairMessage) => parentPort?.postMessage(message);
findNearDuplicates(
  {
    count: pack.length,
    size: (i) => packs[pack[i]].size(index[i]),
    read: (i) => packs[pack[i]].read(index[i]),
  },
  job,
  {
    leftOut,
    from,
    part,
    parts,
    onPair: (pair) => pairs.push(pair),
    onProgress: (done) => {
      if (done % 128 === 0) tell({ done });
    },
  },
);
for (const opened of packs) opened.close();
tell({ pairs });
