import { describe, expect, test } from "vitest";
import { fork, keyFromSeed, Problem, uniform } from "../../../src/base/index.ts";
import {
  applyView,
  centreView,
  drawView,
  type Extent,
  imagenetNormalize,
  type Normalize,
  type Recipe,
  simclrRecipe,
  type ViewDraw,
  vicregRecipe,
  viewToPixels,
} from "../../../src/learn/augment/index.ts";
import { literalView, planes, resizeTo, toPicture } from "./literal.ts";

/** Normalisation to plain 0–255, for readable numbers. */
const bytes: Normalize = { mean: [0, 0, 0], deviation: [1 / 255, 1 / 255, 1 / 255] };
const sized = (size: number, normalize = bytes): Recipe => ({
  ...simclrRecipe({ size: 8, normalize }).views[0],
  size,
});
const whole = ({ height, width }: Extent): ViewDraw => ({
  crop: { top: 0, left: 0, height, width },
  flip: false,
  verticalFlip: false,
  turns: 0,
  colour: [],
  grayscale: false,
  blur: 0,
  solarize: false,
});

describe("by hand", () => {
  const four = { height: 4, width: 4 };
  const ramp = gray([0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33]);

  test("a crop of the view's size is copied", () => {
    const crop = { top: 1, left: 2, height: 2, width: 2 };
    expect(red(viewOf(ramp, four, { ...whole(four), crop }, sized(2)))).toEqual([12, 13, 22, 23]);
    expect(red(viewOf(ramp, four, whole(four), sized(4)))).toEqual(red(ramp, 3));
  });

  test("4×4 → 2×2: a triangle of half-width 2 weighs 3:3:1 (cut at the border) on each side", () => {
    // Row 0 weighs columns 0, 1, 2 by .75, .75, .25 ÷ 1.75; row 1 is its mirror.
    const low = (0 * 3 + 1 * 3 + 2 * 1) / 7;
    const high = (1 * 1 + 2 * 3 + 3 * 3) / 7;
    const expected = [10 * low + low, 10 * low + high, 10 * high + low, 10 * high + high];
    closeTo(red(viewOf(ramp, four, whole(four), sized(2))), expected, 4);
  });

  test("a 4×4 picture on one pixel weighs 5:7:7:5 on each side", () => {
    const row = (5 * 0 + 7 * 1 + 7 * 2 + 5 * 3) / 24;
    closeTo(red(viewOf(ramp, four, whole(four), sized(1))), [11 * row], 4);
  });

  test("2 pixels → 4 are linear between centres and flat outside", () => {
    const two = { height: 1, width: 2 };
    closeTo(
      red(viewOf(gray([0, 100]), two, whole(two), sized(4))).slice(0, 4),
      [0, 25, 75, 100],
      4,
    );
  });

  test("flip mirrors, and a second time brings it back", () => {
    const flipped = red(viewOf(ramp, four, { ...whole(four), flip: true }, sized(4)));
    expect(flipped).toEqual([3, 2, 1, 0, 13, 12, 11, 10, 23, 22, 21, 20, 33, 32, 31, 30]);
    const again = viewOf(gray(flipped), four, { ...whole(four), flip: true }, sized(4));
    expect(red(again)).toEqual(red(ramp, 3));
  });

  test("quarters turn counterclockwise, after the flips", () => {
    const corners = gray([1, 2, 3, 4]);
    const two = { height: 2, width: 2 };
    const turned = (change: Partial<ViewDraw>) =>
      red(viewOf(corners, two, { ...whole(two), ...change }, sized(2)));
    expect(turned({ turns: 1 })).toEqual([2, 4, 1, 3]);
    expect(turned({ turns: 2 })).toEqual([4, 3, 2, 1]);
    expect(turned({ turns: 3 })).toEqual([3, 1, 4, 2]);
    expect(turned({ verticalFlip: true })).toEqual([3, 4, 1, 2]);
    expect(turned({ flip: true, verticalFlip: true })).toEqual(turned({ turns: 2 }));
    expect(turned({ flip: true, turns: 1 })).toEqual([1, 3, 2, 4]);
    expect(turned({ verticalFlip: true, turns: 3 })).toEqual([1, 3, 2, 4]);
  });

  test("a constant picture keeps its colour through crop, flip, contrast and blur", () => {
    const picture = { height: 9, width: 7 };
    const pixels = Uint8Array.from({ length: 3 * 63 }, (_, i) => [30, 150, 90][i % 3]);
    const level = 0.299 * 30 + 0.587 * 150 + 0.114 * 90;
    const draw: ViewDraw = {
      ...whole(picture),
      crop: { top: 2, left: 1, height: 5, width: 4 },
      flip: true,
      colour: [{ kind: "contrast", amount: 0.5 }],
      blur: 1.3,
    };
    const view = viewOf(pixels, picture, draw, sized(6));
    for (const [c, value] of [30, 150, 90].entries()) {
      closeTo(
        [...view.subarray(36 * c, 36 * (c + 1))],
        Array(36).fill(0.5 * value + 0.5 * level),
        3,
      );
    }
  });

  test("colours are clamped behind each step", () => {
    const two = { height: 1, width: 2 };
    const colour = [
      { kind: "brightness", amount: 2 },
      { kind: "brightness", amount: 0.25 },
    ] as const;
    // 200 is 400 for a moment, and 255 from then on.
    closeTo(
      red(viewOf(gray([100, 200]), two, { ...whole(two), colour }, sized(2))).slice(0, 2),
      [50, 63.75],
      3,
    );
    const bright = { ...whole(two), colour: colour.slice(0, 1) };
    closeTo(red(viewOf(gray([100, 200]), two, bright, sized(2))).slice(0, 2), [200, 255], 3);
  });

  test("contrast turns about the mean of the view as the steps before left it", () => {
    const two = { height: 1, width: 2 };
    const colour = [
      { kind: "brightness", amount: 2 },
      { kind: "contrast", amount: 0.5 },
    ] as const;
    // 100 and 200 are 200 and 255 by then; 3×3 pixels read beyond a vector.
    const mean = (200 + 227.5 + 255) / 3;
    const view = viewOf(gray([100, 200]), two, { ...whole(two), colour }, sized(3));
    // Between the two pixels 150 is 300, which is clamped as well.
    const clampedMean = (200 + 255 + 255) / 3;
    expect(mean).toBeLessThan(clampedMean);
    closeTo(
      red(view).slice(0, 3),
      [200, 255, 255].map((v) => 0.5 * v + 0.5 * clampedMean),
      3,
    );
  });

  test("a third of the hue's circle puts each channel into the next one's place", () => {
    const two = { height: 1, width: 2 };
    const pixels = Uint8Array.from([250, 40, 90, 20, 20, 20]);
    const shifted = (amount: number) => {
      const colour = [{ kind: "hue", amount }] as const;
      const view = viewOf(pixels, two, { ...whole(two), colour }, sized(2));
      return [0, 4, 8].flatMap((plane) => [view[plane], view[plane + 1]]);
    };
    closeTo(shifted(0), [250, 20, 40, 20, 90, 20], 3);
    closeTo(shifted(1 / 3), [90, 20, 250, 20, 40, 20], 3);
    closeTo(shifted(-1 / 3), [40, 20, 90, 20, 250, 20], 3);
    closeTo(shifted(-1), [250, 20, 40, 20, 90, 20], 3);
  });

  test("solarise turns what reaches the threshold", () => {
    const recipe = { ...sized(2), solarize: { probability: 1, threshold: 0.5 } };
    const two = { height: 2, width: 2 };
    const draw = { ...whole(two), solarize: true };
    closeTo(red(viewOf(gray([0, 127, 128, 255]), two, draw, recipe)), [0, 127, 127, 0], 3);
  });
});

