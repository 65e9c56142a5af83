/** Doorway of `sheet`. */
export { renderSheet } from "./html.ts";
export type { Sheet, SheetItem } from "./model.ts";
