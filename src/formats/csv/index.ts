/** Doorway of delimited text: cells out of whatever a spreadsheet wrote, and into one again. */
export { type Cells, readCells, type TextCells } from "./cells.ts";
export { decodeText, type TextEncoding } from "./text.ts";
export { harmlessCell, restoreCell, writeCsv } from "./write.ts";