describe("against the literal pixel-by-pixel view", () => {
  const shapes = [
    { height: 32, width: 32, size: 32 },
    { height: 9, width: 31, size: 16 },
    { height: 40, width: 23, size: 8 },
    { height: 5, width: 6, size: 12 },
  ];
  const forms = { simclr: simclrRecipe({ size: 96 }), vicreg: vicregRecipe({ size: 96 }) };

  test.each(shapes)("$height×$width → $size", ({ height, width, size }) => {
    const pixels = noise(height * width, height);
    const picture = toPicture(pixels, { height, width });
    for (const [name, { views }] of Object.entries(forms)) {
      const solarize = { probability: 0.5, threshold: 0.6 };
      const any = { solarize, verticalFlip: 0.5, quarterTurns: true };
      const recipe: Recipe = { ...views[0], size, ...(name === "vicreg" && any) };
      for (let i = 0; i < 6; i++) {
        const draw = drawView(recipe, fork(keyFromSeed(i), name), { height, width });
        const found = viewOf(pixels, { height, width }, draw, recipe);
        const expected = planes(literalView(picture, draw, recipe), recipe.normalize);
        const worst = Math.max(...Array.from(found, (v, k) => Math.abs(v - expected[k])));
        expect(worst, `${name} ${JSON.stringify(draw)}`).toBeLessThan(1e-5);
      }
    }
  });
});

