/** A set that sorts defects is not filled for good items. */
import { describe, expect, test } from "vitest";
import { itemsToFill, setWorthFilling } from "../../src/app/select/index.ts";
import type { LabelSet } from "../../src/formats/documents/index.ts";
import { sampleDataset } from "../registry/samples.ts";

// Every fifth of the items is set aside.
const document = sampleDataset(10);
const set = (name: string, classes: string[], codes: number[]): LabelSet => ({
  ...{ name, classes, codes, source: "list.csv" },
});
const verdict = set("判定", ["NG", "OK"], [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
const kind = (...codes: number[]) => set("不良名", ["傷", "汚れ"], codes);
const withSets = (...labelSets: LabelSet[]) => ({ ...document, labelSets });
const train = [...document.items.split.keys()].filter((i) => document.items.split[i] === "train");

describe("names of defects", () => {
  test("are complete where every defect has one", () => {
    const complete = withSets(verdict, kind(0, 1, 1, 0, -1, -1, -1, -1, -1, -1));
    expect(setWorthFilling(complete)).toBeUndefined();
    const remarks = set("備考", ["再検"], [-1, 0, -1, -1, -1, -1, -1, -1, -1, -1]);
    expect(setWorthFilling(withSets(verdict, remarks))).toBeUndefined();
    expect(setWorthFilling(withSets(remarks, verdict))).toBe(remarks);
  });

  test("are asked for where a defect has none, and of defects alone", () => {
    const open = kind(0, 1, -1, -1, -1, -1, -1, -1, -1, -1);
    const gaps = withSets(verdict, open);
    expect(setWorthFilling(gaps)).toBe(open);
    expect([...itemsToFill(gaps, open, "train")]).toEqual(train.filter((i) => i < 4));
  });

  test("are asked for everywhere once a good item has one, or where nothing is called good", () => {
    const mixed = kind(0, 1, -1, -1, 1, -1, -1, -1, -1, -1);
    expect([...itemsToFill(withSets(verdict, mixed), mixed, "train")]).toEqual(train);
    const other = set("製品", ["A", "B"], verdict.codes as number[]);
    const open = kind(0, 1, 1, 0, -1, -1, -1, -1, -1, -1);
    expect(setWorthFilling(withSets(other, open))).toBe(open);
  });
});
