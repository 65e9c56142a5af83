/** What is too much for one picture, and the refusals that follow. */
import { Problem } from "../../base/index.ts";

export const pictureLimits = {
  /** Width × height, read from the header: 16,383² (a 268-megapixel picture). */
  pixels: 16_383 ** 2,
  /** Longer ÷ shorter side: with the shorter side at R, a strip would grow without bound. */
  aspect: 16,
  /** Bytes of one file. */
  bytes: 1 << 30,
} as const;

/** Throws when a header promises more than is taken in. */
export function refuseBySize(width: number, height: number): void {
  if (width * height > pictureLimits.pixels) {
    throw pictureProblem("formats/picture-too-large", {
      width,
      height,
      megapixels: Math.round((width * height) / 1e6),
      limit: Math.floor(pictureLimits.pixels / 1e6),
    });
  }
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  if (shorter < 1)
    throw pictureProblem("formats/picture-broken", { found: `${width} × ${height}` });
  if (longer > pictureLimits.aspect * shorter) {
    throw pictureProblem("formats/picture-too-narrow", {
      width,
      height,
      limit: pictureLimits.aspect,
    });
  }
}

export type PictureCode =
  | "formats/picture-broken"
  | "formats/picture-heic"
  | "formats/picture-too-large"
  | "formats/picture-too-narrow"
  | "formats/picture-unsupported";

export function pictureProblem(
  code: PictureCode,
  values: Record<string, string | number>,
  cause?: unknown,
): Problem {
  return new Problem(code, values, { cause });
}
