/**
 * The two files of a pack. `pixels.bin` holds the pictures (uint8 RGB, rows from the top) one after
 * another without gaps; `index.bin` holds a head and one row a picture. A picture's offset is the
 * sum of the sizes before it, so it is not stored. All numbers are little-endian.
 *
 *   head  16 bytes   "TNFPACK1", resolution (uint32), count (uint32)
 *   row   40 bytes   height (uint32), width (uint32), SHA-256 of the source's bytes (32 bytes)
 *
 * The pack's name is SHA-256(index.bin, then the 32 bytes of SHA-256(pixels.bin)).
 */

export const indexFile = "index.bin";
export const pixelsFile = "pixels.bin";
export const magic = "TNFPACK1";
export const headBytes = 16;
export const rowBytes = 40;

export interface Row {
  readonly height: number;
  readonly width: number;
  readonly digest: string;
}

export function writeHead(resolution: number, count: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head.write(magic, 0, "latin1");
  head.writeUInt32LE(resolution, 8);
  head.writeUInt32LE(count, 12);
  return head;
}

export function writeRow({ height, width, digest }: Row): Buffer {
  const row = Buffer.alloc(rowBytes);
  row.writeUInt32LE(height, 0);
  row.writeUInt32LE(width, 4);
  row.write(digest, 8, 32, "hex");
  return row;
}
