/** The public sets, where they are unpacked: counts, levels, sides, and a second ingest. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { silent, systemClock } from "../../../src/base/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";
import { createPackWriter, openPack } from "../../../src/formats/pack/index.ts";
import {
  attachLabels,
  detectSource,
  ingest,
  readLabelList,
} from "../../../src/learn/data/index.ts";

const data = process.env.TANAFUDA_DATA ?? join(homedir(), ".cache", "tanafuda-data");
const packs = mkdtempSync(join(tmpdir(), "real-"));
afterAll(() => rmSync(packs, { recursive: true }));

function take(name: string, resolution: number, previous?: DatasetVersion) {
  return ingest(detectSource(join(data, name)), {
    name,
    resolution,
    createPack: (options) => createPackWriter(packs, options),
    openPack: (digest) => openPack(join(packs, digest)),
    clock: systemClock,
    emit: silent,
    ...(previous && { previous }),
  });
}

describe("grocery-store", () => {
  it("has 5,421 photos, three levels, its own split and labels from its lists", async ({
    skip,
  }) => {
    const folder = join(data, "grocery-store");
    if (!existsSync(folder)) skip(`${folder} is not there`);
    const { version, counts } = await take("grocery-store", 32);
    expect(counts).toMatchObject({ added: 5421, rejected: 5, notPictures: 5, evaluation: 2485 });
    expect(version.labelSets.map(({ name, parent }) => [name, parent])).toEqual([
      ["folder-1", undefined],
      ["folder-2", "folder-1"],
      ["folder-3", "folder-2"],
    ]);
    expect(version.labelSets[0].classes).toEqual(["Fruit", "Packages", "Vegetables"]);
    const columns = ["path", "fine", "coarse"];
    const list = readLabelList(join(folder, "train.txt"), { columns });
    const coarse = attachLabels(version, list, { set: "coarse", parent: "folder-1" });
    const both = attachLabels(coarse, list, { set: "fine", parent: "coarse" });
    const labelled = both.labelSets.map(({ codes }) => codes.filter((code) => code >= 0).length);
    expect(labelled.slice(3)).toEqual([2640, 2640]);
    expect(both.labelSets[4].classes).toHaveLength(81);
    expect((await take("grocery-store", 32, both)).unchanged).toBe(true);
  });
});

describe("cifar-100", () => {
  it("has 60,000 pictures of 100 classes in 20, a tenth of each for evaluation", async ({
    skip,
  }) => {
    const folder = join(data, "cifar-100-binary");
    if (!existsSync(folder)) skip(`${folder} is not there`);
    const { version, counts } = await take("cifar-100-binary", 32);
    expect(counts).toMatchObject({ added: 60_000, train: 50_000, evaluation: 10_000, rejected: 0 });
    const fine = version.labelSets[1];
    expect([fine.name, fine.parent, fine.classes.length]).toEqual(["fine", "coarse", 100]);
    const perClass = new Uint32Array(100);
    for (const code of fine.codes) perClass[code]++;
    expect(new Set(perClass)).toEqual(new Set([600]));
    expect((await take("cifar-100-binary", 32, version)).unchanged).toBe(true);
  });
});
