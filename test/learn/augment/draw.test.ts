import { describe, expect, test } from "vitest";
import { fork, type Key, keyFromSeed, uniform } from "../../../src/base/index.ts";
import {
  drawView,
  type Recipe,
  simclrRecipe,
  vicregRecipe,
} from "../../../src/learn/augment/index.ts";

const [simclr] = simclrRecipe({ size: 32 }).views;
const [wide] = simclrRecipe({ size: 96, strength: 1 }).views;
const square = { height: 1000, width: 1000 };
const keys = (seed: number, count: number): Key[] =>
  Array.from({ length: count }, (_, i) => fork(keyFromSeed(seed), i));
const draws = (recipe: Recipe, seed: number, count: number, picture = square) =>
  keys(seed, count).map((key) => drawView(recipe, key, picture));

/** Kolmogorov–Smirnov against a distribution function, √n · D; 1.95 is the 0.1 % point. */
function ks(values: readonly number[], cumulative: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  const distance = sorted.map((x, i) =>
    Math.max((i + 1) / n - cumulative(x), cumulative(x) - i / n),
  );
  return Math.sqrt(n) * Math.max(...distance);
}

/** Two samples of equal size; ties (small pictures) make it smaller than it would be. */
function ks2(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [[...a].sort((p, q) => p - q), [...b].sort((p, q) => p - q)];
  const share = (sorted: number[], v: number) => sorted.findLastIndex((s) => s <= v) + 1;
  const values = [...new Set([...x, ...y])];
  const distance = Math.max(...values.map((v) => Math.abs(share(x, v) - share(y, v))));
  return (distance / a.length) * Math.sqrt(a.length / 2);
}

const flat = (low: number, high: number) => (x: number) =>
  Math.max(0, Math.min(1, (x - low) / (high - low)));

describe("crop", () => {
  const narrow: Recipe = { ...simclr, crop: { scale: [0.08, 0.5], ratio: [3 / 4, 4 / 3] } };
  const crops = draws(narrow, 1, 4000).map(({ crop }) => crop);

  test("area is uniform and ratio log-uniform where every box fits", () => {
    expect(
      ks(
        crops.map((c) => (c.height * c.width) / 1e6),
        flat(0.08, 0.5),
      ),
    ).toBeLessThan(1.95);
    const logRatios = crops.map((c) => Math.log(c.width / c.height));
    expect(ks(logRatios, flat(Math.log(3 / 4), Math.log(4 / 3)))).toBeLessThan(1.95);
  });

  test("place is uniform over the places a box has", () => {
    const tops = crops.map((c) => c.top / (1001 - c.height));
    const lefts = crops.map((c) => c.left / (1001 - c.width));
    expect(ks(tops, flat(0, 1))).toBeLessThan(1.95);
    expect(ks(lefts, flat(0, 1))).toBeLessThan(1.95);
  });

  test("tries and fallback fall as in a literal get_params", () => {
    const picture = { height: 24, width: 48 };
    const ours = draws(simclr, 2, 3000, picture).map(({ crop }) => crop);
    const theirs = keys(3, 3000).map((key) => getParams(key, picture));
    for (const side of ["top", "left", "height", "width"] as const) {
      expect(
        ks2(
          ours.map((c) => c[side]),
          theirs.map((c) => c[side]),
        ),
        side,
      ).toBeLessThan(1.95);
    }
    expect(
      ks2(
        ours.map((c) => c.height * c.width),
        theirs.map((c) => c.height * c.width),
      ),
    ).toBeLessThan(1.95);
  });

  test("boxes lie inside pictures of any shape", () => {
    for (const picture of [
      { height: 1, width: 1 },
      { height: 1, width: 9 },
      { height: 7, width: 2 },
    ]) {
      for (const { crop } of draws(simclr, 4, 200, picture)) {
        expect(crop.height * crop.width).toBeGreaterThan(0);
        expect(Math.min(crop.top, crop.left)).toBeGreaterThanOrEqual(0);
        expect(crop.top + crop.height).toBeLessThanOrEqual(picture.height);
        expect(crop.left + crop.width).toBeLessThanOrEqual(picture.width);
      }
    }
  });

  test("what never fits falls back to the largest central box of an allowed ratio", () => {
    const whole: Recipe = { ...simclr, crop: { scale: [1, 1], ratio: [3 / 4, 4 / 3] } };
    const key = keyFromSeed(5);
    expect(drawView(whole, key, { height: 10, width: 100 }).crop).toEqual({
      top: 0,
      left: 43,
      height: 10,
      width: 13,
    });
    expect(drawView(whole, key, { height: 100, width: 10 }).crop).toEqual({
      top: 43,
      left: 0,
      height: 13,
      width: 10,
    });
  });

  test("an unlucky square falls back to itself", () => {
    const impossible: Recipe = { ...simclr, crop: { scale: [1, 1], ratio: [0.9, 0.99] } };
    expect(drawView(impossible, keyFromSeed(6), { height: 40, width: 39 }).crop).toEqual({
      top: 0,
      left: 0,
      height: 40,
      width: 39,
    });
  });
});

