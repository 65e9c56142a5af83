/** A folder as factories have them: every kind of picture and name, with what should come of each. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { fork, keyFromSeed, uniform } from "../../src/base/index.ts";
import { text, workbook } from "../formats/spreadsheet/zip.ts";

const [width, height] = [40, 32];

/** Blurred noise that no other number looks like, H·W·3. */
async function noise(seed: number): Promise<Buffer> {
  const coarse = uniform(fork(keyFromSeed(seed), "nasty"), 5 * 4 * 3).map((x) => 255 * x);
  return await sharp(Uint8Array.from(coarse), { raw: { width: 5, height: 4, channels: 3 } })
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer();
}

async function picture(seed: number): Promise<Sharp> {
  return sharp(await noise(seed), { raw: { width, height, channels: 3 } });
}

/** Grey values of 12 bits in 16. */
async function deep(seed: number): Promise<Sharp> {
  const bytes = await noise(seed);
  const values = Uint16Array.from({ length: width * height }, (_, i) => 16 * bytes[3 * i] + 15);
  return sharp(values, { raw: { width, height, channels: 1 } }).toColourspace("grey16");
}

/** Rows from below, each padded to four bytes, colours as blue, green, red. */
async function bitmap(seed: number, bits: 1 | 4 | 8 | 24 | 32): Promise<Buffer> {
  const pixels = await noise(seed);
  const colours = bits > 8 ? 0 : 1 << bits;
  const stride = Math.ceil((width * bits) / 32) * 4;
  const start = 54 + 4 * colours;
  const file = Buffer.alloc(start + stride * height);
  file.write("BM", "latin1");
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  for (let i = 0; i < colours; i++) {
    const grey = Math.round((255 * i) / (colours - 1));
    file.set([grey, grey, grey, 0], 54 + 4 * i);
  }
  for (let y = 0; y < height; y++) {
    const row = start + stride * (height - 1 - y);
    for (let x = 0; x < width; x++) {
      const [r, g, b] = pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3);
      if (bits > 8) file.set([b, g, r], row + (x * bits) / 8);
      else file[row + ((x * bits) >> 3)] |= (r >> (8 - bits)) << (8 - bits - ((x * bits) & 7));
    }
  }
  return file;
}

const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
const encoded = async (made: Promise<Sharp>, as: (made: Sharp) => Sharp) =>
  as(await made).toBuffer();

/** Taken in: path → bytes. Three days, two cameras, OK and NG. */
const taken: Readonly<Record<string, () => Promise<Buffer>>> = {
  "2026-03-14/カメラ1/OK/部品 (1).bmp": () => bitmap(1, 8),
  "2026-03-14/カメラ1/OK/部品 (2).BMP": () => bitmap(2, 24),
  "2026-03-14/カメラ1/NG/一.bmp": () => bitmap(3, 1),
  "2026-03-14/カメラ1/NG/四.bmp": () => bitmap(4, 4),
  "2026-03-14/カメラ2/OK/三十二.bmp": () => bitmap(5, 32),
  // か and a combining mark: ガ as a Mac writes it.
  "2026-03-14/カメラ2/NG/ca\u0301fe\u0301 カ\u3099.png": () => encoded(picture(6), (p) => p.png()),
  "2026-03-15/カメラ1/OK/palette.png": () => encoded(picture(7), (p) => p.png({ palette: true })),
  "2026-03-15/カメラ1/OK/grey.jpg": () => encoded(picture(8), (p) => p.greyscale().jpeg()),
  "2026-03-15/カメラ1/NG/cmyk.jpg": () =>
    encoded(picture(9), (p) => p.toColourspace("cmyk").jpeg()),
  "2026-03-15/カメラ2/NG/upright.jpg": () =>
    encoded(picture(10), (p) => p.withMetadata({ orientation: 6 }).jpeg()),
  "2026-03-15/カメラ2/OK/clear.png": () => encoded(picture(11), (p) => p.ensureAlpha(0.5).png()),
  "20260316_101500/カメラ2/OK/moving.gif": () => encoded(picture(12), (p) => p.gif()),
  "20260316_101500/カメラ2/OK/new.avif": () => encoded(picture(13), (p) => p.avif()),
  "20260316_101500/カメラ2/NG/twelve.png": () => encoded(deep(14), (p) => p.png()),
  "20260316_101500/カメラ1/NG/twelve.tif": () => encoded(deep(15), (p) => p.tiff()),
  "20260316_101500/カメラ1/OK/scan.tif": async () => {
    const pages = [16, 17, 18].map((seed) => encoded(picture(seed), (p) => p.png()));
    return sharp(await Promise.all(pages), { join: { animated: true } })
      .tiff()
      .toBuffer();
  },
  [`20260316_101500/カメラ1/OK/${"長".repeat(60)}.jpg`]: () =>
    encoded(picture(19), (p) => p.jpeg()),
  // Named otherwise than what it is.
  "20260316_101500/カメラ1/NG/really-png.jpg": () => encoded(picture(20), (p) => p.png()),
};

