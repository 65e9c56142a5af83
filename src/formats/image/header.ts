/** Width and height from the first bytes of a JPEG or PNG: the common kinds need no second look. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function headerSize(bytes: Buffer, kind: string): Size | undefined {
  if (kind === "png" && bytes.length >= 24) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
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
