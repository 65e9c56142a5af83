/** Each rule of a check on cases small enough to count by hand. */
import { describe, expect, it } from "vitest";
import { fork, keyFromSeed, normal, uniform } from "../../../src/base/index.ts";
import { clusterPairs } from "../../../src/learn/check/cluster-pairs.ts";
import { doubtfulLabels } from "../../../src/learn/check/doubtful-labels.ts";
import { equalBytes, leaks, twinsDisagree } from "../../../src/learn/check/duplicates.ts";
import { outliers } from "../../../src/learn/check/outliers.ts";
import { sharpness } from "../../../src/learn/check/quality.ts";
import { fileTraits, shortcuts } from "../../../src/learn/check/shortcuts.ts";
import { tinyClasses } from "../../../src/learn/check/tiny-classes.ts";
import { labelSetOf } from "../../../src/learn/data/index.ts";
import { versionOf } from "../data/version-of.ts";

describe("copies", () => {
  const { items } = versionOf(["a", "b", "c", "d", "e"]);
  const digest = ["1", "2", "1", "3", "1"];
  const split = ["train", "train", "evaluation", "evaluation", "train"] as const;
  const placed = { ...items, digest, split: [...split] };

  it("of the same bytes: that of the evaluation stays", () => {
    const [group] = equalBytes(placed);
    expect(group.items.map(({ at, suggestion }) => [at, suggestion.do])).toEqual([
      [0, "remove"],
      [2, "keep"],
      [4, "remove"],
    ]);
  });

  it("on both sides: those of training go", () => {
    const found = leaks(placed, [
      { items: [1, 3], likeness: 0.9 },
      { items: [0, 1], likeness: 0.9 },
    ]);
    expect(found.map(({ items: list }) => list)).toEqual([
      [
        { at: 1, suggestion: { do: "remove" }, score: 0.9 },
        { at: 3, suggestion: { do: "keep" }, score: 0.9 },
      ],
    ]);
  });

  it("with different labels follow the majority, where there is one", () => {
    const set = labelSetOf("defect", ["NG", "OK", "OK", "NG", "OK"], "list");
    const [clear, open] = twinsDisagree(
      placed,
      [set],
      [
        { items: [0, 2, 4], likeness: 1 },
        { items: [1, 3], likeness: 1 },
      ],
    );
    expect(clear.items.map(({ suggestion }) => suggestion)).toEqual([
      { do: "relabel", set: "defect", class: "OK" },
      { do: "keep" },
      { do: "keep" },
    ]);
    expect(open.items.map(({ suggestion }) => suggestion.do)).toEqual(["look", "look"]);
  });

  it("of a chain too long to be believed hold only what is one exposure", () => {
    const pair = (outer: number, inner: number, likeness: number) => ({
      outer,
      inner,
      likeness,
      isMirrored: false,
    });
    const digests = Array.from({ length: 60 }, (_, i) => String(i));
    const chain = digests.slice(1).map((_, i) => pair(i + 1, i, i === 54 ? 0.999 : 0.8));
    expect(clusterPairs(chain.slice(0, 49), digests)).toEqual([
      { items: Array.from({ length: 50 }, (_, i) => i), likeness: 0.8 },
    ]);
    expect(clusterPairs(chain, digests)).toEqual([{ items: [54, 55], likeness: 0.999 }]);
    expect(clusterPairs([], ["x", "y", "x"])).toEqual([{ items: [0, 2], likeness: 1 }]);
  });
});

describe("shortcuts", () => {
  const labels = [...Array(8).fill("scratch"), ...Array(20).fill("good")];
  const set = labelSetOf("defect", labels, "list");
  const days = [...Array(8).fill(1), ...Array(5).fill(1), ...Array(15).fill(0)];
  const day = { name: "day", values: ["2026-03-01", "2026-03-02"], codes: days };

  it("are classes of one day that others share", () => {
    const [found, ...rest] = shortcuts([set], [day]);
    expect(rest).toEqual([]);
    // 13 of 28 pictures are of that day; (13/28)^8 · 2 classes = 0.004.
    expect(found.values).toMatchObject({
      set: "defect",
      class: "scratch",
      facet: "day",
      value: "2026-03-02",
    });
    expect(found.items).toHaveLength(8);
  });

  it("are not classes that chance may have put there, nor sets that are the trait itself", () => {
    const few = labelSetOf("defect", ["a", "a", "a", "a", "a", "b", "b", "b"], "list");
    const twoDays = { name: "day", values: ["1", "2"], codes: [0, 0, 0, 0, 0, 0, 1, 1] };
    expect(shortcuts([few], [twoDays])).toEqual([]);
    const itself = { name: "line", values: ["A", "B"], codes: set.codes };
    expect(shortcuts([set], [itself])).toEqual([]);
  });

  it("come from file types and shapes, too", () => {
    const paths = labels.map(
      (label, i) => `${label}/${i}.${label === "scratch" ? "png" : i % 2 ? "JPG" : "jpeg"}`,
    );
    const traits = fileTraits(
      paths,
      paths.map(() => ({ height: 64, width: 64 })),
    );
    expect(traits.map(({ name, values }) => [name, values])).toEqual([["type", ["jpg", "png"]]]);
  });
});

