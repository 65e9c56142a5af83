/** Doorway of the page that classifies pictures. */
export { renderPage } from "./html.ts";
export type { ClassifierPage, Runtime } from "./model.ts";