describe("evaluation and display", () => {
  test("centreView resizes the shorter side and takes the centre", () => {
    const picture = { height: 6, width: 9 };
    const pixels = noise(54, 3);
    const out = new Float32Array(48);
    centreView(pixels, picture, { size: 4, normalize: imagenetNormalize }, out, 0);
    const resized = resizeTo(toPicture(pixels, picture), 4, 6).map((row) => row.slice(1, 5));
    closeTo(Array.from(out), planes(resized, imagenetNormalize), 5);
    const tall = new Float32Array(27);
    centreView(noise(36, 4), { height: 12, width: 3 }, { size: 3, normalize: bytes }, tall, 0);
    expect(red(tall, 1, 9)).toEqual(red(noise(36, 4), 3).slice(3 * 4, 3 * 7));
  });

  test("viewToPixels is the inverse of normalisation", () => {
    const picture = { height: 5, width: 5 };
    const pixels = noise(25, 5);
    const form = { size: 5, normalize: imagenetNormalize };
    const out = new Float32Array(100);
    centreView(pixels, picture, form, out, 25);
    expect(viewToPixels(out, form, 25)).toEqual(pixels);
    expect(viewToPixels(new Float32Array(75).fill(99), form)).toEqual(new Uint8Array(75).fill(255));
  });

  test("views are written where they belong and nowhere else", () => {
    const picture = { height: 3, width: 3 };
    const out = new Float32Array(40).fill(-7);
    applyView(noise(9, 6), picture, whole(picture), sized(3), out, 5);
    expect(out.subarray(0, 5)).toEqual(new Float32Array(5).fill(-7));
    expect(out.subarray(32)).toEqual(new Float32Array(8).fill(-7));
    expect(out.subarray(5, 32).every((v) => v >= 0)).toBe(true);
  });

  test("pixels that are too few or too many are refused", () => {
    const picture = { height: 3, width: 3 };
    const out = new Float32Array(27);
    for (const length of [26, 28]) {
      expect(() =>
        applyView(new Uint8Array(length), picture, whole(picture), sized(3), out, 0),
      ).toThrow(
        new Problem("augment/pixels-do-not-fit", {
          height: 3,
          width: 3,
          expected: 27,
          found: length,
        }),
      );
    }
    expect(() => centreView(new Uint8Array(0), { height: 0, width: 3 }, sized(3), out, 0)).toThrow(
      Problem,
    );
  });
});

function viewOf(pixels: Uint8Array, picture: Extent, draw: ViewDraw, recipe: Recipe): Float32Array {
  const out = new Float32Array(3 * recipe.size ** 2);
  applyView(pixels, picture, draw, recipe, out, 0);
  return out;
}

function noise(count: number, seed: number): Uint8Array {
  return Uint8Array.from(uniform(keyFromSeed(seed), 3 * count), (u) => 256 * u);
}

function gray(levels: readonly number[]): Uint8Array {
  return Uint8Array.from(levels.flatMap((v) => [v, v, v]));
}

/** The red channel: of bytes every third value, of planes the first third. */
function red(values: ArrayLike<number>, step = 1, count = values.length / 3): number[] {
  return Array.from({ length: count }, (_, i) => Math.round(values[step * i] * 1e4) / 1e4);
}

function closeTo(found: readonly number[], expected: readonly number[], digits: number) {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i], digits);
}
