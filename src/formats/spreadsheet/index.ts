/** Doorway of Excel and OpenDocument files: rows of cells as the sheet shows them. */
export { isWorkbook, readSheet, type Sheet } from "./read-sheet.ts";
