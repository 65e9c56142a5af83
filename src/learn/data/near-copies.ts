/**
 * Near-duplicate pairs among a version's pictures, sought while it is made, so that a crop or a
 * mirrored copy does not lie on the other side of the split. First all pictures are compared; later
 * only new ones ask, since the sides of those before are frozen.
 */
import { availableParallelism } from "node:os";
import type { Pack } from "../../formats/pack/index.ts";
import { describeInto, emptyDescriptions, type Pair } from "../looks/index.ts";
import type { Places } from "./form-groups.ts";
import { stopIfAsked } from "./gather.ts";
import type { IngestOptions } from "./ingest-options.ts";
import { startPhase } from "./phase.ts";
import { searchPairs } from "./search-pairs.ts";

/** Half a minute on two idle cores; above, only close copies are kept together, and a check tells the rest. */
export const soughtAtOnce = 40_000;
/** Pictures that new ones are compared with. */
const comparedWith = 200_000;

/** Undefined where there are too many; `from` is the first new item. */
export async function nearCopies(
  items: Places,
  { from, options }: { readonly from: number; readonly options: IngestOptions },
): Promise<readonly Pair[] | undefined> {
  const count = items.id.length;
  if (count - from > soughtAtOnce || count > comparedWith) return undefined;
  if (count < 2 || count === from) return [];
  const { openPack, packFolder, clock, emit = () => {}, signal } = options;
  const stretch = startPhase("near-copies", { emit, clock, total: 2 * count - from });
  const packs: Pack[] = [];
  try {
    for (const digest of items.packs) packs.push(openPack(digest));
    const pictures = {
      count,
      size: (i: number) => packs[items.pack[i]].size(items.index[i]),
      read: (i: number) => packs[items.pack[i]].read(items.index[i]),
    };
    const descriptions = emptyDescriptions(count);
    for (let i = 0; i < count; i++) {
      if (i % 256 === 0) await nextTurn();
      stopIfAsked(signal);
      describeInto(descriptions, i, { pixels: pictures.read(i), ...pictures.size(i) });
      stretch.at(i + 1);
    }
    const places = packFolder && { ...items, packs: items.packs.map(packFolder) };
    return await searchPairs({
      pictures,
      descriptions,
      leftOut: laterCopies(items.digest),
      from,
      threads: options.concurrency ?? availableParallelism(),
      ...(places && { places }),
      onProgress: (done) => {
        stopIfAsked(signal);
        stretch.at(count + done);
      },
    });
  } finally {
    for (const pack of packs) pack.close();
    stretch.end();
  }
}

/** 1 where the same bytes were there before. */
export function laterCopies(digests: readonly string[]): Uint8Array {
  const seen = new Set<string>();
  return Uint8Array.from(digests, (digest) => {
    if (seen.has(digest)) return 1;
    seen.add(digest);
    return 0;
  });
}

/** Lets timers and signals through between batches of synchronous work. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
