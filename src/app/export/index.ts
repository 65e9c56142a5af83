/** Doorway of exports: models, weights, pages and label lists for use elsewhere. */
export { type ExportOptions, type ExportResult, exportModel } from "./export.ts";
export { type ExportFormat, exportFormats } from "./target.ts";
