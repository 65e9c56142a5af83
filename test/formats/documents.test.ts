/** Stored documents: what is wrong with one is said with file, version and place. */
import { describe, expect, it } from "vitest";
import {
  checkDocument,
  documentText,
  parseDocument,
  type RunDocument,
} from "../../src/formats/documents/index.ts";
import { problemOf } from "../code-of.ts";
import { sampleDataset, sampleRun } from "../registry/samples.ts";

const refused = (text: string) => problemOf(() => parseDocument("dataset", text, "d.json"));
const dataset = documentText("dataset", sampleDataset(4));

describe("documents", () => {
  it("come back as they were stored, on one line", () => {
    expect(parseDocument("dataset", dataset, "d.json")).toEqual(sampleDataset(4));
    expect(dataset.split("\n")).toHaveLength(2);
    const run: RunDocument = {
      ...sampleRun,
      format: 1,
      id: "x",
      created: "2026-01-31T09:30:00.000Z",
    };
    expect(parseDocument("run", documentText("run", run), "r.json")).toEqual(run);
  });

  it.each([
    ["newer", 2, dataset.replace('"format":1', '"format":2')],
    ["older", 0, dataset.replace('"format":1', '"format":0')],
    ["none", "none", "{}"],
    ["none", "none", "[1]"],
    ["none", '"1"', '{"format":"1"}'],
  ])("of another version (%s) are named with both versions", (age, found, text) => {
    expect(refused(text)).toMatchObject({
      code: "formats/document-version",
      values: { file: "d.json", kind: "dataset", found, expected: 1, age },
      exit: 3,
    });
  });

  it("cut short anywhere are refused with the file's name", () => {
    for (let length = 0; length < dataset.length - 2; length += 7) {
      const { code, values } = refused(dataset.slice(0, length));
      expect([code, values.file]).toEqual(["formats/document-cut-short", "d.json"]);
    }
  });

  it.each([
    ["items.id", "expected text at position 2", { items: { id: ["a", "b", 3, "d"] } }],
    ["items.id", "an id occurs twice", { items: { id: ["a", "b", "a", "d"] } }],
    [
      "items.split",
      'expected "train" or "evaluation" at position 0',
      { items: { split: ["test", "train", "train", "train"] } },
    ],
    ["items.pack", "pack 1 of 1", { items: { pack: [0, 0, 1, 0] } }],
    [
      "items.index",
      "expected a whole number ≥ 0 at position 1",
      { items: { index: [0, 1.5, 2, 3] } },
    ],
    ["items.group", "3 entries for 4 items", { items: { group: ["a", "b", "c"] } }],
    ["items.path", "expected a column of text", { items: { path: null } }],
    [
      "labelSets.0.codes",
      "code 7 at position 3, but there are 3 classes",
      { labels: { codes: [0, 1, 2, 7] } },
    ],
    ["labelSets.fine.codes", "3 entries for 4 items", { labels: { codes: [0, 1, 2] } }],
    ["labelSets.fine.parent", "there is no label set absent", { labels: { parent: "absent" } }],
    ["created", "expected a time such as 2026-01-31T09:30:00.000Z", { created: "yesterday" }],
  ])(
    "are refused at %s: %s",
    (place, found, {
      items = {},
      labels = {},
      ...rest
    }: { items?: object; labels?: object; created?: string }) => {
      const good = sampleDataset(4);
      const [first, ...others] = good.labelSets;
      const labelSets = [{ ...first, ...labels }, ...others];
      const bad = { ...good, ...rest, items: { ...good.items, ...items }, labelSets };
      expect(problemOf(() => checkDocument("dataset", bad, "d.json"))).toMatchObject({
        code: "formats/document-invalid",
        values: { file: "d.json", place, found },
      });
    },
  );

  it("hold facets like label sets, and those of before have none", () => {
    const day = { name: "day" as const, values: ["2026-03-14"], codes: [0, -1], source: "path" };
    const facets = [day, { ...day, name: "lot" as const, values: [], codes: [-1, -1] }];
    const made = { ...sampleDataset(2), facets };
    expect(parseDocument("dataset", documentText("dataset", made), "d.json")).toEqual(made);
    expect(parseDocument("dataset", dataset, "d.json").facets).toBeUndefined();
    const wrong = [
      ["facets", "a name occurs twice", [day, day]],
      ["facets.day.codes", "3 entries for 2 items", [{ ...day, codes: [0, 0, 0] }]],
      [
        "facets.0.codes",
        "code 1 at position 0, but there are 1 values",
        [{ ...day, codes: [1, 0] }],
      ],
    ] as const;
    for (const [place, found, facets] of wrong) {
      const bad = { ...sampleDataset(2), facets };
      expect(problemOf(() => checkDocument("dataset", bad, "d.json")).values).toMatchObject({
        place,
        found,
      });
    }
  });

  it("leave out members that this version does not know", () => {
    const more = { ...sampleDataset(1), later: true };
    expect(checkDocument("dataset", more, "d.json")).toEqual(sampleDataset(1));
  });
});
