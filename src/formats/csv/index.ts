/** Doorway of delimited text: cells out of whatever a spreadsheet wrote, and text that it opens. */
export { type Cells, readCells, type TextCells } from "./cells.ts";
export { decodeText, type TextEncoding } from "./text.ts";
export { csvText } from "./write.ts";
