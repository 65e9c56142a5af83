/** The jitter's steps in any order, against the literal ones and by hand. */
import { describe, expect, test } from "vitest";
import { colourPasses, mapOf, passOf } from "../../../src/learn/augment/colour.ts";
import {
  applyView,
  type ColourStep,
  type Recipe,
  type Rgb,
  simclrRecipe,
  type ViewDraw,
} from "../../../src/learn/augment/index.ts";
import { everyColour, grayOf, hueShifted, type Picture, stepOn, toPicture } from "./literal.ts";

const steps: ColourStep[] = [
  { kind: "brightness", amount: 1.37 },
  { kind: "contrast", amount: 0.61 },
  { kind: "saturation", amount: 1.72 },
  { kind: "hue", amount: -0.17 },
];
const side = 5;
const extent = { height: side, width: side };
const pixels = Uint8Array.from({ length: 3 * side * side }, (_, i) => (i * i * 37 + 11 * i) % 256);
const picture: Picture = toPicture(pixels, extent);

describe("each order of the four steps", () => {
  const orders = permutations(steps).map((order) => [named(order), order] as const);

  test.each(orders)("%s is one step after the other, clamped each time", (_, colour) => {
    for (const grayscale of [false, true]) {
      let expected = colour.reduce(stepOn, picture);
      if (grayscale) expected = everyColour(expected, (c) => Array(3).fill(grayOf(c)));
      const found = viewOf({ colour, grayscale });
      for (const [i, want] of expected.flat().entries()) {
        for (const c of [0, 1, 2]) expect(found[c * side * side + i]).toBeCloseTo(want[c], 5);
      }
    }
  });
});

describe("single passes", () => {
  const colour: Rgb = [0.2, 0.5, 0.9];
  const applied = (step: ColourStep) => {
    const pass = passOf(step);
    if (pass.kind !== "blend") throw new Error(pass.kind);
    return mapOf(pass, colour);
  };

  test("a factor of 1 changes nothing", () => {
    for (const kind of ["brightness", "contrast", "saturation"] as const) {
      expect(applied({ kind, amount: 1 })).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
    }
  });

  test("at 0 brightness is black, saturation luma, contrast the mean luma", () => {
    const luma = [0.299, 0.587, 0.114];
    const t = grayOf(colour);
    expect(applied({ kind: "brightness", amount: 0 })).toEqual(Array(12).fill(0));
    expect(applied({ kind: "saturation", amount: 0 })).toEqual([
      ...luma,
      0,
      ...luma,
      0,
      ...luma,
      0,
    ]);
    expect(applied({ kind: "contrast", amount: 0 })).toEqual([0, 0, 0, t, 0, 0, 0, t, 0, 0, 0, t]);
  });

  test("grayscale comes behind the jitter", () => {
    const passes = colourPasses({ colour: steps, grayscale: true });
    expect(passes.map(({ kind }) => kind)).toEqual(["blend", "blend", "blend", "hue", "blend"]);
    expect(passes.at(-1)).toEqual({ kind: "blend", own: 0, gray: 1, mean: 0 });
  });
});

describe("hue", () => {
  const all = [0, 0.2, 0.5, 0.8, 1];
  const colours = all.flatMap((r) => all.flatMap((g) => all.map((b) => [r, g, b])));

  test.each([-0.5, -0.21, -0.1, 0.07, 1 / 6, 0.33, 0.5])(
    "by %f is HSV's, of grays, black and white too",
    (amount) => {
      const width = colours.length;
      const bytes = Uint8Array.from(colours.flat(), (v) => Math.round(255 * v));
      const size = width;
      const found = new Float32Array(3 * size * size);
      const draw = { ...plain({ height: 1, width }), colour: [{ kind: "hue", amount } as const] };
      applyView(bytes, { height: 1, width }, draw, recipeOf(size), found, 0);
      for (let i = 0; i < width; i++) {
        const exact = [...bytes.subarray(3 * i, 3 * i + 3)].map((v) => v / 255);
        const want = hueShifted(exact, amount);
        for (const c of [0, 1, 2]) expect(found[c * size * size + i]).toBeCloseTo(want[c], 5);
        expect(Math.max(...want)).toBeCloseTo(Math.max(...exact), 12);
        expect(Math.min(...want)).toBeCloseTo(Math.min(...exact), 12);
      }
    },
  );
});

function plain({ height, width }: { height: number; width: number }): ViewDraw {
  return {
    crop: { top: 0, left: 0, height, width },
    ...{ flip: false, verticalFlip: false, turns: 0 },
    ...{ colour: [], grayscale: false, blur: 0, solarize: false },
  };
}

function recipeOf(size: number): Recipe {
  const normalize = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;
  return { ...simclrRecipe({ size: 8, normalize }).views[0], size };
}

function viewOf(colours: Pick<ViewDraw, "colour" | "grayscale">): Float32Array {
  const out = new Float32Array(3 * side * side);
  applyView(pixels, extent, { ...plain(extent), ...colours }, recipeOf(side), out, 0);
  return out;
}

function named(order: readonly ColourStep[]): string {
  return order.map(({ kind }) => kind).join(" → ");
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]),
  );
}
