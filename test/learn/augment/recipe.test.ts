import { describe, expect, test } from "vitest";
import { canonicalJson, Problem } from "../../../src/base/index.ts";
import {
  checkRecipe,
  describeRecipe,
  type Recipe,
  simclrRecipe,
  vicregRecipe,
} from "../../../src/learn/augment/index.ts";

const [simclr] = simclrRecipe({ size: 32 }).views;

describe("published constants", () => {
  test("SimCLR on small pictures: strength .5, no blur, both views alike", () => {
    const { views } = simclrRecipe({ size: 32 });
    expect(views[0]).toEqual(views[1]);
    expect(views[0]).toMatchObject({
      size: 32,
      crop: { scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
      flip: 0.5,
      jitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 },
      grayscale: 0.2,
    });
    expect(views[0]).not.toHaveProperty("blur");
    expect(views[0]).not.toHaveProperty("solarize");
    expect(simclrRecipe({ size: 64 }).views[0]).not.toHaveProperty("blur");
  });

  test("SimCLR on larger pictures blurs every second view", () => {
    const [view] = simclrRecipe({ size: 96, strength: 1 }).views;
    expect(view.blur).toEqual({ probability: 0.5, sigma: [0.1, 2] });
    expect(view.jitter).toMatchObject({
      brightness: 0.8,
      contrast: 0.8,
      saturation: 0.8,
      hue: 0.2,
    });
  });

  test("VICReg as solo-learn has it", () => {
    const { views } = vicregRecipe({ size: 32 });
    expect(views[0]).toEqual(views[1]);
    expect(views[0]).toMatchObject({
      crop: { scale: [0.2, 1] },
      jitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.2, hue: 0.1 },
      grayscale: 0.2,
      solarize: { probability: 0.1, threshold: 0.5 },
    });
    expect(views[0]).not.toHaveProperty("blur");
    expect(vicregRecipe({ size: 96 }).views[1].blur).toEqual({ probability: 0.5, sigma: [0.1, 2] });
  });

  test("VICReg's official pair differs from view to view", () => {
    const [first, second] = vicregRecipe({ size: 96, asymmetric: true }).views;
    expect([first.blur?.probability, second.blur?.probability]).toEqual([1, 0.1]);
    expect([first.solarize, second.solarize?.probability]).toEqual([undefined, 0.2]);
    expect(first.crop.scale).toEqual([0.08, 1]);
  });
});

describe("as a value", () => {
  test("a recipe survives JSON", () => {
    const [, second] = vicregRecipe({ size: 96, asymmetric: true }).views;
    expect(JSON.parse(canonicalJson(second))).toEqual(second);
  });

  test("prints as one line", () => {
    expect(describeRecipe(simclr)).toMatchInlineSnapshot(
      `"simclr: 32×32 · crop 0.08–1 · flip @0.5 · jitter 0.4/0.4/0.4/0.1 @0.8 · grayscale @0.2"`,
    );
    expect(describeRecipe(vicregRecipe({ size: 96 }).views[0])).toMatchInlineSnapshot(
      `"vicreg: 96×96 · crop 0.2–1 · flip @0.5 · jitter 0.4/0.4/0.2/0.1 @0.8 · grayscale @0.2 · blur σ 0.1–2 @0.5 · solarize ≥0.5 @0.1"`,
    );
  });
});

describe("checks", () => {
  const wrong: [string, Partial<Recipe>, Problem["code"]][] = [
    ["size", { size: 0 }, "augment/out-of-range"],
    ["size", { size: 31.5 }, "augment/size-not-whole"],
    ["size", { size: Number.NaN }, "augment/size-not-whole"],
    ["flip", { flip: 1.2 }, "augment/out-of-range"],
    ["verticalFlip", { verticalFlip: -0.1 }, "augment/out-of-range"],
    ["grayscale", { grayscale: Number.NaN }, "augment/out-of-range"],
    ["crop.scale[0]", { crop: { scale: [0, 1], ratio: [1, 1] } }, "augment/out-of-range"],
    ["crop.scale", { crop: { scale: [0.9, 0.2], ratio: [1, 1] } }, "augment/range-reversed"],
    ["jitter.hue", { jitter: { ...simclr.jitter, hue: 0.6 } }, "augment/out-of-range"],
    ["blur.sigma[0]", { blur: { probability: 1, sigma: [0, 2] } }, "augment/out-of-range"],
    [
      "solarize.threshold",
      { solarize: { probability: 1, threshold: 128 } },
      "augment/out-of-range",
    ],
    [
      "normalize.deviation[1]",
      { normalize: { mean: [0, 0, 0], deviation: [1, 0, 1] } },
      "augment/out-of-range",
    ],
  ];

  test.each(wrong)("%s %j", (field, change, code) => {
    const check = () => checkRecipe({ ...simclr, ...change });
    expect(check).toThrow(Problem);
    expect(check).toThrow(code);
    if (code !== "augment/size-not-whole") expect(check).toThrow(`"field":"${field}"`);
  });

  test("what passes comes back as it is", () => {
    expect(checkRecipe(simclr)).toBe(simclr);
  });

  test("a strength that would turn hue past the circle is refused", () => {
    expect(() => simclrRecipe({ size: 32, strength: 3 })).toThrow("augment/out-of-range");
  });
});
