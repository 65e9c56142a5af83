/** Which label sets from folders stay beside lists and facets. */
import { expect, test } from "vitest";
import { attachLists } from "../../src/app/attach-lists.ts";
import type { Facet } from "../../src/formats/documents/index.ts";
import { sampleDataset } from "../registry/samples.ts";

const codes = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
const folders = (classes: string[]) => ({ name: "folder", classes, codes, source: "folder" });
const line: Facet = { name: "line", values: ["L1", "L2"], codes, source: "list.csv" };
const day: Facet = { name: "day", values: ["2026-03-01", "2026-03-02"], codes, source: "exif" };

function left(classes: string[], facet: Facet) {
  const document = { ...sampleDataset(10), labelSets: [folders(classes)], facets: [facet] };
  const context = { choices: {}, now: "2026-03-03T00:00:00Z", emit: () => {} };
  return attachLists(document, [], context).labelSets.map(({ name }) => name);
}

test("folders that repeat a facet are no labels", () => {
  expect(left(["l1", "L2"], line)).toEqual([]);
});

test("folders that sort as a facet does, and mean something else, are", () => {
  expect(left(["OK", "NG"], day)).toEqual(["folder"]);
  expect(left(["L1", "L3"], line)).toEqual(["folder"]);
});