describe("colour and the rest", () => {
  const many = draws(wide, 7, 6000);
  const share = (holds: (draw: (typeof many)[number]) => boolean) =>
    many.filter(holds).length / many.length;
  /** Four standard deviations of a share. */
  const slack = (p: number) => 4 * Math.sqrt((p * (1 - p)) / many.length);

  test("stages fall with their probabilities", () => {
    expect(Math.abs(share((d) => d.flip) - 0.5)).toBeLessThan(slack(0.5));
    expect(Math.abs(share((d) => d.colour.length === 4) - 0.8)).toBeLessThan(slack(0.8));
    expect(new Set(many.map((d) => d.colour.length))).toEqual(new Set([0, 4]));
    expect(Math.abs(share((d) => d.grayscale) - 0.2)).toBeLessThan(slack(0.2));
    expect(Math.abs(share((d) => d.blur > 0) - 0.5)).toBeLessThan(slack(0.5));
    expect(share((d) => d.solarize)).toBe(0);
    const [vicreg] = vicregRecipe({ size: 32 }).views;
    const solarized = draws(vicreg, 8, 6000).filter((d) => d.solarize).length / 6000;
    expect(Math.abs(solarized - 0.1)).toBeLessThan(slack(0.1));
  });

  test("vertical flips fall with their probability, quarter turns alike", () => {
    const any = draws({ ...wide, verticalFlip: 0.3, quarterTurns: true }, 15, 4000);
    const part = (holds: (draw: (typeof any)[number]) => boolean) =>
      any.filter(holds).length / any.length;
    expect(Math.abs(part((d) => d.verticalFlip) - 0.3)).toBeLessThan(0.03);
    for (const turns of [0, 1, 2, 3]) {
      expect(Math.abs(part((d) => d.turns === turns) - 0.25), `${turns}`).toBeLessThan(0.03);
      const both = part((d) => d.turns === turns && d.verticalFlip && d.flip);
      expect(Math.abs(both - 0.25 * 0.3 * 0.5), `${turns}`).toBeLessThan(0.02);
    }
  });

  test("stages fall independently of each other", () => {
    const both = share((d) => d.flip && d.grayscale && d.blur > 0 && d.colour.length > 0);
    const expected = 0.5 * 0.2 * 0.5 * 0.8;
    expect(Math.abs(both - expected)).toBeLessThan(slack(expected));
  });

  test("amounts are uniform on their ranges", () => {
    const of = (kind: string) =>
      many.flatMap((d) => d.colour.filter((s) => s.kind === kind).map((s) => s.amount));
    for (const kind of ["brightness", "contrast", "saturation"])
      expect(ks(of(kind), flat(0.2, 1.8)), kind).toBeLessThan(1.95);
    expect(ks(of("hue"), flat(-0.2, 0.2))).toBeLessThan(1.95);
    expect(
      ks(
        many.filter((d) => d.blur > 0).map((d) => d.blur),
        flat(0.1, 2),
      ),
    ).toBeLessThan(1.95);
  });

  test("a factor's range does not go below 0", () => {
    const strong = simclrRecipe({ size: 32, strength: 2 }).views[0];
    const amounts = draws({ ...strong, jitter: { ...strong.jitter, hue: 0.4 } }, 9, 2000).flatMap(
      (d) => d.colour.filter((s) => s.kind === "contrast").map((s) => s.amount),
    );
    expect(ks(amounts, flat(0, 2.6))).toBeLessThan(1.95);
  });

  test("all 24 orders are equally likely", () => {
    const counts = new Map<string, number>();
    const orders = many
      .filter((d) => d.colour.length === 4)
      .map((d) => d.colour.map((s) => s.kind).join());
    for (const order of orders) counts.set(order, (counts.get(order) ?? 0) + 1);
    const expected = orders.length / 24;
    const chiSquare = [...counts.values()].reduce(
      (sum, n) => sum + (n - expected) ** 2 / expected,
      0,
    );
    expect(counts.size).toBe(24);
    expect(chiSquare).toBeLessThan(49.7); // 23 degrees of freedom, 0.1 %
  });

  test("a jitter of one kind draws that kind alone", () => {
    const jitter = { probability: 1, brightness: 0, contrast: 0, saturation: 0, hue: 0.1 };
    const kinds = draws({ ...simclr, jitter }, 10, 50).map((d) =>
      d.colour.map((s) => s.kind).join(),
    );
    expect(new Set(kinds)).toEqual(new Set(["hue"]));
  });
});

