/** Doorway of delimited text: cells out of whatever a spreadsheet wrote. */
export { type Cells, readCells, type TextCells } from "./cells.ts";
export { decodeText, type TextEncoding } from "./text.ts";
export { restoreCell, writeCsv } from "./write.ts";
