/** A day's mistakes and their cost by hand; what would turn a verdict; hours of a person's work. */
import { describe, expect, it } from "vitest";
import { dailyCost, personHours, wouldChange } from "../../src/decide/index.ts";

const inspection = {
  missed: { value: 0.1, low: 0.05, high: 0.2 },
  falseAlarms: { value: 0.02, low: 0.01, high: 0.04 },
  defectShare: 0.05,
};
const wrong = { value: 0.03, low: 0.02, high: 0.05 };

describe("a day's mistakes", () => {
  it("are rates times the defects and the good ones among the volume", () => {
    const found = dailyCost({ perDay: 2000 }, { wrong, inspection });
    // 100 defects, 1,900 good ones.
    expect(found.missed).toEqual({ value: 10, low: 5, high: 20 });
    expect(found.falseAlarms).toEqual({ value: 38, low: 19, high: 76 });
    expect(found.wrong).toEqual({ value: 48, low: 24, high: 96 });
    // 38 false alarms for 90 caught.
    expect(found.breakEven).toBeCloseTo(0.4222, 4);
    expect(found.yen).toBeUndefined();
  });

  it("cost what the user says, against letting every defect pass", () => {
    const volume = { perDay: 2000, defectShare: 0.01, missCost: 5000, alarmCost: 100 };
    const found = dailyCost(volume, { wrong, inspection });
    // 20 defects: 2 missed; 1,980 good ones: 39.6 stopped.
    expect(found.yen?.value).toBeCloseTo(2 * 5000 + 39.6 * 100, 6);
    expect(found.yen?.low).toBeCloseTo(1 * 5000 + 19.8 * 100, 6);
    expect(found.yenWithout).toBe(100_000);
  });

  it("are all pictures sorted wrongly where no class is the good one", () => {
    expect(dailyCost({ perDay: 500 }, { wrong })).toEqual({
      volume: 500,
      wrong: { value: 15, low: 10, high: 25 },
    });
  });

  it("never pay where nothing is caught", () => {
    const missed = { value: 1, low: 0.9, high: 1 };
    const found = dailyCost({ perDay: 10 }, { wrong, inspection: { ...inspection, missed } });
    expect(found.breakEven).toBeUndefined();
  });
});

describe("what would change the verdict", () => {
  const values = { gainLow: 0.12, gainHigh: 0.2, items: 200, simpleName: "pca" };
  it("is the gain's lower end where it works", () => {
    expect(wouldChange({ id: "verdict/works", values })).toEqual([
      { id: "verdict/change-gain-gone", values: { low: 0.12 } },
    ]);
  });

  it("is more judged pictures where it cannot be told", () => {
    const [{ id, values: told }] = wouldChange({
      id: "verdict/unknown-wide",
      values: { gainLow: -0.1, gainHigh: 0.1, items: 100 },
    });
    expect(id).toBe("verdict/change-more-evaluation");
    // Half as wide an interval needs four times as many.
    expect(told.items).toBe(400);
  });

  it("is money where costs were given, else the break-even", () => {
    const rates = { wrong, inspection };
    const asked = { perDay: 2000, missCost: 5000, alarmCost: 100 };
    const ids = (volume: Parameters<typeof dailyCost>[0]) =>
      wouldChange({ id: "verdict/works", values }, { cost: dailyCost(volume, rates) }).map(
        ({ id }) => id,
      );
    expect(ids(asked).at(-1)).toBe("verdict/change-yen");
    expect(ids({ perDay: 2000 }).at(-1)).toBe("verdict/change-break-even");
  });
});

describe("person-hours", () => {
  it("of labelling are 4 to 15 seconds a picture", () => {
    const step = { id: "verdict/next-more-evaluation", values: { items: 900 } } as const;
    expect(personHours(step)).toEqual({ low: 1, high: 3.8 });
  });

  it("are not told of what is no step", () => {
    expect(personHours({ id: "verdict/works", values: {} })).toBeUndefined();
  });
});
