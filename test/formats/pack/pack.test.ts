/** Packs: what goes in comes out, nothing shows before it is finished, damage is named. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestBytes } from "../../../src/base/index.ts";
import { createPackWriter, openPack, verifyPack } from "../../../src/formats/pack/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pack-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const small = Uint8Array.from({ length: 6 }, (_, i) => i);
const large = Uint8Array.from({ length: 30 }, (_, i) => 255 - i);

function writeBoth(): string {
  using writer = createPackWriter(folder, { resolution: 1 });
  expect(writer.add(small, 1, 2, digestBytes("small"))).toBe(0);
  expect(writer.add(large, 2, 5, digestBytes("large"))).toBe(1);
  return writer.finish();
}

describe("pack", () => {
  it("reads back what was written", () => {
    using pack = openPack(join(folder, writeBoth()));
    expect([pack.count, pack.resolution]).toEqual([2, 1]);
    expect(pack.size(1)).toEqual({ height: 2, width: 5 });
    expect(pack.item(1)).toEqual({ offset: 6, height: 2, width: 5, digest: digestBytes("large") });
    expect([...pack.read(1)]).toEqual([...large]);
    expect([...pack.read(0)]).toEqual([...small]);
    expect(() => pack.read(2)).toThrow(RangeError);
  });

  it("gives memory that the next read does not touch", () => {
    using pack = openPack(join(folder, writeBoth()));
    const first = pack.read(0);
    pack.read(1);
    expect([...first]).toEqual([...small]);
  });

  it("copies what is added, so that callers may reuse their buffer", () => {
    const writer = createPackWriter(folder, { resolution: 1 });
    const buffer = small.slice();
    writer.add(buffer, 1, 2, digestBytes("a"));
    buffer.fill(9);
    using pack = openPack(join(folder, writer.finish()));
    expect([...pack.read(0)]).toEqual([...small]);
  });

  it("is named by its content, and equal content is kept once", async () => {
    const first = writeBoth();
    expect(writeBoth()).toBe(first);
    expect(readdirSync(folder)).toEqual([first]);
    expect(await verifyPack(join(folder, first))).toBe(true);
    writeFileSync(join(folder, first, "pixels.bin"), new Uint8Array(36));
    expect(await verifyPack(join(folder, first))).toBe(false);
  });

  it("shows nothing before it is finished and leaves nothing when abandoned", () => {
    const writer = createPackWriter(folder, { resolution: 1 });
    writer.add(small, 1, 2, digestBytes("small"));
    expect(readdirSync(folder).every((name) => name.startsWith("."))).toBe(true);
    writer.abandon();
    expect(readdirSync(folder)).toEqual([]);
    expect(() => writer.finish()).toThrow("formats/pack-writer-closed");
  });

  it("abandons itself on a picture that does not fit its size", () => {
    const writer = createPackWriter(folder, { resolution: 1 });
    expect(() => writer.add(small, 2, 2, digestBytes("x"))).toThrow("formats/pack-picture-size");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("sweeps what a killed process left", () => {
    mkdirSync(join(folder, ".aside-4194304999-1-1"));
    const writer = createPackWriter(folder, { resolution: 1 });
    expect(readdirSync(folder)).toHaveLength(1);
    writer.abandon();
  });

  it.each(["pixels.bin", "index.bin"])("names a short %s", (file) => {
    const home = join(folder, writeBoth());
    truncateSync(join(home, file), 20);
    expect(() => openPack(home)).toThrow("formats/pack-damaged");
  });

  it("names a missing pack", () => {
    expect(() => openPack(join(folder, "0".repeat(64)))).toThrow("formats/pack-missing");
  });
});
