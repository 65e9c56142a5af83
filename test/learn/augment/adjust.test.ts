/** What is asked of a recipe, and what stays as the method has it. */
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../../src/base/index.ts";
import {
  type Adjustments,
  adjustPair,
  adjustRecipe,
  augmentPresets,
  describeRecipe,
  simclrRecipe,
  vicregRecipe,
} from "../../../src/learn/augment/index.ts";

const [simclr] = simclrRecipe({ size: 32 }).views;
const [vicreg] = vicregRecipe({ size: 96 }).views;
const described = (asked: Adjustments, recipe = simclr) =>
  describeRecipe(adjustRecipe(recipe, asked)).split(": ")[1];

describe("a single stage", () => {
  test("nothing asked is the recipe itself, with the same keys", () => {
    for (const recipe of [simclr, vicreg]) {
      expect(canonicalJson(adjustRecipe(recipe, {}))).toBe(canonicalJson(recipe));
    }
  });

  test.each<[Adjustments, string]>([
    [{ crop: [0.5, 1] }, "crop 0.5–1 · flip @0.5"],
    [{ flip: "none" }, "flip @0 · jitter"],
    [{ flip: "vertical" }, "flip @0 · vertical flip @0.5"],
    [{ flip: "both", turns: "quarter" }, "flip @0.5 · vertical flip @0.5 · quarter turns"],
    [{ colour: 0.5 }, "jitter 0.2/0.2/0.2/0.05 @0.8"],
    [{ colour: 0 }, "jitter 0/0/0/0 @0.8"],
    [{ hue: 0 }, "jitter 0.4/0.4/0.4/0 @0.8"],
    [{ colour: 2, hue: 0.05 }, "jitter 0.8/0.8/0.8/0.05 @0.8"],
    [{ grayscale: 0 }, "grayscale @0"],
    [{ blur: 0.3 }, "blur σ 0.1–2 @0.3"],
    [{ solarize: 0.2 }, "solarize ≥0.5 @0.2"],
  ])("%j", (asked, part) => {
    expect(described(asked)).toContain(part);
  });

  test("what a method has can be taken out", () => {
    const without = described({ blur: 0, solarize: 0 }, vicreg);
    expect(without).not.toMatch(/blur|solarize/);
  });

  test("numbers that no recipe takes are refused by the field that they make", () => {
    expect(() => adjustRecipe(simclr, { colour: 6 })).toThrow(`"field":"jitter.hue"`);
    expect(() => adjustRecipe(simclr, { crop: [0.9, 0.5] })).toThrow("augment/range-reversed");
  });
});

describe("presets and pairs", () => {
  test("presets change stages that the others leave alone, but for the two ways of turning", () => {
    const { "fixed-orientation": fixed, ...rest } = augmentPresets;
    const touched = Object.values(rest).flatMap((preset) => Object.keys(preset));
    expect(new Set(touched).size).toBe(touched.length);
    expect(Object.keys(fixed)).toEqual(Object.keys(augmentPresets["any-orientation"]));
  });

  test("the official pair of VICReg, asked for by hand", () => {
    const usual = vicregRecipe({ size: 96 });
    const asked = { crop: [0.08, 1], blur: 1, solarize: 0 } as const;
    const { views } = adjustPair(usual, asked, { blur: 0.1, solarize: 0.2 });
    const official = vicregRecipe({ size: 96, asymmetric: true }).views;
    expect(views).toEqual(official.map((view) => ({ ...view, name: "vicreg" })));
  });
});
