/** Pixels to the bytes of a picture file, for thumbnails and reports. */
import type { Size } from "./header.ts";
import { loadSharp } from "./library.ts";

export type EncodedKind = "png" | "jpeg" | "webp";

/** `pixels` is H·W·3 uint8 RGB. */
export async function encodePicture(
  pixels: Uint8Array,
  { width, height }: Size,
  { kind = "webp", quality = 80 }: { kind?: EncodedKind; quality?: number } = {},
): Promise<Buffer> {
  const sharp = await loadSharp();
  const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
  switch (kind) {
    case "png":
      return await picture.png().toBuffer();
    case "jpeg":
      return await picture.jpeg({ quality }).toBuffer();
    case "webp":
      return await picture.webp({ quality }).toBuffer();
    default:
      return kind satisfies never;
  }
}

/** The same as a URI that a page can hold. */
export async function pictureUri(
  pixels: Uint8Array,
  size: Size,
  options: { kind?: EncodedKind; quality?: number } = {},
): Promise<string> {
  const bytes = await encodePicture(pixels, size, options);
  return `data:image/${options.kind ?? "webp"};base64,${bytes.toString("base64")}`;
}
