/** Doorway of data: sources, ingest, label sets, the frozen split, checks. */
export { attachAnswers, disagreements, isAnswerList, noteDisagreements } from "./attach-answers.ts";
export { type AttachOptions, attachLabels, labelSetOf } from "./attach-labels.ts";
export { describeEdges, edgeColumns } from "./edges.ts";
export { attachFacet, facetOfColumn } from "./facets.ts";
export { folderLabelSets } from "./folder-labels.ts";
export { defaultEvaluationShare, defaultResolution, ingest } from "./ingest.ts";
export type { Ingested, IngestOptions } from "./ingest-options.ts";
export {
  type LabelList,
  type LabelListOptions,
  type LabelRow,
  readLabelList,
} from "./label-list.ts";
export { laterCopies } from "./near-copies.ts";
export { columnsOfSingles, emptyColumns, type OfferedSet, offeredSets } from "./offered-sets.ts";
export { openPictures, type Pictures } from "./pictures.ts";
export { readPicture } from "./read-picture.ts";
export { type FoundFile, type Scanned, scanFolder } from "./scan.ts";
export { type PackPlaces, searchPairs } from "./search-pairs.ts";
export { detectSource, type Source } from "./source.ts";
