/** Ingest from folders made by hand: what comes in, what is refused, what a second time does. */
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestJson, type Event, systemClock } from "../../../src/base/index.ts";
import { checkDocument, type DatasetVersion } from "../../../src/formats/documents/index.ts";
import { createPackWriter, openPack } from "../../../src/formats/pack/index.ts";
import {
  attachLabels,
  check,
  detectSource,
  type IngestOptions,
  ingest,
  openPictures,
  readLabelList,
} from "../../../src/learn/data/index.ts";

let root: string;
let folder: string;
let packs: string;
let events: Event[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ingest-"));
  folder = join(root, "pictures");
  packs = join(root, "packs");
  mkdirSync(folder);
  events = [];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A picture that no other number looks like. */
async function picture(path: string, n: number, { width = 24, height = 20 } = {}) {
  const pixels = Buffer.alloc(6 * 5 * 3);
  let state = n * 2654435761 + 12345;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = state >>> 24;
  }
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  await sharp(pixels, { raw: { width: 6, height: 5, channels: 3 } })
    .resize(width, height, { fit: "fill" })
    .png()
    .toFile(full);
}

async function take(options: Partial<IngestOptions> = {}) {
  const result = await ingest(detectSource(folder), {
    name: "parts",
    resolution: 16,
    createPack: (given) => createPackWriter(packs, given),
    openPack: (digest) => openPack(join(packs, digest)),
    clock: systemClock,
    emit: (event) => events.push(event),
    concurrency: 2,
    ...options,
  });
  // What is made here is what the registry takes: nothing is lost or refused on the way.
  expect(checkDocument("dataset", JSON.parse(JSON.stringify(result.version)), "x")).toEqual(
    JSON.parse(JSON.stringify(result.version)),
  );
  return result;
}

const notices = () =>
  events.flatMap((event) => (event.type === "notice" ? [event.code as string] : []));
const sideOf = ({ items }: DatasetVersion, path: string) => items.split[items.path.indexOf(path)];
const groupOf = ({ items }: DatasetVersion, path: string) => items.group[items.path.indexOf(path)];