describe("tiny classes", () => {
  it("have fewer than five items, the smallest first", () => {
    const set = labelSetOf("part", ["a", "a", "a", "a", "a", "b", "b", "c"], "list");
    expect(tinyClasses([set]).map(({ values }) => values)).toEqual([
      { set: "part", class: "c" },
      { set: "part", class: "b" },
    ]);
  });
});

describe("bad pictures", () => {
  const usual = { brightness: 120, contrast: 40, white: 0.05, sharpness: 1 };
  const list = [
    ...Array.from({ length: 30 }, (_, i) => ({ ...usual, sharpness: 0.9 + 0.01 * (i % 20) })),
    { ...usual, contrast: 1 },
    { ...usual, brightness: 9 },
    { ...usual, white: 0.6 },
    { ...usual, sharpness: 0.2 },
  ];
  const options = { aspects: new Float64Array(list.length).fill(1), classes: list.map(() => -1) };

  it("are told from the rest", () => {
    const found = outliers(list, options);
    expect(found.blank.map(({ at }) => at)).toEqual([30]);
    expect(found.dark.map(({ at }) => at)).toEqual([31]);
    expect(found.bright.map(({ at }) => at)).toEqual([32]);
    expect(found.blurred.map(({ at }) => at)).toEqual([33]);
  });

  it("are none where all are dark, white or soft", () => {
    const dark = list
      .slice(0, 30)
      .map((quality) => ({ ...quality, brightness: 12, white: 0.7, sharpness: 0.1 }));
    const found = outliers(dark, {
      aspects: new Float64Array(30).fill(1),
      classes: dark.map(() => -1),
    });
    expect(Object.values(found).flat()).toEqual([]);
  });

  it("sharpness is that of the edges, whatever their contrast and however much is smooth", () => {
    const edge = (contrast: number, soft: number) =>
      Float32Array.from({ length: 64 * 64 }, (_, i) => {
        const x = (i % 64) - 31.5;
        return 100 + contrast / (1 + Math.exp(-x / Math.max(1e-3, soft)));
      });
    const size = { height: 64, width: 64 };
    const sharp = sharpness(edge(100, 0), size);
    // A one-pixel step of the whole range: |∇²| is the contrast on both of its sides.
    expect(sharp).toBeCloseTo(1, 1);
    expect(sharpness(edge(50, 0), size)).toBeCloseTo(sharp, 1);
    expect(sharpness(edge(100, 3), size)).toBeLessThan(0.1);
  });
});

describe("doubtful labels", () => {
  it("are the planted ones, where classes can be told apart", () => {
    const [count, columns, classes] = [300, 8, 3];
    const centres = normal(fork(keyFromSeed(1), "centres"), classes * columns);
    const noise = normal(fork(keyFromSeed(1), "noise"), count * columns);
    const truth = Array.from({ length: count }, (_, i) => i % classes);
    const values = Float32Array.from(
      { length: count * columns },
      (_, k) => 2 * centres[truth[Math.floor(k / columns)] * columns + (k % columns)] + noise[k],
    );
    const wrong = new Set(
      [...uniform(fork(keyFromSeed(1), "wrong"), 12)].map((u) => Math.floor(u * count)),
    );
    const names = truth.map((code, i) => "abc"[wrong.has(i) ? (code + 1) % classes : code]);
    const [{ groups, agreement }] = doubtfulLabels([labelSetOf("kind", names, "list")], {
      rows: count,
      columns,
      values,
    });
    const top = groups.slice(0, wrong.size).map(({ items: [{ at }] }) => at);
    expect(top.filter((at) => wrong.has(at)).length).toBeGreaterThanOrEqual(wrong.size - 1);
    const [first] = groups[0].items;
    expect(first.suggestion).toEqual({ do: "relabel", set: "kind", class: "abc"[truth[first.at]] });
    expect(agreement).toBeGreaterThan(0.9);
  });

  it("are not asked of classes that two pictures make", () => {
    const features = { rows: 6, columns: 1, values: Float32Array.from([1, 1, 1, -1, -1, 1]) };
    const set = labelSetOf("kind", ["a", "a", "a", "b", "b", "b"], "list");
    expect(doubtfulLabels([set], features)[0].groups).toEqual([]);
  });
});
