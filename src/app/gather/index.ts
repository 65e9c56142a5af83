/** Doorway of `app/gather`: from measurements to the report. */
export { dataFacts } from "./data-facts.ts";
export { gatherReport, type ReportTask } from "./gather-report.ts";
export { differenceFacts, judgedNcc, layerFacts, measuredFacts } from "./measured-facts.ts";
export { judge, leadingSet } from "./verdict-facts.ts";
