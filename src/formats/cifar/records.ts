/**
 * The binary form of CIFAR-10 (label, then 3,072 bytes) and CIFAR-100 (coarse, fine, then 3,072
 * bytes): R, G and B planes of 32×32, as published at cs.toronto.edu/~kriz/cifar.html.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

export const side = 32;
const plane = side * side;

export interface CifarFile {
  readonly name: string;
  readonly part: "train" | "test";
  readonly bytes: number;
  readonly modified: number;
  readonly records: number;
  /** Bytes after the last whole record. */
  readonly rest: number;
}

export interface CifarSet {
  readonly folder: string;
  /** Label bytes before the pixels, coarse first. */
  readonly labels: readonly { readonly name: string; readonly classes: readonly string[] }[];
  readonly recordBytes: number;
  readonly files: readonly CifarFile[];
}

const layouts = [
  {
    labels: [
      { name: "coarse", list: "coarse_label_names.txt", classes: 20 },
      { name: "fine", list: "fine_label_names.txt", classes: 100 },
    ],
    train: ["train.bin"],
    test: "test.bin",
  },
  {
    labels: [{ name: "class", list: "batches.meta.txt", classes: 10 }],
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: "test_batch.bin",
  },
] as const;

/** The set whose files lie in `folder`, if there is one. Either part may be missing. */
export function findCifar(folder: string): CifarSet | undefined {
  for (const { labels, train, test } of layouts) {
    const recordBytes = labels.length + 3 * plane;
    const files = [...train, test].flatMap((name) => {
      const path = join(folder, name);
      if (!existsSync(path)) return [];
      const { size, mtimeMs } = statSync(path);
      const records = Math.floor(size / recordBytes);
      const part: "train" | "test" = name === test ? "test" : "train";
      return [{ name, part, bytes: size, modified: mtimeMs, records, rest: size % recordBytes }];
    });
    // Other programs call their files train.bin too: whole records or a name list must bear it out.
    const isNamed = labels.some(({ list }) => existsSync(join(folder, list)));
    if (!files.some(({ records, rest }) => records > 0 && (rest === 0 || isNamed))) continue;
    const named = labels.map(({ name, list, classes }) => ({
      name,
      classes: readNames(join(folder, list), classes),
    }));
    return { folder, labels: named, recordBytes, files };
  }
  return undefined;
}

/** Whole records of one file, in order, a few hundred at a time; each batch is good until the next. */
export function* readCifarRecords(set: CifarSet, file: CifarFile): Generator<Buffer[]> {
  const batch = 512;
  const buffer = Buffer.alloc(batch * set.recordBytes);
  const handle = openSync(join(set.folder, file.name), "r");
  try {
    for (let done = 0; done < file.records; ) {
      const count = Math.min(batch, file.records - done);
      const length = count * set.recordBytes;
      for (let at = 0; at < length; ) {
        const got = readSync(handle, buffer, at, length - at, done * set.recordBytes + at);
        if (got === 0) return;
        at += got;
      }
      yield Array.from({ length: count }, (_, i) =>
        buffer.subarray(i * set.recordBytes, (i + 1) * set.recordBytes),
      );
      done += count;
    }
  } finally {
    closeSync(handle);
  }
}

/** Planes to interleaved RGB. `planes` are a record's bytes after its labels. */
export function cifarPixels(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    pixels[3 * i] = planes[i];
    pixels[3 * i + 1] = planes[plane + i];
    pixels[3 * i + 2] = planes[2 * plane + i];
  }
  return pixels;
}

/** One name a line; where the list is missing or short, `class-7` stands for the name. */
function readNames(path: string, count: number): string[] {
  const lines = existsSync(path) ? readFileSync(path, "utf8").split(/\r?\n/) : [];
  const names = lines.map((line) => line.trim()).filter((line) => line !== "");
  return Array.from({ length: count }, (_, i) => names[i] ?? `class-${i}`);
}
