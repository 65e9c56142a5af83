/** Doorway of `app/pilot`: all of it in one go, and what arrives later. */
export { followUp } from "./follow-up.ts";
export type { PilotOptions, PilotReport, PilotResult } from "./options.ts";
export { pilot } from "./pilot.ts";
