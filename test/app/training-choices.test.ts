/** Where a training's views are made, by what computes. */
import { expect, test } from "vitest";
import { choicesOf, computesAside } from "../../src/app/training-choices.ts";
import type { StoredDataset } from "../../src/registry/index.ts";
import { noisePictures } from "../learn/augment/pictures.ts";

test.each([
  ["torch", "cuda", true],
  ["torch", "cuda:1", true],
  ["torch", "mps", true],
  ["torch", "xpu", true],
  ["torch", "cpu", false],
  ["onednn", "cpu", false],
  ["ort", "webgpu", false],
])(
  "%s on %s: a step computes beside this process, views and all: %s",
  (executor, device, aside) => {
    const machine = { executor, device };
    expect(computesAside(machine)).toBe(aside);
    const options = { method: "simclr", backbone: "res-2-16", size: 16, seed: 0, epochs: 1 };
    const dataset: Pick<StoredDataset, "version"> = { version: "v" };
    const subject = { dataset, pictures: noisePictures(20), machine };
    expect(choicesOf(options, subject).augment).toBe(aside ? "device" : undefined);
  },
);
