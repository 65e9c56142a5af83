/** Doorway of `html`: HTML as a value, and what the files that people open have in common. */
export { documentHead } from "./document.ts";
export {
  type Html,
  html,
  imageSource,
  oneLine,
  type Piece,
  scriptJson,
  trusted,
} from "./markup.ts";
export { languageSwitch, toolTones } from "./tools.ts";
