/** Doorway of looks: what pictures look like in few numbers, and which look alike. */
export { believedPairs, largestBelieved } from "./believed-pairs.ts";
export { type Cells, openCells } from "./cells.ts";
export { bySet, type DisjointSets, disjointSets } from "./disjoint-sets.ts";
export { brightness, contrast, fingerprint, gridBytes } from "./fingerprint.ts";
export { findLookAlikes, isConfirmed, type Looks } from "./look-alikes.ts";
export {
  type Descriptions,
  describeInto,
  emptyDescriptions,
  findNearDuplicates,
  type NearDuplicateOptions,
  type Pair,
  type PictureSource,
} from "./near-duplicates.ts";
export { type Thumbnail, thumbnail, thumbnailSide } from "./thumbnail.ts";