describe("a first ingest", () => {
  it("packs pictures in a stable order, with folder names as labels", async () => {
    await picture("b/2.png", 2);
    await picture("b/1.png", 1);
    await picture("a/3.png", 3, { width: 48, height: 40 });
    const { version, counts, unchanged } = await take();
    expect(version.items.path).toEqual(["a/3.png", "b/1.png", "b/2.png"]);
    expect(version.items.id).toEqual(version.items.path);
    expect([unchanged, counts.added, counts.enlarged]).toEqual([false, 3, 0]);
    expect(version.labelSets).toEqual([
      { name: "folder", classes: ["a", "b"], codes: [0, 1, 1], source: "folder" },
    ]);
    const opened = version.packs.map((digest) => openPack(join(packs, digest)));
    const pictures = openPictures(version, opened);
    expect(pictures.count).toBe(3);
    expect(pictures.size(0)).toEqual({ height: 16, width: 19 });
    const { data } = await sharp(join(folder, "b/1.png"))
      .resize({ width: 16, height: 16, fit: "outside" })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(Buffer.from(pictures.read(1)).equals(data)).toBe(true);
    for (const pack of opened) pack.close();
  });

  it("gives the same version and pack again in another place", async () => {
    for (let n = 0; n < 12; n++) await picture(`${n}.png`, n);
    const first = await take();
    packs = join(root, "elsewhere");
    const second = await take({ concurrency: 5 });
    const plain = ({ version }: typeof first) => digestJson({ ...version, created: undefined });
    expect(plain(second)).toBe(plain(first));
  });

  it("lists every bad file with code and evidence, and goes on", async () => {
    await picture("good.png", 1);
    await picture("good2.png", 2);
    await picture("name\nwith newline.png", 3);
    await picture("x..%2f..\\..\\.png", 4);
    writeFileSync(join(folder, "empty.jpg"), "");
    writeFileSync(join(folder, "notes.txt"), "no picture");
    writeFileSync(join(folder, "liar.jpg"), "no picture either");
    writeFileSync(join(folder, "photo.heic"), "\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
    const whole = await sharp(join(folder, "good.png")).png().toBuffer();
    writeFileSync(join(folder, "cut.png"), whole.subarray(0, whole.length / 2));
    const huge = Buffer.from(whole);
    huge.writeUInt32BE(30_000, 16);
    huge.writeUInt32BE(30_000, 20);
    writeFileSync(join(folder, "huge.png"), huge);
    await picture("strip.png", 5, { width: 400, height: 4 });
    writeFileSync(join(root, "outside.png"), whole);
    symlinkSync(join(root, "outside.png"), join(folder, "leaves.png"));
    symlinkSync(root, join(folder, "up"));
    symlinkSync(folder, join(folder, "circle"));
    symlinkSync(join(folder, "gone.png"), join(folder, "broken.png"));
    symlinkSync("good.png", join(folder, "inside.png"));
    writeFileSync(Buffer.from(`${folder}/sjis-\x8f\x9d.png`, "latin1"), whole);
    writeFileSync(join(folder, ".DS_Store"), "hidden");
    const { version, counts } = await take();
    expect(version.items.path).toEqual([
      "good.png",
      "good2.png",
      "inside.png",
      "name\nwith newline.png",
      "x..%2f..\\..\\.png",
    ]);
    expect(Object.fromEntries(version.rejected.map(({ path, code }) => [path, code]))).toEqual({
      "broken.png": "data/link-broken",
      circle: "data/link-to-folder",
      "cut.png": "formats/picture-broken",
      "empty.jpg": "data/empty-file",
      "huge.png": "formats/picture-too-large",
      "leaves.png": "data/link-leaves-folder",
      "liar.jpg": "formats/picture-broken",
      "notes.txt": "data/not-a-picture",
      "photo.heic": "formats/picture-heic",
      "sjis-\ufffd\ufffd.png": "data/name-not-unicode",
      "strip.png": "formats/picture-too-narrow",
      up: "data/link-leaves-folder",
    });
    expect([counts.rejected, counts.notPictures]).toEqual([12, 1]);
    expect(notices()).toContain("data/files-rejected");
    // Unchanged refusals are not read again and make no new version.
    expect((await take({ previous: version })).unchanged).toBe(true);
  });

  it("lists files without permission", async ({ skip }) => {
    if (process.getuid?.() === 0) skip("root may read everything");
    await picture("a.png", 1);
    await picture("b.png", 2);
    chmodSync(join(folder, "b.png"), 0);
    const { version } = await take();
    expect(version.rejected).toMatchObject([{ path: "b.png", code: "data/unreadable-file" }]);
  });

  it("keeps equal bytes once, in one group", async () => {
    for (let n = 0; n < 6; n++) await picture(`${n}.png`, n);
    copyFileSync(join(folder, "0.png"), join(folder, "twin.png"));
    const { version } = await take({ group: "item" });
    const twin = version.items.path.indexOf("twin.png");
    expect(version.items.index[twin]).toBe(version.items.index[0]);
    expect(groupOf(version, "twin.png")).toBe(groupOf(version, "0.png"));
    expect(sideOf(version, "twin.png")).toBe(sideOf(version, "0.png"));
  });

  it("says what cannot be used", async () => {
    await expect(take()).rejects.toMatchObject({ code: "data/folder-empty" });
    writeFileSync(join(folder, "a.txt"), "text");
    writeFileSync(join(folder, "b.jpg"), "");
    await expect(take()).rejects.toMatchObject({
      code: "data/no-pictures",
      values: { files: 2, notPictures: 1, broken: 1 },
    });
    expect(() => detectSource(join(root, "none"))).toThrow("data/path-missing");
    expect(() => detectSource(join(folder, "a.txt"))).toThrow("data/not-a-folder");
    await expect(take({ resolution: 4 })).rejects.toThrow("data/resolution-out-of-range");
    await expect(take({ evaluationShare: 1 })).rejects.toThrow("data/share-out-of-range");
    await expect(take({ group: "lot" })).rejects.toThrow("data/group-unknown");
    expect(existsSync(packs)).toBe(false);
  });

  it("says when there is one picture, and when all are equal", async () => {
    await picture("a.png", 1);
    await take();
    expect(notices()).toContain("data/one-picture");
    copyFileSync(join(folder, "a.png"), join(folder, "b.png"));
    await take();
    expect(notices()).toContain("data/all-equal");
  });

  it("stops when asked and leaves nothing half-written", async () => {
    for (let n = 0; n < 40; n++) await picture(`${n}.png`, n);
    const controller = new AbortController();
    const stopped = take({
      signal: controller.signal,
      emit: (event) => {
        if (event.type === "progress" && event.phase === "ingest") controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: "data/interrupted" });
    expect(readdirSync(packs)).toEqual([]);
  });
});

describe("a second ingest", () => {
  it("of an unchanged folder is the previous version, with nothing read", async () => {
    for (let n = 0; n < 5; n++) await picture(`${n}.png`, n);
    const { version } = await take();
    const again = await take({
      previous: version,
      createPack: () => {
        throw new Error("nothing is new");
      },
    });
    expect([again.version, again.unchanged]).toEqual([version, true]);
    expect(events.at(-2)).toMatchObject({ type: "phase", phase: "ingest", total: 0 });
    // Touched without change: read again, but no new version.
    utimesSync(join(folder, "0.png"), 1, 1);
    expect((await take({ previous: version })).unchanged).toBe(true);
  });

  it("takes in what is new and changed, drops what is gone, keeps all sides and labels", async () => {
    for (let n = 0; n < 30; n++) await picture(`${n}.png`, n);
    const first = await take();
    const list = join(root, "labels.csv");
    const rows = Array.from({ length: 30 }, (_, n) => `${n}.png,${n % 2 ? "odd" : "even"}`);
    writeFileSync(list, `file,parity\n${rows.join("\n")}\n`);
    const labelled = attachLabels(first.version, readLabelList(list), { set: "parity" });
    await picture("new.png", 100);
    await picture("7.png", 107);
    rmSync(join(folder, "8.png"));
    renameSync(join(folder, "9.png"), join(folder, "renamed.png"));
    const second = await take({ previous: labelled });
    expect(second.counts).toMatchObject({ added: 3, changed: 1, kept: 27, removed: 2 });
    const { items, labelSets, packs: used, parent } = second.version;
    expect(parent).toBe(digestJson({ ...labelled, created: undefined }));
    expect(used).toHaveLength(2);
    for (const path of items.path.slice(0, 27)) {
      expect(sideOf(second.version, path)).toBe(sideOf(first.version, path));
      expect(groupOf(second.version, path)).toBe(groupOf(first.version, path));
    }
    const parity = (path: string) => {
      const code = labelSets[0].codes[items.path.indexOf(path)];
      return code < 0 ? "" : labelSets[0].classes[code];
    };
    expect(["6.png", "7.png", "new.png", "renamed.png"].map(parity)).toEqual([
      "even",
      "odd",
      "",
      "odd",
    ]);
    const opened = used.map((digest) => openPack(join(packs, digest)));
    expect(openPictures(second.version, opened).size(items.path.indexOf("7.png")).height).toBe(16);
    // Renamed pictures are not stored again.
    expect(opened[1].count).toBe(2);
    for (const pack of opened) pack.close();
  });

  it("brings near-duplicates of what is there to their group and side", async () => {
    for (let n = 0; n < 30; n++) await picture(`${n}.png`, n);
    const { version } = await take();
    for (let n = 0; n < 30; n++) {
      await sharp(join(folder, `${n}.png`))
        .resize(60, 50)
        .jpeg({ quality: 85 })
        .toFile(join(folder, `again-${n}.jpg`));
    }
    const second = (await take({ previous: version })).version;
    for (let n = 0; n < 30; n++) {
      expect(groupOf(second, `again-${n}.jpg`)).toBe(groupOf(second, `${n}.png`));
      expect(sideOf(second, `again-${n}.jpg`)).toBe(sideOf(second, `${n}.png`));
    }
  });

  it("does not take another folder for the same dataset, but follows one that moved", async () => {
    await picture("a.png", 1);
    await picture("b.png", 2);
    const { version } = await take();
    const moved = join(root, "moved");
    cpSync(folder, moved, { recursive: true, preserveTimestamps: true });
    rmSync(folder, { recursive: true });
    folder = join(root, "other");
    await picture("c.png", 3);
    await expect(take({ previous: version })).rejects.toThrow("data/other-source");
    folder = moved;
    const now = await take({ previous: version });
    expect([now.unchanged, now.counts.kept, now.counts.added]).toEqual([false, 2, 0]);
  });

  it("refuses what was frozen differently", async () => {
    await picture("a.png", 1);
    const { version } = await take();
    for (const option of [{ resolution: 32 }, { evaluationShare: 0.5 }, { group: "item" }]) {
      await expect(take({ previous: version, ...option })).rejects.toThrow("data/setting-frozen");
    }
  });
});

describe("groups and given splits", () => {
  it("come from a column of a list, also for new items", async () => {
    for (let n = 0; n < 12; n++) await picture(`${n}.png`, n);
    const file = join(root, "list.json");
    const write = (count: number) => {
      const rows = Array.from({ length: count }, (_, n) => ({
        file: `${n}.png`,
        lot: `L${n % 4}`,
      }));
      writeFileSync(file, JSON.stringify(rows));
      return readLabelList(file);
    };
    const { version } = await take({ group: "column:lot", list: write(12) });
    expect(new Set(version.items.group)).toEqual(new Set(["L0", "L1", "L2", "L3"]));
    expect(new Set(version.items.split).size).toBe(2);
    for (let n = 12; n < 16; n++) await picture(`${n}.png`, n);
    const second = await take({ previous: version, list: write(15) });
    for (let n = 12; n < 15; n++) {
      expect(sideOf(second.version, `${n}.png`)).toBe(sideOf(version, `${n % 4}.png`));
    }
    expect(events).toContainEqual(
      expect.objectContaining({
        code: "data/group-missing",
        values: { column: "lot", count: 1, first: "15.png" },
      }),
    );
    await expect(take({ group: "column:lot" })).rejects.toThrow("data/group-needs-list");
    await expect(take({ group: "column:x", list: write(3) })).rejects.toThrow(
      "data/labels-column-missing",
    );
  });

  it("come from folders called train and test, which are then no labels", async () => {
    for (let n = 0; n < 4; n++) {
      await picture(`train/${n % 2 ? "ok" : "ng"}/${n}.png`, n);
      await picture(`test/${n % 2 ? "ok" : "ng"}/${n}.png`, 10 + n);
    }
    const { version } = await take();
    expect(version.items.path.map((path) => sideOf(version, path))).toEqual(
      version.items.path.map((path) => (path.startsWith("test") ? "evaluation" : "train")),
    );
    expect(version.labelSets.map(({ name, classes }) => [name, classes])).toEqual([
      ["folder", ["ng", "ok"]],
    ]);
    const hashed = await take({ split: "hash" });
    expect(hashed.version.labelSets.map(({ name }) => name)).toEqual(["folder-1", "folder-2"]);
  });

  it("come from a list's column called split", async () => {
    for (let n = 0; n < 4; n++) await picture(`${n}.png`, n);
    const file = join(root, "list.csv");
    writeFileSync(file, "file,Split\n0.png,test\n1.png,train\n2.png,val\n3.png,train\n");
    const { version } = await take({ list: readLabelList(file) });
    expect(version.items.split).toEqual(["evaluation", "train", "train", "train"]);
  });
});

describe("CIFAR", () => {
  it("brings labels, hierarchy and split, and takes in only what was appended", async () => {
    const record = (coarse: number, fine: number, seed: number) => {
      const planes = Buffer.alloc(3072).map((_, i) => (i * seed * 31 + (i >> 5) * 7) % 256);
      return Buffer.concat([Buffer.from([coarse, fine]), planes]);
    };
    const train = [record(1, 4, 1), record(0, 2, 2), record(1, 5, 3)];
    writeFileSync(join(folder, "train.bin"), Buffer.concat(train));
    writeFileSync(join(folder, "test.bin"), Buffer.concat([record(0, 2, 4), Buffer.alloc(99)]));
    const { version } = await take({ resolution: 32 });
    expect(version.source.kind).toBe("cifar-binary");
    expect(version.items.split).toEqual(["train", "train", "train", "evaluation"]);
    expect(version.labelSets.map(({ name, codes, parent }) => [name, codes, parent])).toEqual([
      ["coarse", [1, 0, 1, 0], undefined],
      ["fine", [4, 2, 5, 2], "coarse"],
    ]);
    expect(version.rejected).toMatchObject([{ path: "test.bin", code: "data/record-cut-short" }]);
    expect((await take({ resolution: 32, previous: version })).unchanged).toBe(true);
    appendFileSync(join(folder, "train.bin"), record(3, 200, 5));
    appendFileSync(join(folder, "train.bin"), record(3, 9, 6));
    const second = await take({ resolution: 32, previous: version });
    expect(second.counts).toMatchObject({ added: 1, kept: 4, removed: 0 });
    expect(second.version.rejected.map(({ code }) => code)).toContain("data/record-label-unknown");
    expect(second.version.labelSets[1].codes).toEqual([4, 2, 5, 2, 9]);
    const half = await take({ name: "half", resolution: 16 });
    using pack = openPack(join(packs, half.version.packs[0]));
    expect(pack.size(0)).toEqual({ height: 16, width: 16 });
  });
});

describe("check", () => {
  it("finds equal, leaking, blank, dark and odd pictures and tiny classes", async () => {
    for (let n = 0; n < 12; n++) await picture(`many/${n}.png`, n);
    for (let n = 0; n < 2; n++) await picture(`few/${n}.png`, 50 + n);
    copyFileSync(join(folder, "many/0.png"), join(folder, "many/twin.png"));
    const flat = (path: string, background: string, width = 24) =>
      sharp({ create: { width, height: 20, channels: 3, background } })
        .png()
        .toFile(join(folder, path));
    await flat("many/white.png", "#ffffff");
    await flat("many/black.png", "#020202");
    await picture("many/wide.png", 70, { width: 200, height: 20 });
    const { version } = await take();
    const copy = structuredClone(version);
    copy.items.split = copy.items.path.map((path) =>
      path === "many/twin.png" ? "evaluation" : "train",
    );
    const opened = version.packs.map((digest) => openPack(join(packs, digest)));
    const found = check(copy, openPictures(version, opened));
    for (const pack of opened) pack.close();
    expect(found.map(({ code, ids }) => [code, ids])).toEqual([
      ["data/found-equal-bytes", ["many/0.png", "many/twin.png"]],
      ["data/found-leaks", ["many/twin.png"]],
      ["data/found-blank", ["many/black.png", "many/white.png"]],
      ["data/found-dark", ["many/black.png"]],
      ["data/found-odd-sizes", ["many/wide.png"]],
      ["data/found-tiny-classes", ["few/0.png", "few/1.png"]],
    ]);
  });
});
