import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyColour,
  type ColourMap,
  colourMaps,
  compose,
  composeColour,
  toGray,
  unchanged,
} from "../../../src/learn/augment/colour.ts";
import type { ColourStep, Rgb } from "../../../src/learn/augment/index.ts";
import { everyColour, grayOf, type Picture, stepOn } from "./literal.ts";

const steps: ColourStep[] = [
  { kind: "brightness", amount: 1.37 },
  { kind: "contrast", amount: 0.61 },
  { kind: "saturation", amount: 1.72 },
  { kind: "hue", amount: -0.17 },
];
const orders = permutations(steps);
const picture: Picture = Array.from({ length: 5 }, (_, y) =>
  Array.from({ length: 4 }, (_, x) => [((7 * y + 3 * x) % 10) / 9, ((y * x) % 7) / 6, (x * x) / 9]),
);
const mean = meanOf(picture);

describe("composition", () => {
  test.each(orders.map((order) => [order.map((s) => s.kind).join(" → "), order] as const))(
    "%s equals one step after the other",
    (_, colour) => {
      for (const grayscale of [false, true]) {
        let expected = colour.reduce(stepOn, picture);
        if (grayscale) expected = everyColour(expected, (c) => Array(3).fill(grayOf(c)));
        const map = composeColour({ colour, grayscale }, mean);
        closeTo(
          everyColour(picture, (c) => [...applyColour(map, rgb(c))]).flat(2),
          expected.flat(2),
        );
      }
    },
  );

  test("is associative, with the unchanged map at both ends", () => {
    const map = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(map, map, map, (a, b, c) => {
        closeTo(compose(a, compose(b, c)), compose(compose(a, b), c));
        closeTo(compose(a, unchanged), a);
        closeTo(compose(unchanged, a), a);
      }),
    );
  });
});

describe("single maps", () => {
  const gray: Rgb = [0.4, 0.4, 0.4];
  const red: Rgb = [1, 0, 0];

  test("the identity of each", () => {
    for (const kind of ["brightness", "contrast", "saturation"] as const) {
      closeTo(colourMaps[kind](1, [0.2, 0.5, 0.9]), unchanged);
    }
    closeTo(colourMaps.hue(0, gray), unchanged);
    closeTo(colourMaps.hue(1, gray), unchanged);
  });

  test("grayscale weighs .299, .587, .114 and leaves grays alone", () => {
    closeTo(applyColour(toGray, red), [0.299, 0.299, 0.299]);
    closeTo(applyColour(toGray, [0, 1, 0]), [0.587, 0.587, 0.587]);
    closeTo(applyColour(toGray, [0, 0, 1]), [0.114, 0.114, 0.114]);
    closeTo(applyColour(toGray, gray), gray);
  });

  test("contrast leaves its mean where it is and pulls everything to it at 0", () => {
    const level = grayOf(mean);
    closeTo(applyColour(colourMaps.contrast(1.6, mean), [level, level, level]), [
      level,
      level,
      level,
    ]);
    closeTo(applyColour(colourMaps.contrast(0, mean), red), [level, level, level]);
    closeTo(
      meanOf(
        everyColour(picture, (c) => [...applyColour(colourMaps.contrast(1.6, mean), rgb(c))]),
      ).map((v, i) => v - 1.6 * mean[i]),
      Array(3).fill(-0.6 * level),
    );
  });

  test("saturation 0 is grayscale; brightness 0 is black", () => {
    closeTo(colourMaps.saturation(0, gray), toGray);
    closeTo(applyColour(colourMaps.brightness(0, gray), [0.3, 0.7, 0.9]), [0, 0, 0]);
  });

  test("hue keeps luma and grays, and turns add up", () => {
    const luma = (map: ColourMap, colour: Rgb) => grayOf(applyColour(map, colour));
    for (const turns of [-0.5, -0.2, 0.05, 0.31]) {
      const map = colourMaps.hue(turns, gray);
      closeTo(applyColour(map, gray), gray);
      closeTo([luma(map, [0.9, 0.1, 0.4])], [grayOf([0.9, 0.1, 0.4])]);
      closeTo(compose(map, colourMaps.hue(0.1, gray)), colourMaps.hue(turns + 0.1, gray));
    }
  });

  test("hue goes red → green → blue, as HSV's does", () => {
    const strongest = (turns: number) => {
      const colour = applyColour(colourMaps.hue(turns, gray), red);
      return colour.indexOf(Math.max(...colour));
    };
    expect([0, 1 / 3, 2 / 3].map(strongest)).toEqual([0, 1, 2]);
  });
});

function closeTo(found: readonly number[], expected: readonly number[]) {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i], 10);
}

function rgb([r, g, b]: readonly number[]): Rgb {
  return [r, g, b];
}

function meanOf(colours: Picture): Rgb {
  const all = colours.flat();
  return rgb([0, 1, 2].map((c) => all.reduce((sum, colour) => sum + colour[c], 0) / all.length));
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) =>
    permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]),
  );
}
