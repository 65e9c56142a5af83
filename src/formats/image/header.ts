/** Width and height from the first bytes of a JPEG, PNG or BMP: these need no second look. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function headerSize(bytes: Buffer, kind: string): Size | undefined {
  if (kind === "png" && bytes.length >= 24) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (kind === "bmp" && bytes.length >= 26) {
    const core = bytes.readUInt32LE(14) === 12;
    return core
      ? { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) }
      : { width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
  }
  return kind === "jpeg" ? jpegSize(bytes) : undefined;
}

/** Walks the segments to the first start of frame (ITU T.81, table B.1). */
function jpegSize(bytes: Buffer): Size | undefined {
  for (let at = 2; at + 9 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** How often a JPEG goes over the whole picture: many scans of a few bytes each cost much time. */
export function scanCount(bytes: Buffer): number {
  let scans = 0;
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) {
      // Within a scan's data, where a byte of 255 is followed by 0 unless a marker comes.
      at = bytes.indexOf(0xff, at);
      if (at < 0) break;
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === 0xff) at++;
    else if (marker === 0 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker === 0xd9) break;
    else {
      if (marker === 0xda) scans++;
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
  return scans;
}
