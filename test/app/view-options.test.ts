/** Presets, flags and the workspace's file: which of them says what a view is. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { refuseOthers } from "../../src/app/stored-training.ts";
import {
  fillOptions,
  recipesAsked,
  type TrainingOptions,
  trainingOptions,
} from "../../src/app/training-choices.ts";
import { writtenOut } from "../../src/app/view-options.ts";
import { openStore, type Run } from "../../src/registry/index.ts";

const folder = mkdtempSync(join(tmpdir(), "tanafuda-views-"));
afterAll(() => rmSync(folder, { recursive: true }));

function filled(file: string, asked: TrainingOptions) {
  writeFileSync(join(folder, "tanafuda.yaml"), file);
  return fillOptions(trainingOptions(asked), openStore(folder));
}

describe("presets", () => {
  test("are written out; a later one wins, and a single stage over all", () => {
    const augment = ["small-defects", "any-orientation", "fixed-orientation"];
    expect(writtenOut({ augment, blur: 0.3 })).toEqual({
      crop: [0.5, 1],
      blur: 0.3,
      flip: "none",
      turns: "none",
    });
  });

  test("an unknown one is told with the nearest", () => {
    expect(() => writtenOut({ augment: ["small-defect"] })).toThrow(`"nearest":"small-defects"`);
  });
});

describe("the workspace's file", () => {
  const file = `pretrain:
  augment: [small-defects]
  blur: 0.2
  second-view: { crop: [0.1, 1], solarize: 0.2 }
`;

  test("is followed where nothing is asked: two views that differ", () => {
    const [first, second] = recipesAsked(filled(file, {})).views;
    expect(first.crop.scale).toEqual([0.5, 1]);
    expect(second.crop.scale).toEqual([0.1, 1]);
    expect([first.blur?.probability, second.blur?.probability]).toEqual([0.2, 0.2]);
    expect([first.solarize, second.solarize?.probability]).toEqual([undefined, 0.2]);
  });

  test("gives way to what is asked, in both views, presets too", () => {
    const [first, second] = recipesAsked(filled(file, { crop: [0.3, 0.9] })).views;
    expect([first.crop.scale, second.crop.scale]).toEqual([
      [0.3, 0.9],
      [0.3, 0.9],
    ]);
    expect(second.solarize?.probability).toBe(0.2);
    const asked = filled(file, { augment: ["small-defects", "colour-matters"] });
    expect(asked).toMatchObject({ blur: 0, crop: [0.5, 1], hue: 0, solarize: 0 });
    expect(asked).not.toHaveProperty("augment");
    expect(asked).not.toHaveProperty("secondView");
    expect(asked).not.toHaveProperty("second-view");
  });

  test("without a word about views the method's recipe stays", () => {
    const { views } = recipesAsked(filled("", {}));
    expect(views[0]).toEqual(views[1]);
    expect(views[0]).toMatchObject({ crop: { scale: [0.08, 1] }, flip: 0.5, grayscale: 0.2 });
  });
});

test("a run is taken up by the same words or by what they stand for, and refused otherwise", () => {
  const stored = filled("", { augment: ["small-defects"] });
  const run: Pick<Run, "id"> = { id: "one" };
  const ask = (asked: TrainingOptions) => refuseOthers(run, stored, trainingOptions(asked));
  ask({ augment: ["small-defects"] });
  ask({ crop: [0.5, 1] });
  ask({});
  expect(() => ask({ crop: [0.4, 1] })).toThrow(`"fields":"crop"`);
  expect(() => ask({ augment: ["any-orientation"] })).toThrow(`"fields":"flip, turns"`);
});
