/** What curves are drawn from where there is more than they need. */
import { expect, test } from "vitest";
import { cappedLabels } from "../../src/app/budget/capped.ts";
import { type Event, keyFromSeed } from "../../src/base/index.ts";

const key = keyFromSeed(3);
const limits = { labelled: 40, unlabelled: 10, judged: 60, ofClass: 5 };

/** 100 labels, 50 pictures without; 300 to judge by, of which every 30th is of class 1. */
function labels() {
  return {
    ...{ name: "defect", classes: ["ok", "defect", "rare"] },
    shelf: {
      rows: Uint32Array.from({ length: 150 }, (_, i) => 2 * i),
      codes: Int32Array.from({ length: 150 }, (_, i) => (i % 3 === 2 ? -1 : i % 2)),
    },
    judged: {
      rows: Uint32Array.from({ length: 300 }, (_, i) => 2 * i + 1),
      codes: Int32Array.from({ length: 300 }, (_, i) => (i < 3 ? 2 : i % 6 === 5 ? 1 : 0)),
      weights: undefined,
    },
    ...{ training: 100, selected: 0, drawn: 0, unlabelled: 50 },
  };
}

function capped(goal: Parameters<typeof cappedLabels>[1]["goal"], own = limits) {
  const events: Event[] = [];
  const found = cappedLabels(labels(), { goal, key, limits: own, emit: (one) => events.push(one) });
  return { found, events };
}

test("as many as the limits say, with the codes they had, and it is told", () => {
  const { found, events } = capped({ kind: "accuracy", atLeast: 0.9 });
  const own = [...found.shelf.codes];
  expect(own.filter((code) => code >= 0)).toHaveLength(40);
  expect(own.filter((code) => code < 0)).toHaveLength(10);
  const whole = labels();
  for (const [at, row] of found.shelf.rows.entries()) {
    expect(found.shelf.codes[at]).toBe(whole.shelf.codes[row / 2]);
  }
  expect(found.training).toBe(100);
  expect(events).toMatchObject([
    { code: "app/budget-capped", values: { labelled: 40, ofLabelled: 100, ofJudged: 300 } },
  ]);
});

test.each(["accuracy", "missed"] as const)("judges of %s stand for all of each class", (kind) => {
  const goal =
    kind === "missed"
      ? ({ kind, class: 1, atMost: 0.1, falseAlarm: 0.1 } as const)
      : ({ kind, atLeast: 0.9 } as const);
  const { judged } = capped(goal).found;
  const sums = [0, 0, 0];
  const counts = [0, 0, 0];
  for (const [at, code] of judged.codes.entries()) {
    sums[code] += judged.weights?.[at] ?? Number.NaN;
    counts[code]++;
  }
  const whole = [0, 1, 2].map((c) => labels().judged.codes.filter((code) => code === c).length);
  for (const c of [0, 1, 2]) expect(sums[c]).toBeCloseTo(whole[c], 9);
  // The rare class keeps all; the goal's has half of the limit.
  expect(counts[2]).toBe(3);
  expect(counts[1]).toBe(kind === "missed" ? 30 : 10);
});

test("what is within the limits stays as it is", () => {
  const wide = { labelled: 100, unlabelled: 50, judged: 300, ofClass: 5 };
  const { found, events } = capped({ kind: "accuracy", atLeast: 0.9 }, wide);
  expect(found).toEqual(labels());
  expect(events).toEqual([]);
});
