/** Which names are taken, and which are near. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAlias, checkName, nameFrom, nearest } from "../../src/registry/index.ts";
import { editDistance } from "../../src/registry/nearest.ts";
import { codeOf, problemOf } from "../code-of.ts";

describe("names", () => {
  it.each(["photos", "棚札", "検査 2026", "a.b-c_d", "Ωμέγα", "😀", "com", "nul-hypothesis"])(
    "takes %s",
    (name) => {
      expect(checkName("dataset", name)).toBe(name.normalize("NFC"));
    },
  );

  it.each([
    ["empty", ""],
    ["edge", "."],
    ["edge", ".hidden"],
    ["edge", "end."],
    ["edge", " begin"],
    ["edge", "全角　"],
    ["edge", "-option"],
    ["character", "a/b"],
    ["character", "a\\b"],
    ["character", ".." + "/etc"],
    ["character", "C:"],
    ["character", "a@1"],
    ["character", "a\nb"],
    ["character", "a\u202Eb"],
    ["character", "a\u0000"],
    ["reserved", "CON"],
    ["reserved", "nul.txt"],
    ["reserved", "Com1"],
    ["long", "あ".repeat(34)],
  ])("refuses as %s: %j", (reason, name) => {
    const { code, values } = problemOf(() => checkName("dataset", name));
    expect([code, values.reason]).toEqual(["registry/name-unusable", reason]);
    expect(String(values.name) + values.found).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("are one however their accents are written", () => {
    expect(checkName("dataset", "が")).toBe("が");
    expect(checkAlias("pilot")).toBe("pilot");
    expect(codeOf(() => checkAlias("12"))).toBe("registry/alias-reserved");
  });

  it("come from any folder's name, or there is none", () => {
    expect(nameFrom("my: photos?")).toBe("my- photos");
    expect(nameFrom("...")).toBeUndefined();
    expect(nameFrom("con.photos")).toBe("con-data");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const name = nameFrom(text);
        return name === undefined || checkName("dataset", name) === name;
      }),
    );
  });
});

describe("near names", () => {
  it("count insertions, deletions, replacements and swapped neighbours as one", () => {
    expect(editDistance("photos", "photos")).toBe(0);
    expect(editDistance("photos", "phtos")).toBe(1);
    expect(editDistance("photos", "phottos")).toBe(1);
    expect(editDistance("photos", "pholos")).toBe(1);
    expect(editDistance("photos", "phtoos")).toBe(1);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("kitten", "sitting")).toBe(3);
  });

  it("are told nearest first, three at most", () => {
    expect(nearest("photo", ["photos-2025", "phoot", "cat", "photos", "photo1"])).toBe(
      "phoot, photo1, photos",
    );
    expect(nearest("dog", ["cat"])).toBe("none");
  });
});
