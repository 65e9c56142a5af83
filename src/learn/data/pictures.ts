/** The pictures of a dataset version, in the order of its items, wherever their packs lie. */
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Pack } from "../../formats/pack/index.ts";

export interface Pictures {
  readonly count: number;
  size(index: number): { height: number; width: number };
  /** H·W·3 bytes, uint8 RGB. */
  read(index: number): Uint8Array;
}

/** `packs` are those of `version.packs`, in that order; closing them stays with the caller. */
export function openPictures(version: DatasetVersion, packs: readonly Pack[]): Pictures {
  const { pack, index } = version.items;
  return {
    count: pack.length,
    size: (i) => packs[pack[i]].size(index[i]),
    read: (i) => packs[pack[i]].read(index[i]),
  };
}
