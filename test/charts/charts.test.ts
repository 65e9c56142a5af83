/** Chart descriptions hold the numbers they were given, in order, and nothing else. */
import { describe, expect, it } from "vitest";
import { curves, intervals, intervalsHeight, learningCurveChart } from "../../src/charts/index.ts";
import { drawSvg } from "../../src/report/svg.ts";

describe("curves", () => {
  it("keeps points as they are and marks few of them", () => {
    const option = curves([
      {
        colour: "var(--trained)",
        points: [
          [0, 0.5],
          [10, 0.75],
        ],
      },
    ]);
    expect(option.series).toEqual([
      expect.objectContaining({
        type: "line",
        data: [
          [0, 0.5],
          [10, 0.75],
        ],
        showSymbol: true,
      }),
    ]);
    const many = Array.from({ length: 41 }, (_, i) => [i, i] as const);
    expect(curves([{ colour: "red", points: many }]).series).toEqual([
      expect.objectContaining({ showSymbol: false }),
    ]);
  });

  it("joins over what was not measured", () => {
    const option = curves([{ colour: "red", points: [1, null, 3] }], {
      categories: ["a", "b", "c"],
    });
    expect(option.series).toEqual([
      expect.objectContaining({ data: [1, null, 3], connectNulls: true }),
    ]);
    expect(option.xAxis).toMatchObject({ type: "category", data: ["a", "b", "c"] });
  });
});

describe("intervals", () => {
  const groups = [
    { name: "part", marks: [mark(0.9, 0.88, 0.92), mark(0.5, 0.45, 0.55)] },
    { name: "defect", marks: [mark(0.6)] },
  ];

  it("gives every value its row and its interval, a lone value a point", () => {
    const { series } = intervals(groups, { x: {}, left: 80 });
    expect(series).toMatchObject([
      {
        type: "custom",
        data: [
          [0.88, 0, 0.92],
          [0.6, 1, 0.6],
        ],
      },
      {
        type: "scatter",
        data: [
          [0.9, 0],
          [0.6, 1],
        ],
      },
      { type: "custom", data: [[0.45, 0, 0.55]] },
      { type: "scatter", data: [[0.5, 0]] },
    ]);
  });

  it("grows with rows and marks", () => {
    expect(intervalsHeight(groups) - intervalsHeight(groups.slice(0, 1))).toBe(2 * 13 + 26);
  });
});

describe("drawing", () => {
  it("is inline SVG in the page's colours, with ids of its own", () => {
    const svg = drawSvg(
      curves(
        [
          {
            colour: "var(--trained)",
            points: [
              [0, 0.5],
              [10, 0.75],
            ],
          },
        ],
        { y: { percent: true } },
      ),
      { width: 300, height: 150 },
      "one",
    );
    expect(svg).toMatch(/^<svg aria-hidden="true" focusable="false" width="300" height="150"/);
    expect(svg).toContain('stroke="var(--trained)"');
    expect(svg).toContain(">60%</text>");
    expect(svg).not.toMatch(/<style|class=|zr\d/);
    for (const [, id] of svg.matchAll(/id="([^"]+)"/g)) expect(id).toMatch(/^one-/);
  });
});

describe("a learning curve", () => {
  it("shows how far the draws of each size spread, upright at their place", () => {
    const point = (labels: number, error: number) => ({
      ...{ labels, error },
      ...{ low: error - 0.1, high: error + 0.1 },
    });
    const measured = [point(16, 0.5), point(64, 0.4)];
    const option = learningCurveChart(measured, [point(64, 0.4), point(256, 0.3)], {
      ...{ colour: "red", allowed: [0.2], format: String },
    });
    const svg = drawSvg(option, { width: 400, height: 200 }, "curve");
    const upright = [...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"[^>]*>/g)]
      .filter(([whole]) => /stroke-opacity="0\.35"|opacity="0\.35"/.test(whole))
      .map(([, ...numbers]) => numbers.map(Number));
    expect(upright).toHaveLength(measured.length);
    for (const [x1, y1, x2, y2] of upright) {
      expect(x1).toBe(x2);
      expect(y1).toBeGreaterThan(y2);
    }
    // 0.2 of the error up, at both sizes alike.
    const heights = upright.map(([, y1, , y2]) => y1 - y2);
    expect(heights[0]).toBeCloseTo(heights[1], 1);
  });
});

function mark(value: number, low?: number, high?: number) {
  return { colour: "red", symbol: "circle", value, low, high };
}
