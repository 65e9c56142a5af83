/** `tanafuda.yaml`: read strictly, written as a commented example. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { configTemplate, parseConfig, readConfig, writeConfig } from "../../src/registry/index.ts";
import { codeOf, problemOf } from "../code-of.ts";

const folder = mkdtempSync(join(tmpdir(), "config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const template = configTemplate((key) => `what ${key} is for`, "One line\nanother");

describe("the configuration", () => {
  it("is empty without a file, and as the template is", () => {
    expect(readConfig(folder)).toEqual({ data: {}, pretrain: {} });
    const file = writeConfig(folder, template);
    expect(readConfig(folder)).toEqual({ data: {}, pretrain: {} });
    expect(codeOf(() => writeConfig(folder, ""))).toBe("registry/exists");
    expect(file).toBe(join(folder, "tanafuda.yaml"));
    expect(template.startsWith("# One line\n# another\n")).toBe(true);
  });

  it("takes every example of the template", () => {
    const examples = template
      .split("\n")
      .filter((line) => !/what|One line|another/.test(line))
      .map((line) => line.replace("# ", ""))
      // Epochs and minutes exclude each other.
      .filter((line) => !line.includes("minutes"))
      .join("\n");
    expect(parseConfig(examples, "f")).toEqual({
      lang: "ja",
      executor: "ort",
      threads: 2,
      precision: "auto",
      device: "cpu",
      seed: 0,
      out: "tanafuda-report",
      data: { resolution: 64, group: "folder", share: 0.2, background: "#ffffff" },
      pretrain: {
        method: "vicreg",
        backbone: "res-2-64",
        size: 32,
        epochs: 100,
        batch: 256,
        "learning-rate": 0.3,
        optimizer: "sgd",
        temperature: 0.5,
        projector: [512, 128],
        augment: ["small-defects", "any-orientation"],
        crop: [0.5, 1],
        flip: "both",
        turns: "quarter",
        colour: 0.5,
        hue: 0.05,
        grayscale: 0.1,
        blur: 0.5,
        solarize: 0.1,
        "second-view": { blur: 0.1, solarize: 0.2 },
      },
    });
  });

  it.each([
    ["f:1", "a: ["],
    ["f:1 lang", "lang: fr"],
    ["f:3 pretrain.methd", "pretrain:\n  epochs: 3\n  methd: x"],
    ["f:2 pretrain.epochs", "pretrain:\n  epochs: -3"],
    ["f:2 pretrain.augment.0", "pretrain:\n  augment: [tiny]"],
    ["f:3 pretrain.second-view.crop.1", "pretrain:\n  second-view:\n    crop: [0.5, 2]"],
    ["f:2 pretrain.minutes", "pretrain:\n  minutes: 3\n  epochs: 2"],
    ["f:2", "lang: en\nlang: ja"],
    ["f:1", "lang: !!js/function 'x'"],
    ["f:1", "- lang"],
  ])("is refused at %s: %j", (place, text) => {
    expect(problemOf(() => parseConfig(text, "f"))).toMatchObject({
      code: "registry/config-invalid",
      values: { file: "f", place },
      exit: 2,
    });
  });
});
