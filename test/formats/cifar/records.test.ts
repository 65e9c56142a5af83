/** The CIFAR binary form from files of a few records. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cifarPixels, findCifar, readCifarRecords } from "../../../src/formats/cifar/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cifar-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function record(labels: number[], fill: number): Buffer {
  return Buffer.concat([Buffer.from(labels), Buffer.alloc(3072, fill)]);
}

describe("CIFAR", () => {
  it("finds CIFAR-100 with coarse and fine names", () => {
    writeFileSync(join(folder, "train.bin"), Buffer.concat([record([3, 7], 1), record([4, 8], 2)]));
    writeFileSync(join(folder, "test.bin"), record([5, 9], 3));
    writeFileSync(join(folder, "coarse_label_names.txt"), "fish\nflowers\n");
    const set = findCifar(folder);
    expect(set?.labels.map(({ name, classes }) => [name, classes.length, classes[1]])).toEqual([
      ["coarse", 20, "flowers"],
      ["fine", 100, "class-1"],
    ]);
    expect(set?.files.map(({ name, part, records, rest }) => [name, part, records, rest])).toEqual([
      ["train.bin", "train", 2, 0],
      ["test.bin", "test", 1, 0],
    ]);
    if (!set) return;
    const seen = [...readCifarRecords(set, set.files[0])].flat();
    expect(seen.map((bytes) => [bytes[0], bytes[1], bytes[2], bytes.length])).toEqual([
      [3, 7, 1, 3074],
      [4, 8, 2, 3074],
    ]);
  });

  it("finds CIFAR-10 and says what is left after the last whole record", () => {
    const bytes = Buffer.concat([record([9], 1), record([2], 2).subarray(0, 100)]);
    writeFileSync(join(folder, "data_batch_2.bin"), bytes);
    expect(findCifar(folder)).toBeUndefined();
    writeFileSync(join(folder, "batches.meta.txt"), "airplane\n");
    const set = findCifar(folder);
    expect(set?.recordBytes).toBe(3073);
    expect(set?.files[0]).toMatchObject({ records: 1, rest: 100, part: "train" });
  });

  it("finds nothing in an ordinary folder", () => {
    expect(findCifar(folder)).toBeUndefined();
  });

  it("interleaves the planes", () => {
    const planes = new Uint8Array(3072).map(
      (_, i) => Math.floor(i / 1024) * 100 + ((i % 1024) % 50),
    );
    const pixels = cifarPixels(planes);
    expect([...pixels.subarray(0, 6)]).toEqual([0, 100, 200, 1, 101, 201]);
    expect([...pixels.subarray(3 * 1023)]).toEqual([23, 123, 223]);
  });
});
