/** Label lists, the items they mean, label sets and hierarchies, and whatever is wrong with them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Event } from "../../../src/base/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";
import {
  attachLabels,
  columnsOfSingles,
  folderLabelSets,
  offeredSets,
  readLabelList,
} from "../../../src/learn/data/index.ts";
import { versionOf } from "./version-of.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "labels-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function list(name: string, text: string, options = {}) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return readLabelList(file, options);
}

const labels = (version: DatasetVersion, name: string) => {
  const set = version.labelSets.find((found) => found.name === name);
  return set?.codes.map((code) => (code < 0 ? "" : set.classes[code]));
};

describe("reading a list", () => {
  it("finds the header and the column that names the item", () => {
    const found = list("a.csv", "lot,file,class\n7,a.jpg,ok\n8,b.jpg,\n");
    expect([found.key, found.columns]).toEqual(["file", ["lot", "class"]]);
    expect(found.rows).toEqual([
      { key: "a.jpg", line: 2, values: { lot: "7", class: "ok" } },
      { key: "b.jpg", line: 3, values: { lot: "8", class: "" } },
    ]);
  });

  it("knows Japanese headers and pictures without any known header", () => {
    expect(list("a.csv", "ファイル名,判定\na.jpg,良\n").key).toBe("ファイル名");
    expect(list("b.csv", "which,what\na.jpg,1\nb.png,2\n").key).toBe("which");
  });

  it("reads lists without a header, with names if they are given", () => {
    const text = "train/a.jpg, 0, 4\ntrain/b.jpg, 1, 4\n";
    expect(list("a.txt", text)).toMatchObject({
      key: "column-1",
      columns: ["column-2", "column-3"],
    });
    const named = list("a.txt", text, { columns: ["path", "fine", "coarse"] });
    expect(named.rows[1]).toEqual({
      key: "train/b.jpg",
      line: 2,
      values: { fine: "1", coarse: "4" },
    });
  });

  it("reads JSON records, plain values and objects from path to label or record", () => {
    const records = list(
      "a.json",
      '[{"file":"a.png","tone":null,"n":3},{"file":"b.png","base":"x"}]',
    );
    expect(records.columns).toEqual(["tone", "n", "base"]);
    expect(records.rows[0].values).toEqual({ tone: "", n: "3" });
    expect(list("b.json", '{"a.png":"ok"}').rows).toEqual([
      { key: "a.png", line: 1, values: { label: "ok" } },
    ]);
    expect(list("c.json", '{"a.png":{"k":"v"}}').rows[0].values).toEqual({ k: "v" });
  });

  it.each([
    ["data/labels-missing-file", "none", undefined, {}],
    ["data/labels-empty", "a.csv", "file,label\n", {}],
    ["data/labels-empty", "a.csv", "", {}],
    ["data/labels-not-json", "a.json", "[{", {}],
    ["data/labels-not-records", "a.json", "[1]", {}],
    ["data/labels-nested", "a.json", '[{"file":"a","x":[1]}]', {}],
    ["data/labels-no-key", "a.csv", "u,v\n1,2\n", {}],
    ["data/labels-column-missing", "a.csv", "file,v\n1,2\n", { key: "w" }],
  ])("says %s", (code, name, text, options) => {
    expect(() =>
      text === undefined ? readLabelList(join(folder, name)) : list(name, text, options),
    ).toThrow(code);
  });
});

describe("attaching", () => {
  const version = versionOf(["one/a.jpg", "one/b.jpg", "two/b.jpg", "two/café.jpg"]);

  it("matches by path, by base name that occurs once, with and without ending, in NFC", () => {
    const text = "file,k\n./one/a.jpg,1\none\\b.jpg,2\ncafe\u0301,3\n/data/two/b.jpg,4\n";
    const made = attachLabels(version, list("a.csv", text), { set: "k" });
    expect(labels(made, "k")).toEqual(["1", "2", "4", "3"]);
    expect(version.labelSets).toEqual([]);
  });

  it("notes rows without item, rows that mean several, and sets that sort little", () => {
    const events: Event[] = [];
    const emit = (event: Event) => events.push(event);
    const text = "file,k,one\n../x.jpg,1,s\nthree/a.jpg,1,s\nb,1,s\na.jpg,1,s\ncafé,2,s\n";
    const made = attachLabels(version, list("a.csv", text), { set: "k", emit });
    expect(labels(made, "k")).toEqual(["1", "", "", "2"]);
    attachLabels(version, list("a.csv", text), { set: "one", emit });
    expect(
      events.flatMap((event) => (event.type === "notice" ? [[event.code, event.values]] : [])),
    ).toMatchObject([
      ["data/labels-without-item", { count: 2, first: "../x.jpg" }],
      ["data/labels-ambiguous", { count: 1, first: "b" }],
      ["data/classes-with-one-item", { set: "k", count: 2, first: "1" }],
      ["data/labels-without-item", { count: 2 }],
      ["data/labels-ambiguous", { count: 1 }],
      ["data/one-class", { set: "one", class: "s" }],
    ]);
  });

  it("orders classes, numbers by value, and replaces a set of the same name", () => {
    const first = attachLabels(version, list("a.csv", "file,k\na,10\none/b.jpg,9\n"), { set: "k" });
    expect(first.labelSets[0].classes).toEqual(["9", "10"]);
    const second = attachLabels(first, list("b.csv", "file,k\na,x\n"), { set: "k" });
    expect(second.labelSets.map(({ classes }) => classes)).toEqual([["x"]]);
  });

  it("refuses two labels for one picture, naming both", () => {
    const text = "file,k\na,ok\none/b.jpg,ok\none/a.jpg,scratch\na.jpg,ok\n";
    expect(() => attachLabels(version, list("a.csv", text), { set: "k" })).toThrow(
      expect.objectContaining({
        code: "data/labels-contradict",
        values: expect.objectContaining({
          path: "one/a.jpg",
          first: "ok",
          firstLine: 2,
          second: "scratch",
          secondLine: 4,
          count: 1,
        }),
      }),
    );
  });

  it("takes a hierarchy that holds and refuses one that does not, with an example", () => {
    const fine = list("a.csv", "file,fine,coarse\na,oak,tree\none/b.jpg,elm,tree\ncafé,cat,\n");
    const coarse = attachLabels(version, fine, { set: "coarse" });
    const both = attachLabels(coarse, fine, { set: "fine", parent: "coarse" });
    expect(both.labelSets[1].parent).toBe("coarse");
    const other = list("b.csv", "file,coarse\na,tree\none/b.jpg,plant\n");
    const apart = attachLabels(both, other, { set: "coarse" });
    expect(apart.labelSets).toHaveLength(2);
    const same = list("c.csv", "file,fine\na,oak\none/b.jpg,oak\n");
    expect(() => attachLabels(apart, same, { set: "fine", parent: "coarse" })).toThrow(
      expect.objectContaining({
        code: "data/labels-not-nested",
        values: { set: "fine", parent: "coarse", class: "oak", first: "tree", second: "plant" },
      }),
    );
    expect(() => attachLabels(apart, same, { set: "fine", parent: "none" })).toThrow(
      "data/labels-parent-missing",
    );
    // Replacing the coarser set must not break the finer one that hangs on it either.
    const wrong = list("d.csv", "file,fine\na,oak\none/b.jpg,oak\n");
    const held = attachLabels(coarse, wrong, { set: "fine", parent: "coarse" });
    expect(() => attachLabels(held, other, { set: "coarse" })).toThrow("data/labels-not-nested");
  });

  it.each([
    ["data/labels-match-nothing", "file,k\nx,1\ny,2\n", "k"],
    ["data/labels-column-missing", "file,k,l\na,1,2\n", "m"],
    ["data/labels-all-empty", "file,k,l\na,,2\n", "k"],
  ])("says %s", (code, text, set) => {
    expect(() => attachLabels(version, list("a.csv", text), { set })).toThrow(code);
  });

  it("takes the only other column under any name", () => {
    const made = attachLabels(version, list("a.json", '{"a":"x","café":"y"}'), { set: "kind" });
    expect(labels(made, "kind")).toEqual(["x", "", "", "y"]);
  });
});

describe("folder names", () => {
  it("offer a set for each level, the upper one the parent", () => {
    const paths = ["Fruit/Apple/Gala/1.jpg", "Fruit/Apple/Fuji/2.jpg", "Veg/Leek/3.jpg"];
    expect(folderLabelSets(paths)).toEqual([
      { name: "folder-1", classes: ["Fruit", "Veg"], codes: [0, 0, 1], source: "folder" },
      {
        name: "folder-3",
        classes: ["Fuji", "Gala", "Leek"],
        codes: [1, 0, 2],
        parent: "folder-1",
        source: "folder",
      },
    ]);
  });

  it("keep equal names under different parents apart", () => {
    const sets = folderLabelSets(["a/ok/1.png", "a/ng/2.png", "b/ok/3.png", "b/ng/4.png"]);
    expect(sets[1].classes).toEqual(["a/ng", "a/ok", "b/ng", "b/ok"]);
  });

  it("skip folders that mean a split, give one level a plain name, say nothing of one folder", () => {
    expect(folderLabelSets(["train/a/1.png", "test/b/2.png", "test/3.png"], { skip: 1 })).toEqual([
      { name: "folder", classes: ["a", "b"], codes: [0, 1, -1], source: "folder" },
    ]);
    expect(folderLabelSets(["all/1.png", "all/2.png"])).toEqual([]);
  });
});

describe("columns of single values", () => {
  it("are numbers and remarks, in lists that are long enough to tell", () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => `${n}.png,${n},${n % 3 ? "" : `note ${n}`},${n % 9}`);
    const text = (count: number) => `file,No.,remark,kind\n${rows(count).join("\n")}\n`;
    expect(columnsOfSingles(list("a.csv", text(63)))).toEqual(["No.", "remark"]);
    expect(columnsOfSingles(list("a.csv", text(20)))).toEqual([]);
  });
});

describe("offered sets", () => {
  it("are columns that sort, coarsest first, with the finest column that contains them", () => {
    const rows = Array.from({ length: 16 }, (_, n) =>
      [`${n}.png`, n < 8 ? "x" : "y", `f${n >> 2}`, n % 2 ? "odd" : "even", `s${n}`, "all"].join(
        ",",
      ),
    );
    const text = `file,top,fine,parity,serial,constant\n${rows.join("\n")}\n`;
    expect(offeredSets(list("a.csv", text))).toEqual([
      { column: "top", classes: 2, labelled: 16 },
      { column: "parity", classes: 2, labelled: 16 },
      { column: "fine", classes: 4, labelled: 16, parent: "top" },
    ]);
  });
});
