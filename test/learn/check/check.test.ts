/** A whole check of drawn pictures: copies are found whatever is known of labels. */
import { describe, expect, it } from "vitest";
import type { Event } from "../../../src/base/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";
import { check } from "../../../src/learn/check/index.ts";
import { labelSetOf } from "../../../src/learn/data/index.ts";
import { versionOf } from "../data/version-of.ts";
import { draw } from "../looks/drawn.ts";

const drawn = [
  draw(1),
  ...Array.from({ length: 20 }, (_, i) => draw(200 + i)),
  draw(1, { light: 0.8 }),
];
const paths = drawn.map((_, i) => `${i}.png`);
const pictures = {
  count: drawn.length,
  size: (i: number) => drawn[i],
  read: (i: number) => drawn[i].pixels,
};
const unlabelled = versionOf(paths);
const texts = paths.map((_, i) => (i % 2 ? "odd" : "even"));
const labelled = { ...unlabelled, labelSets: [labelSetOf("kind", texts, "test")] };
const features = {
  rows: drawn.length,
  columns: 2,
  values: Float32Array.from({ length: 2 * drawn.length }, (_, i) => Math.sin(i)),
};

describe("near-duplicates", () => {
  it.each<[string, DatasetVersion, object]>([
    ["without labels", unlabelled, {}],
    ["with labels", labelled, {}],
    ["with a representation's features", labelled, { features }],
  ])("are found %s", async (_, version, options) => {
    const found = await check(version, pictures, options);
    const near = found.find(({ kind }) => kind === "near-duplicates");
    expect(near?.groups.map(({ items }) => items.map(({ id }) => id))).toEqual([
      ["0.png", "21.png"],
    ]);
  });
});

describe("a representation", () => {
  const noticesOf = async (options: { features: typeof features }) => {
    const codes: string[] = [];
    const emit = (event: Event) => void (event.type === "notice" && codes.push(event.code));
    await check(told, pictures, { ...options, emit });
    return codes;
  };
  // Brightness, which looks tell by and numbers of chance do not.
  const bright = drawn.map(({ pixels }) => pixels.reduce((sum, value) => sum + value, 0));
  const middle = [...bright].sort((a, b) => a - b)[drawn.length >> 1];
  const kinds = bright.map((value) => (value < middle ? "dark" : "light"));
  const told = { ...unlabelled, labelSets: [labelSetOf("light", kinds, "test")] };

  it("that tells less than looks do is told of", async () => {
    expect(await noticesOf({ features })).toEqual(["data/looks-tell-more"]);
  });

  it("that tells all is not", async () => {
    const values = Float32Array.from(kinds.flatMap((kind) => (kind === "dark" ? [1, 0] : [0, 1])));
    expect(await noticesOf({ features: { ...features, values } })).toEqual([]);
  });
});
