/**
 * The process behind `readWorkbookApart`: a workbook's bytes in, one sheet out. The library that
 * reads them may loop for ever over a broken file, or bring V8 down.
 */
import { readFileSync, writeSync } from "node:fs";
import { serialize } from "node:v8";
import { Problem } from "../../base/index.ts";
import { readSheet } from "../../formats/spreadsheet/index.ts";
import type { WorkbookAnswer } from "./read-workbook.ts";

const standardInput = 0;
/** Beside standard output, on which the library may speak. */
const answers = 3;

const [, , file, name] = process.argv;
put(answer());

function answer(): WorkbookAnswer {
  try {
    return { sheet: readSheet(readFileSync(standardInput), file, name) };
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return { code: thrown.code, values: thrown.values };
  }
}

function put(answer: WorkbookAnswer): void {
  const bytes = serialize(answer);
  for (let at = 0; at < bytes.length; ) at += writeSync(answers, bytes, at);
}
