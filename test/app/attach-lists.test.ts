/** Which label sets from folders stay beside lists and facets. */
import { expect, test } from "vitest";
import { attachLists } from "../../src/app/attach-lists.ts";
import type { Emit, Evidence } from "../../src/base/index.ts";
import type { Facet, LabelSet } from "../../src/formats/documents/index.ts";
import { sampleDataset } from "../registry/samples.ts";

const codes = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
const folders = (classes: string[]) => ({ name: "folder", classes, codes, source: "folder" });
const line: Facet = { name: "line", values: ["L1", "L2"], codes, source: "list.csv" };
const day: Facet = { name: "day", values: ["2026-03-01", "2026-03-02"], codes, source: "exif" };

function left(classes: string[], facet: Facet, listed: LabelSet[] = []) {
  const labelSets = [folders(classes), ...listed];
  const document = { ...sampleDataset(10), labelSets, facets: [facet] };
  const told: (Evidence | undefined)[] = [];
  const emit: Emit = (event) => {
    if (event.type === "notice") told.push(event.values);
  };
  const context = { choices: {}, now: "2026-03-03T00:00:00Z", emit };
  const names = attachLists(document, [], context).labelSets.map(({ name }) => name);
  return { names, told };
}

test("folders that repeat a facet are no labels, which is said", () => {
  const told = [{ set: "folder", kind: "facet", by: "line" }];
  expect(left(["l1", "L2"], line)).toEqual({ names: [], told });
});

test("folders that repeat a list's labels are no labels, which is said", () => {
  const verdict = { name: "verdict", classes: ["good", "bad"], codes, source: "list.csv" };
  const told = [{ set: "folder", kind: "labels", by: "verdict" }];
  expect(left(["OK", "NG"], day, [verdict])).toEqual({ names: ["verdict"], told });
});

test("folders that sort as a facet does, and mean something else, are", () => {
  const names = ["folder"];
  expect(left(["OK", "NG"], day)).toEqual({ names, told: [] });
  expect(left(["L1", "L3"], line)).toEqual({ names, told: [] });
});
