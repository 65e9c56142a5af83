/** The frozen split: sides by the hash of the group, given sides, and what never changes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Split } from "../../../src/formats/documents/index.ts";
import { foldersAreSplit, sidesFromWords } from "../../../src/learn/data/given-split.ts";
import { folderGroup, parseGroupRule } from "../../../src/learn/data/groups.ts";
import { assignSides, groupNumber } from "../../../src/learn/data/sides.ts";

const base = { name: "parts", share: 0.2, frozen: [], given: [] };
const groups = fc.array(fc.string({ maxLength: 3 }), { minLength: 2, maxLength: 60 });

describe("sides by hash", () => {
  it("keep a group together", () => {
    fc.assert(
      fc.property(groups, (names) => {
        const sides = assignSides({ ...base, groups: names });
        const byGroup = new Map(names.map((name, i) => [name, sides[i]]));
        expect(sides).toEqual(names.map((name) => byGroup.get(name)));
      }),
    );
  });

  it("depend on nothing but the dataset's name and the group, in whatever order", () => {
    fc.assert(
      fc.property(groups, fc.integer(), (names, turn) => {
        const at = Math.abs(turn) % names.length;
        const turned = [...names.slice(at), ...names.slice(0, at)];
        const sides = assignSides({ ...base, groups: names });
        const again = assignSides({ ...base, groups: turned });
        expect([...again.slice(names.length - at), ...again.slice(0, names.length - at)]).toEqual(
          sides,
        );
      }),
    );
  });

  it("never change when items come or go, and new groups follow the hash", () => {
    fc.assert(
      fc.property(groups, groups, (old, added) => {
        const frozen = assignSides({ ...base, groups: old });
        const now = assignSides({ ...base, groups: [...old, ...added], frozen });
        expect(now.slice(0, old.length)).toEqual(frozen);
        added.forEach((group, i) => {
          const before = old.indexOf(group);
          const hashed: Split = groupNumber(base.name, group) < base.share ? "evaluation" : "train";
          expect(now[old.length + i]).toBe(before >= 0 ? frozen[before] : hashed);
        });
      }),
    );
  });

  it("come near the share over many groups, and differ between datasets", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `g${i}`);
    const sides = assignSides({ ...base, groups: many });
    const aside = sides.filter((side) => side === "evaluation").length;
    // Binomial: 2,000 ± 5 standard deviations of 40.
    expect(Math.abs(aside - 2000)).toBeLessThan(200);
    const other = assignSides({ ...base, name: "other", groups: many });
    const same = other.filter((side, i) => side === sides[i]).length;
    expect(Math.abs(same - 6800)).toBeLessThan(250);
  });

  it("leave no side empty where there are two groups, and do where there is one", () => {
    for (let i = 0; i < 50; i++) {
      const sides = assignSides({ ...base, name: `d${i}`, groups: ["a", "b", "c"] });
      expect(new Set(sides).size).toBe(2);
    }
    expect(new Set(assignSides({ ...base, groups: ["a", "a"] })).size).toBe(1);
    expect(assignSides({ ...base, share: 0, groups: ["a", "b"] })).toEqual(["train", "train"]);
  });
});

describe("given sides", () => {
  it("win, and draw the rest of their group along, towards evaluation in doubt", () => {
    const given: (Split | undefined)[] = ["train", undefined, "train", "evaluation", undefined];
    const sides = assignSides({ ...base, groups: ["a", "a", "b", "b", "b"], given });
    expect(sides).toEqual(["train", "train", "train", "evaluation", "evaluation"]);
  });

  it("do not move what is frozen", () => {
    const given: (Split | undefined)[] = ["evaluation", "evaluation", undefined];
    const sides = assignSides({ ...base, groups: ["a", "a", "a"], frozen: ["train"], given });
    expect(sides).toEqual(["train", "evaluation", "train"]);
  });

  it("come from words: test is set aside, validation only where there is no test", () => {
    expect(sidesFromWords(["Train", "val", "TEST", "", undefined], "x")).toEqual([
      "train",
      "train",
      "evaluation",
      undefined,
      undefined,
    ]);
    expect(sidesFromWords(["学習", "検証"], "x")).toEqual(["train", "evaluation"]);
    expect(() => sidesFromWords(["spare"], "x")).toThrow("data/split-word-unknown");
  });

  it("come from folders only where all first folders are such words", () => {
    expect(foldersAreSplit(["train/a.jpg", "test/x/b.jpg"])).toBe(true);
    expect(foldersAreSplit(["train/a.jpg", "test/b.jpg", "c.jpg"])).toBe(false);
    expect(foldersAreSplit(["train/a.jpg", "bus/b.jpg"])).toBe(false);
    expect(foldersAreSplit(["train/a.jpg", "train/b.jpg"])).toBe(false);
    expect(foldersAreSplit(["test/a.jpg", "val/b.jpg"])).toBe(false);
  });
});

describe("group rules", () => {
  it("are read from their text", () => {
    expect(parseGroupRule("column:lot:2")).toEqual({ by: "column", column: "lot:2" });
    expect(parseGroupRule("folder")).toEqual({ by: "folder", level: 0 });
    expect(parseGroupRule("folder:2")).toEqual({ by: "folder", level: 2 });
    for (const wrong of ["", "column:", "column", "folder:0", "folder:x", "lot", "item:3"]) {
      expect(() => parseGroupRule(wrong)).toThrow("data/group-unknown");
    }
  });

  it("take folders down to a level", () => {
    const path = "line-1/lot-7/front/a.jpg";
    expect([0, 1, 2, 9].map((level) => folderGroup(path, level))).toEqual([
      "line-1/lot-7/front",
      "line-1",
      "line-1/lot-7",
      "line-1/lot-7/front",
    ]);
    expect(folderGroup("a.jpg", 1)).toBe(".");
  });
});
