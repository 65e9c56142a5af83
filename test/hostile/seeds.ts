/** Sound files of every kind that is read, to be broken: encoded by the real encoders. */
import { createRequire } from "node:module";
import type { SchemaElement } from "hyparquet";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import sharp from "sharp";
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import { encodeNpy } from "../../src/formats/npy/index.ts";
import { encodeSafetensors } from "../../src/formats/safetensors/index.ts";

export interface Seed {
  /** With its ending. */
  readonly name: string;
  readonly bytes: Buffer;
}

const side = { width: 40, height: 32 } as const;

/** A smooth picture with grain; `n` makes it another one. */
function pixelsOf(n: number): Buffer {
  const grain = uniform(fork(keyFromSeed(n), "grain"), side.width * side.height * 3);
  return Buffer.from(grain.map((noise, i) => 90 + 80 * Math.sin((i * (n + 1)) / 97) + 60 * noise));
}

export async function pictureSeeds(): Promise<Seed[]> {
  const raw = { raw: { ...side, channels: 3 as const } };
  const of = (n: number) => sharp(pixelsOf(n), raw);
  const frames = Buffer.concat([pixelsOf(7), pixelsOf(8), pixelsOf(9)]);
  const film = { width: side.width, height: 3 * side.height, channels: 3, pageHeight: side.height };
  const made: readonly (readonly [string, Promise<Buffer>])[] = [
    ["baseline.jpg", of(1).jpeg().toBuffer()],
    ["progressive.jpg", of(2).jpeg({ progressive: true }).withExif({}).toBuffer()],
    ["turned.jpg", of(3).withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ["inks.jpg", of(4).toColourspace("cmyk").jpeg().toBuffer()],
    ["plain.png", of(5).png().toBuffer()],
    ["palette.png", of(6).png({ palette: true, progressive: true }).toBuffer()],
    ["deep.png", of(10).toColourspace("rgb16").png().toBuffer()],
    ["lossy.webp", of(11).webp().toBuffer()],
    ["lossless.webp", of(12).webp({ lossless: true }).toBuffer()],
    [
      "film.gif",
      sharp(frames, { raw: film as never })
        .gif()
        .toBuffer(),
    ],
    ["strips.tif", of(13).tiff({ compression: "lzw" }).toBuffer()],
    ["tiles.tif", of(14).tiff({ tile: true, compression: "deflate", pyramid: true }).toBuffer()],
    ["still.avif", of(15).avif({ effort: 0 }).toBuffer()],
    ["rows.bmp", Promise.resolve(bitmap(pixelsOf(16)))],
  ];
  return await Promise.all(made.map(async ([name, bytes]) => ({ name, bytes: await bytes })));
}

/** 24 bits, bottom row first (BITMAPINFOHEADER). */
function bitmap(pixels: Buffer): Buffer {
  const head = Buffer.alloc(54);
  head.write("BM");
  head.writeUInt32LE(head.length + pixels.length, 2);
  head.writeUInt32LE(head.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(side.width, 18);
  head.writeInt32LE(side.height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, pixels]);
}

/** Lists of labels for pictures named `0.png` … `19.png`. */
export function listSeeds(): Seed[] {
  const rows = Array.from({ length: 20 }, (_, i) => [
    `${i}.png`,
    i % 2 ? "odd" : "even",
    `${i % 3}`,
  ]);
  const records = rows.map(([file, kind, lot]) => ({ file, kind, lot }));
  const csv = [["file", "kind", "lot"], ...rows].map((row) => row.join(",")).join("\r\n");
  const quoted = `file;kind\n${rows.map(([file, kind]) => `"${file}";"${kind}; ""so"""`).join("\n")}\n`;
  const sjis = Buffer.from([0x95, 0x69, 0x96, 0xbc, 0x2c, 0x92, 0x6c, 0x0a]);
  return [
    { name: "plain.csv", bytes: Buffer.from(csv) },
    { name: "quoted.csv", bytes: Buffer.from(quoted) },
    { name: "wide.csv", bytes: Buffer.from(`\ufeff${csv}`, "utf16le") },
    { name: "shift-jis.csv", bytes: Buffer.concat([sjis, Buffer.from("0.png,a\n1.png,b\n")]) },
    ...workbookSeeds([["file", "kind", "lot"], ...rows]),
    { name: "records.json", bytes: Buffer.from(JSON.stringify(records)) },
    {
      name: "table.json",
      bytes: Buffer.from(JSON.stringify(Object.fromEntries(rows.map(([f, k]) => [f, k])), null, 1)),
    },
  ];
}

/** The three families of workbooks, with a merged cell each. */
function workbookSeeds(rows: readonly (readonly string[])[]): Seed[] {
  const xlsx: typeof import("@e965/xlsx") = createRequire(import.meta.url)("@e965/xlsx");
  const sheet = xlsx.utils.aoa_to_sheet(rows.map((row) => [...row]));
  sheet["!merges"] = [{ s: { r: 1, c: 1 }, e: { r: 2, c: 1 } }];
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, sheet, "labels");
  return (["xlsx", "biff8", "ods"] as const).map((bookType) => ({
    name: `book.${bookType === "biff8" ? "xls" : bookType}`,
    bytes: Buffer.from(xlsx.write(book, { bookType, type: "buffer", compression: true })),
  }));
}

/** Twenty rows of four numbers with names and labels, plain and in packed repetitions. */
export function parquetSeeds(): Seed[] {
  const values = uniform(fork(keyFromSeed(3), "matrix"), 20 * 4);
  const rows = Array.from({ length: 20 }, (_, i) => i);
  const columnData: ColumnSource[] = [
    { name: "id", data: rows.map((i) => `${i}.png`) },
    { name: "kind", data: rows.map((i) => (i % 7 === 0 ? null : i % 2 ? "odd" : "even")) },
    { name: "v", data: rows.map((i) => Array.from(values.subarray(4 * i, 4 * i + 4))) },
  ];
  const text = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
  const schema: SchemaElement[] = [
    { name: "root", num_children: 3 },
    { name: "id", repetition_type: "REQUIRED", ...text },
    { name: "kind", repetition_type: "OPTIONAL", ...text },
    { name: "v", repetition_type: "REQUIRED", num_children: 1, converted_type: "LIST" },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "REQUIRED", type: "FLOAT" },
  ];
  const codecs = ["UNCOMPRESSED", "SNAPPY"] as const;
  return codecs.map((codec) => ({
    name: `${codec.toLowerCase()}.parquet`,
    bytes: Buffer.from(parquetWriteBuffer({ columnData, schema, codec })),
  }));
}

export function matrixSeeds(): Seed[] {
  const values = uniform(fork(keyFromSeed(3), "matrix"), 20 * 4);
  const matrix = { shape: [20, 4], values: Float32Array.from(values) };
  return [
    { name: "matrix.npy", bytes: Buffer.concat(encodeNpy(matrix)) },
    {
      name: "tensors.safetensors",
      bytes: Buffer.concat(encodeSafetensors({ tensors: { features: matrix, w: matrix } })),
    },
  ];
}
