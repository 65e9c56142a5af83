/** The plot of a scaling bench: points where the numbers say, on logarithmic axes. */
import { expect, test } from "vitest";
import { drawPlot } from "../../bench/scaling/plot.ts";

const points = [
  { x: 1, y: 10, low: 10, high: 10 },
  { x: 10, y: 100, low: 50, high: 100 },
  { x: 100, y: 1000, low: 1000, high: 1000 },
];
const svg = drawPlot({
  title: "Cost < time",
  subtitle: "s",
  x: "views",
  y: "ms",
  series: [{ name: "ours", colour: "#000", points }],
});

test("equal ratios lie equally far apart", () => {
  const dots = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  expect(dots).toHaveLength(3);
  expect(dots[1][0]).toBeCloseTo((dots[0][0] + dots[2][0]) / 2, 1);
  expect(dots[1][1]).toBeCloseTo((dots[0][1] + dots[2][1]) / 2, 1);
  expect(dots[0][1]).toBeGreaterThan(dots[2][1]);
});

test("the spread is drawn where there is one, and words are escaped", () => {
  const bars = /d="([^"]+)" stroke="#000" stroke-width="5"/.exec(svg)?.[1] ?? "";
  const heights = [...bars.matchAll(/M[\d.]+ ([\d.]+)V([\d.]+)/g)].map(
    ([, a, b]) => Number(a) - Number(b),
  );
  expect(heights[0]).toBe(0);
  expect(heights[1]).toBeGreaterThan(10);
  expect(svg).toContain("Cost &lt; time");
});

test("rows are labelled at 1, 2 and 5 times powers of ten within the range", () => {
  const labels = [...svg.matchAll(/text-anchor="end">([^<]+)</g)].map(([, label]) => label);
  expect(labels).toEqual(["10", "20", "50", "100", "200", "500", "1,000"]);
});

const flat = (name: string, y: number) => ({
  name,
  colour: "#000",
  points: [64, 1024].map((x) => ({ x, y, low: y, high: y })),
});
const near = drawPlot({
  title: "t",
  subtitle: "s",
  x: "views",
  y: "ms",
  series: [flat("ours", 21), flat("theirs", 21.2), flat("third", 38)],
});

test("a range without three such rows has finer ones", () => {
  const labels = [...near.matchAll(/text-anchor="end">([^<]+)</g)].map(([, label]) =>
    Number(label),
  );
  expect(labels.length).toBeGreaterThan(2);
  expect(labels.every((label) => label >= 21 && label <= 38)).toBe(true);
});

test("names of series that end close together lie below one another", () => {
  const heights = ["third", "theirs", "ours"].map((name) =>
    Number(new RegExp(`y="([\\d.]+)" fill="#000">${name}<`).exec(near)?.[1]),
  );
  expect(heights[1] - heights[0]).toBeGreaterThan(100);
  expect(heights[2] - heights[1]).toBeGreaterThanOrEqual(15);
});