/** Refused: path → code and bytes. */
const refused: Readonly<Record<string, { code: string; bytes: () => Promise<Buffer> }>> = {
  "2026-03-14/カメラ1/OK/iphone.heic": {
    code: "formats/picture-heic",
    bytes: async () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"),
  },
  "2026-03-14/カメラ1/OK/empty.jpg": {
    code: "data/empty-file",
    bytes: async () => Buffer.alloc(0),
  },
  "2026-03-14/カメラ1/OK/cut.jpg": {
    code: "formats/picture-broken",
    bytes: async () => cut(await encoded(picture(30), (p) => p.jpeg({ quality: 100 }))),
  },
  "2026-03-14/カメラ1/OK/text.png": {
    code: "formats/picture-broken",
    bytes: async () => Buffer.from("not a picture at all"),
  },
  "2026-03-14/カメラ1/OK/strip.png": {
    code: "formats/picture-too-narrow",
    bytes: () => encoded(picture(31), (p) => p.resize(800, 4, { fit: "fill" }).png()),
  },
  "Thumbs.db": { code: "data/not-a-picture", bytes: async () => Buffer.from([0xd0, 0xcf, 1]) },
  "2026-03-14/desktop.ini": {
    code: "data/not-a-picture",
    bytes: async () => Buffer.from("[.ShellClassInfo]"),
  },
  "2026-03-14/~$検査.xlsx": {
    code: "data/not-a-picture",
    bytes: async () => Buffer.from("\x05Taro"),
  },
};

export interface Nasty {
  /** Paths of items, further pages included, in order. */
  readonly items: readonly string[];
  readonly refused: ReadonlyMap<string, string>;
  /** Lists beside the folder, about its pictures. */
  readonly lists: { readonly cp932: string; readonly utf16: string; readonly excel: string };
}

/** Writes the folder to `root` and its lists beside it. */
export async function writeNastyFolder(root: string): Promise<Nasty> {
  const write = (path: string, bytes: Buffer) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  };
  for (const [path, make] of Object.entries(taken)) write(path, await make());
  for (const [path, { bytes }] of Object.entries(refused)) write(path, await bytes());
  symlinkSync(join(root, "nowhere.png"), join(root, "link.png"));
  const scan = "20260316_101500/カメラ1/OK/scan.tif";
  const items = [...Object.keys(taken), `${scan}#2`, `${scan}#3`];
  const codes = new Map(Object.entries(refused).map(([path, { code }]) => [path, code]));
  codes.set("link.png", "data/link-broken");
  return { items: items.sort(), refused: codes, lists: writeLists(dirname(root)) };
}

/** CP932 by bytes (表 ends in the byte of a backslash), UTF-16 with a mark, a workbook. */
function writeLists(folder: string): Nasty["lists"] {
  const lists = {
    cp932: join(folder, "検査 cp932.csv"),
    utf16: join(folder, "utf16.txt"),
    excel: join(folder, "一覧.xlsx"),
  };
  const [day, file, verdict] = ["2026-03-14", "837483408343838b96bc", "94bb92e8"];
  const kana = {
    カメラ1: "834a8381838931",
    部品: "9594956920",
    良: "97c7",
    不良: "957397c7",
    一: "88ea",
  };
  const ascii = (plain: string) => Buffer.from(plain).toString("hex");
  const unc = `${ascii("\\\\server\\share\\")}955c5c${ascii(`${day}\\`)}${kana.カメラ1}`;
  const hex = [
    `${file}2c${verdict}${ascii("\r\n")}`,
    `${unc}${ascii("\\OK\\")}${kana.部品}${ascii("(1).bmp,")}${kana.良}${ascii("\r\n")}`,
    `${unc}${ascii("\\NG\\")}${kana.一}${ascii(".bmp,")}${kana.不良}${ascii("\r\n")}`,
  ];
  writeFileSync(lists.cp932, Buffer.from(hex.join(""), "hex"));
  const rows = "file\t程度\r\nPALETTE.png\t1\r\ngrey\t2\r\nnone.png\t3\r\n";
  writeFileSync(lists.utf16, Buffer.from(`\ufeff${rows}`, "utf16le"));
  const lines = [
    ["品質保証課 検査一覧"],
    [],
    ["No.", "画像", "ロット"],
    ["1", "scan.tif", 7],
    ["2", "twelve.png", 12],
  ];
  const xml = lines.map((cells, r) => {
    const row = cells.map((cell, c) => {
      const place = `${"ABC"[c]}${r + 1}`;
      return typeof cell === "string"
        ? text(place, cell)
        : `<c r="${place}" s="2"><v>${cell}</v></c>`;
    });
    return `<row r="${r + 1}">${row.join("")}</row>`;
  });
  writeFileSync(lists.excel, workbook({ 一覧: `<sheetData>${xml.join("")}</sheetData>` }));
  return lists;
}