describe("keys", () => {
  test("the same key draws the same view, another key another", () => {
    const [a, b] = keys(11, 2);
    expect(drawView(wide, a, square)).toEqual(drawView(wide, a, square));
    expect(drawView(wide, a, square)).not.toEqual(drawView(wide, b, square));
  });

  test("a recipe with one stage less draws the rest alike", () => {
    const { blur: _, ...without } = wide;
    for (const key of keys(12, 50)) {
      expect(drawView(without, key, square)).toEqual({ ...drawView(wide, key, square), blur: 0 });
    }
  });

  test("vertical flips and turns change nothing else that is drawn", () => {
    const any: Recipe = { ...wide, verticalFlip: 0.5, quarterTurns: true };
    for (const key of keys(14, 50)) {
      const { verticalFlip: _, turns: __, ...rest } = drawView(any, key, square);
      expect(drawView(wide, key, square)).toEqual({ ...rest, verticalFlip: false, turns: 0 });
    }
  });

  test("a draw is a JSON value", () => {
    const draw = drawView(wide, keyFromSeed(13), square);
    expect(JSON.parse(JSON.stringify(draw))).toEqual(draw);
  });
});

/** torchvision.transforms.RandomResizedCrop.get_params, line by line, with a stream of its own. */
function getParams(key: Key, { height, width }: { height: number; width: number }) {
  const stream = uniform(key, 64);
  let next = 0;
  const [scale, ratio] = [
    [0.08, 1.0],
    [3 / 4, 4 / 3],
  ];
  const area = height * width;
  const logRatio = ratio.map(Math.log);
  for (let attempt = 0; attempt < 10; attempt++) {
    const targetArea = area * (scale[0] + (scale[1] - scale[0]) * stream[next++]);
    const aspect = Math.exp(logRatio[0] + (logRatio[1] - logRatio[0]) * stream[next++]);
    const w = Math.round(Math.sqrt(targetArea * aspect));
    const h = Math.round(Math.sqrt(targetArea / aspect));
    if (0 < w && w <= width && 0 < h && h <= height) {
      const top = Math.floor(stream[next++] * (height - h + 1));
      return { top, left: Math.floor(stream[next++] * (width - w + 1)), height: h, width: w };
    }
  }
  const inRatio = width / height;
  let [w, h] = [width, height];
  if (inRatio < Math.min(...ratio)) h = Math.round(w / Math.min(...ratio));
  else if (inRatio > Math.max(...ratio)) w = Math.round(h * Math.max(...ratio));
  return {
    top: Math.floor((height - h) / 2),
    left: Math.floor((width - w) / 2),
    height: h,
    width: w,
  };
}
