/** Doorway of the stored JSON documents. */
export type { Answer, DatasetSummary, DatasetVersion, LabelSet, Split } from "./dataset.ts";
export type { Acceptance, Correction, Exclusion } from "./decisions.ts";
export {
  checkDocument,
  type DocumentKind,
  type DocumentOf,
  documentText,
  parseDocument,
} from "./document.ts";
export type { EmbeddingDocument } from "./embedding.ts";
export { type Facet, type FacetName, facetNames } from "./facet.ts";
export type { HeadDocument } from "./head.ts";
export type { Measured, MeasurementDocument } from "./measurement.ts";
export type { DatasetReference, RepresentationReference } from "./parts.ts";
export type { AliasDocument, RepresentationDocument } from "./representation.ts";
export type { OutcomeDocument, RunDocument } from "./run.ts";
