/** Doorway of `app/gather`: from measurements to the report. */
export { atVolume } from "./cost-facts.ts";
export {
  gatherReport,
  type ReportTask,
  type TrainedPart,
  type UntrainedPart,
} from "./gather-report.ts";
export { namedPicture } from "./pictures.ts";
export { leadingSet } from "./verdict-facts.ts";
