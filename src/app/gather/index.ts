/** Doorway of `app/gather`: from measurements to the report. */
export { gatherReport, type ReportTask } from "./gather-report.ts";
export { leadingSet } from "./verdict-facts.ts";
