/**
 * The first half of an ingest: what a source holds, set against a previous version. What that
 * version holds already is taken over unread; the rest goes into a new pack.
 */
import { type Clock, type Emit, Problem } from "../../base/index.ts";
import type { DatasetVersion, Split } from "../../formats/documents/index.ts";
import type { Decoding } from "../../formats/image/index.ts";
import type { PackWriter } from "../../formats/pack/index.ts";
import { fingerprint } from "../looks/index.ts";
import type { IngestOptions } from "./ingest-options.ts";
import type { NewLooks } from "./new-looks.ts";
import type { Rejected } from "./scan.ts";

export interface GatherOptions {
  readonly resolution: number;
  readonly decoding: Decoding;
  readonly previous?: DatasetVersion;
  readonly addPicture: AddPicture;
  /** Told how many may be added. */
  readonly expectPictures: (count: number) => void;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly concurrency: number;
  readonly readers: IngestOptions["readers"];
  readonly leave?: ReadonlySet<string>;
}

export interface Gathered {
  /** Positions in the previous version, in its order. */
  readonly kept: number[];
  readonly fresh: FreshItem[];
  readonly rejected: (Rejected | DatasetVersion["rejected"][number])[];
  readonly enlarged: number;
  /** Paths of 16-bit pictures that are brighter than the dataset's white. */
  readonly clipped: readonly string[];
  /** As it was given, with what was found on the way. */
  readonly decoding: Decoding;
  /** Label sets that the source itself carries, with classes; codes lie in the items. */
  readonly own: readonly OwnSet[];
}

interface OwnSet {
  readonly name: string;
  readonly classes: readonly string[];
  readonly parent?: string;
}

export interface FreshItem {
  readonly path: string;
  readonly digest: string;
  readonly bytes: number;
  readonly modified: number;
  readonly place: Place;
  /** The item of the previous version whose labels go on: same path, or same bytes. */
  readonly successor?: number | undefined;
  /** What the source itself says: side, and one code for each of its own label sets. */
  readonly given?: Split;
  /** The day, as the camera wrote it into the file. */
  readonly taken?: string | undefined;
  readonly codes?: readonly number[];
}

/** Where an item's pixels are. `pack` is a position in the previous version's packs, or `newPack`. */
export interface Place {
  readonly pack: number;
  readonly index: number;
}

export const newPack = -1;

export type AddPicture = (
  picture: {
    readonly pixels: Uint8Array;
    readonly height: number;
    readonly width: number;
    /** Its fingerprint, where that has been taken already. */
    readonly grid?: Uint8Array;
  },
  digest: string,
) => Place;

/** Adds to a pack that is opened by the first picture, and its look to `looks`. */
export function adderTo(openWriter: () => PackWriter, looks: NewLooks): AddPicture {
  return ({ pixels, height, width, ...picture }, digest) => {
    const index = openWriter().add(pixels, height, width, digest);
    looks.add(picture.grid ?? fingerprint(pixels, { height, width }), width / height);
    return { pack: newPack, index };
  };
}

/** Places by digest: equal bytes are stored once. */
export function knownPlaces(previous: DatasetVersion | undefined): Map<string, Place> {
  const places = new Map<string, Place>();
  if (previous === undefined) return places;
  const { digest, pack, index } = previous.items;
  for (let i = 0; i < digest.length; i++) {
    if (!places.has(digest[i])) places.set(digest[i], { pack: pack[i], index: index[i] });
  }
  return places;
}

export function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Problem("data/interrupted", {}, { cause: signal.reason });
}
