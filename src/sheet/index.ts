/** Doorway of `sheet`. */
export { renderSheet, savedName } from "./html.ts";
export type { Sheet, SheetItem } from "./model.ts";
export {
  renderViews,
  type Said,
  type ShownPicture,
  type ShownView,
  type ViewsSheet,
} from "./views.ts";
