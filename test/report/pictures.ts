/** Pictures for tests without a picture library: drawn parts, written as PNG by hand. */
import { deflateSync } from "node:zlib";
import { fork, type Key, uniform } from "../../src/base/index.ts";

export const parts = ["washer", "hex-nut", "plate", "gear"] as const;
export const defects = ["good", "scratch", "dent", "stain"] as const;

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** RGB, row by row. */
  readonly pixels: Uint8Array;
}

/** A part with its defect; every colour, place and turn from the key. */
export function drawPart(part: number, defect: number, key: Key, size = 48): Drawing {
  const u = uniform(fork(key, "part"), 24);
  const pixels = new Uint8Array(size * size * 3);
  const [cx, cy] = [0.5 + (u[0] - 0.5) * 0.12, 0.5 + (u[1] - 0.5) * 0.12];
  const [radius, turn, shade] = [0.34 + u[2] * 0.06, u[3] * Math.PI, 130 + u[4] * 50];
  const belt = [60 + u[5] * 14, 72 + u[5] * 14, 78 + u[5] * 14];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [x, y] = [(column + 0.5) / size - cx, (row + 0.5) / size - cy];
      const [r, angle] = [Math.hypot(x, y), Math.atan2(y, x) + turn];
      const inside = within(part, r, angle, radius, x, y, turn);
      const lit = 1 + 0.35 * ((-x - y) / radius) + (r > radius * 0.86 ? -0.18 : 0);
      let colour = inside
        ? [shade * lit, shade * lit * 1.02, shade * lit * 1.05]
        : belt.map((c) => c + 7 * Math.sin(row / 2.5));
      if (inside && flawed(defect, x, y, u)) {
        colour = defect === 3 ? [120, 74, 40] : colour.map((c) => c * (defect === 1 ? 1.55 : 0.45));
      }
      for (let channel = 0; channel < 3; channel++) {
        pixels[(row * size + column) * 3 + channel] = Math.max(0, Math.min(255, colour[channel]));
      }
    }
  }
  return { width: size, height: size, pixels };
}

function within(
  part: number,
  r: number,
  angle: number,
  radius: number,
  x: number,
  y: number,
  turn: number,
): boolean {
  if (part === 0) return r < radius && r > radius * 0.48;
  if (part === 1) {
    const sector = Math.abs(
      (((angle % (Math.PI / 3)) + Math.PI / 3) % (Math.PI / 3)) - Math.PI / 6,
    );
    return r < (radius * 0.9) / Math.cos(sector) && r > radius * 0.4;
  }
  if (part === 2) {
    const [a, b] = [
      Math.cos(turn) * x + Math.sin(turn) * y,
      Math.cos(turn) * y - Math.sin(turn) * x,
    ];
    const hole = Math.min(Math.hypot(a - radius * 0.6, b), Math.hypot(a + radius * 0.6, b));
    return Math.abs(a) < radius && Math.abs(b) < radius * 0.62 && hole > radius * 0.16;
  }
  return r < radius * (0.88 + 0.14 * Math.sign(Math.sin(11 * angle))) && r > radius * 0.28;
}

function flawed(defect: number, x: number, y: number, u: Float64Array): boolean {
  if (defect === 0) return false;
  const [a, b] = [x - (u[6] - 0.5) * 0.2, y - (u[7] - 0.5) * 0.2];
  const along = Math.cos(u[8] * 3) * a + Math.sin(u[8] * 3) * b;
  const across = Math.cos(u[8] * 3) * b - Math.sin(u[8] * 3) * a;
  if (defect === 1) return Math.abs(across + along * along) < 0.016 && Math.abs(along) < 0.27;
  if (defect === 2) return Math.hypot(a - 0.16, b - 0.12) < 0.1;
  return Math.hypot(a * 1.4, b) < 0.13 + 0.03 * Math.sin(6 * Math.atan2(b, a));
}

/** A crop with changed colours, as a picture of the same size. */
export function altered(drawing: Drawing, key: Key): Drawing {
  const u = uniform(key, 8);
  const { width, height } = drawing;
  const pixels = new Uint8Array(drawing.pixels.length);
  const side = 0.45 + 0.45 * u[0];
  const [left, top] = [u[1] * (1 - side), u[2] * (1 - side)];
  const gain = [0.7 + u[3] * 0.7, 0.7 + u[4] * 0.7, 0.7 + u[5] * 0.7];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const mirrored = u[6] < 0.5 ? column : width - 1 - column;
      const from =
        Math.floor((top + (side * row) / height) * height) * width +
        Math.floor((left + (side * mirrored) / width) * width);
      for (let c = 0; c < 3; c++) {
        pixels[(row * width + column) * 3 + c] = Math.min(
          255,
          drawing.pixels[from * 3 + c] * gain[c],
        );
      }
    }
  }
  return { width, height, pixels };
}

/** Every n-th pixel of many drawings in one sheet of square tiles. */
export function sheet(drawings: readonly Drawing[], tile: number, columns: number): Drawing {
  const rows = Math.ceil(drawings.length / columns);
  const pixels = new Uint8Array(rows * tile * columns * tile * 3);
  drawings.forEach((drawing, i) => {
    const [x, y] = [(i % columns) * tile, Math.floor(i / columns) * tile];
    for (let row = 0; row < tile; row++) {
      for (let column = 0; column < tile; column++) {
        const from =
          Math.floor((row * drawing.height) / tile) * drawing.width +
          Math.floor((column * drawing.width) / tile);
        const to = (y + row) * columns * tile + x + column;
        pixels.set(drawing.pixels.subarray(from * 3, from * 3 + 3), to * 3);
      }
    }
  });
  return { width: columns * tile, height: rows * tile, pixels };
}

export function png({ width, height, pixels }: Drawing): string {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * width * 3, (row + 1) * width * 3), row * (1 + width * 3) + 1);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const file = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return `data:image/png;base64,${file.toString("base64")}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
