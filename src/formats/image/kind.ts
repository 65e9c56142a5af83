/** What kind of picture a file is, by its first bytes; names are not trusted. */

/** The kinds that are decoded. */
export type PictureKind = "jpeg" | "png" | "webp" | "tiff" | "bmp" | "gif" | "avif";

/** `unsupported` names a picture for certain, of a kind that is not decoded. Neither: no picture. */
export interface FoundKind {
  readonly kind?: PictureKind;
  readonly unsupported?: string;
}

/** As many bytes as `pictureKind` looks at. */
export const kindBytes = 32;

export function pictureKind(head: Uint8Array): FoundKind {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return { kind: "jpeg" };
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return { kind: "png" };
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return { kind: "webp" };
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return { kind: "tiff" };
  if (/^GIF8[79]a/.test(text)) return { kind: "gif" };
  if (isBitmap(head)) return { kind: "bmp" };
  if (text.startsWith("ftyp", 4)) {
    const brand = text.slice(8, 12);
    // Some writers put the common brand first and the kind among those that are compatible.
    const isAvif = /^(....)*?avi[fs]/s.test(text.slice(16));
    if (/^avi[fs]/.test(brand)) return { kind: "avif" };
    if (/^(mif1|msf1)/.test(brand) && isAvif) return { kind: "avif" };
    if (/^(hei[cmsx]|hev[cmsx]|mif1|msf1)/.test(brand)) return { unsupported: "HEIC" };
  }
  if (text.startsWith("\0\0\0\x0cjP  ") || text.startsWith("\xff\x4f\xff\x51")) {
    return { unsupported: "JPEG 2000" };
  }
  if (text.startsWith("\xff\x0a") || text.startsWith("\0\0\0\x0cJXL ")) {
    return { unsupported: "JPEG XL" };
  }
  if (text.startsWith("8BPS")) return { unsupported: "Photoshop" };
  if (/^P[1-7]\s/.test(text)) return { unsupported: "PNM" };
  if (/^\s*<svg/i.test(text)) return { unsupported: "SVG" };
  return {};
}

/** "BM" alone would take in many texts: the size of the second head must be one that exists. */
function isBitmap(head: Uint8Array): boolean {
  if (head.length < 18 || head[0] !== 0x42 || head[1] !== 0x4d) return false;
  return [12, 40, 52, 56, 64, 108, 124].includes(
    head[14] | (head[15] << 8) | (head[16] << 16) | (head[17] << 24),
  );
}

/** Whether a name claims to be a picture that is decoded here. */
export function endsLikePicture(name: string): boolean {
  return /\.(jpe?g|jpe|jfif|png|webp|tiff?|bmp|dib|gif|avif|hei[cf])$/i.test(name);
}
