/** What an ingest is asked and what it answers. */
import type { Clock, Emit } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Pack, PackWriter } from "../../formats/pack/index.ts";
import type { LabelList } from "./label-list.ts";

export interface IngestOptions {
  /** The dataset's name. The hashed split depends on it. */
  readonly name: string;
  /** Shorter side of the stored pictures; frozen by the first ingest. */
  readonly resolution?: number;
  /** What transparent pictures lie on, `#rrggbb`; frozen by the first ingest. */
  readonly background?: string;
  readonly previous?: DatasetVersion;
  readonly createPack: (options: { resolution: number }) => PackWriter;
  /** By digest; needed to compare new pictures with those that are there. */
  readonly openPack: (digest: string) => Pack;
  /** Where the pack of a digest lies, for threads that open it themselves. */
  readonly packFolder?: (digest: string) => string;
  /** A list whose columns give groups or sides. */
  readonly list?: LabelList;
  /** `column:NAME`, `facet:NAME`, `folder`, `folder:LEVEL`, `near-duplicate` (default) or `item`. */
  readonly group?: string;
  /**
   * Where given sides come from: `column:NAME`, `folder`, `hash` (nowhere), or `auto` (default): the
   * list's column `split`, else first folders such as train/ and test/, else nowhere.
   */
  readonly split?: string;
  readonly evaluationShare?: number;
  readonly clock: Clock;
  readonly emit?: Emit;
  readonly signal?: AbortSignal;
  /** Files that are still being written, by path: passed over this time, as if not there yet. */
  readonly leave?: ReadonlySet<string>;
  /** Pictures decoded at once. */
  readonly concurrency?: number;
  /** Threads that read small JPEG files ahead; `count` 0 reads all in this one. */
  readonly readers?: {
    readonly count?: number;
    /** The built thread module, where it does not lie beside the others. */
    readonly module?: URL;
  };
}

export interface Ingested {
  /** The previous version itself if nothing changed. */
  readonly version: DatasetVersion;
  readonly unchanged: boolean;
  readonly counts: {
    readonly added: number;
    /** Of those added: same path as before, other bytes. */
    readonly changed: number;
    readonly kept: number;
    readonly removed: number;
    readonly enlarged: number;
    readonly rejected: number;
    /** Of those rejected: files that are no pictures at all. */
    readonly notPictures: number;
    readonly train: number;
    readonly evaluation: number;
    readonly groups: number;
  };
}
