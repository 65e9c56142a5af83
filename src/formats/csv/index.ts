/** Doorway of delimited text: cells out of whatever a spreadsheet wrote. */
export { type Cells, readCells } from "./cells.ts";
export { decodeText } from "./text.ts";
export { csvText } from "./write.ts";
