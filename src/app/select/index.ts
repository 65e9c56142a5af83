/** Doorway of `app/select`. */
export {
  type Chosen,
  chooseToLabel,
  labellingPlaces,
  sheetId,
  writeLabelling,
} from "./labelling.ts";
export { type SelectOptions, type SelectResult, select, selectDefaults } from "./select.ts";
export { isAnswered, itemsToFill, setWorthFilling } from "./to-fill.ts";
