/**
 * Colour operations as torchvision has them on numbers (not bytes): brightness, contrast, saturation and
 * grayscale blend a colour with another (factor · picture + (1 - factor) · other, Rec. 601 luma
 * .299/.587/.114), the hue is HSV's, and every operation is followed by clamping to [0, 1].
 */
import type { ColourStep, ViewDraw } from "./draw.ts";
import type { Rgb } from "./recipe.ts";

/** Says in a training's configuration what its colours were made by; earlier ones were made otherwise. */
export const colourOperations = "torchvision";

export const luma: Rgb = [0.299, 0.587, 0.114];

/** colour → own · colour + gray · luma of the colour + mean · mean luma of the view as it is by then. */
export interface Blend {
  readonly kind: "blend";
  readonly own: number;
  readonly gray: number;
  readonly mean: number;
}

/** One operation on a whole view. */
export type ColourPass =
  | Blend
  /** Shares of a full turn, in either direction. */
  | { readonly kind: "hue"; readonly turns: number };

export const unchanged: Blend = { kind: "blend", own: 1, gray: 0, mean: 0 };
const toGray: Blend = { kind: "blend", own: 0, gray: 1, mean: 0 };

/** The jitter in its drawn order, then grayscale. */
export function colourPasses({
  colour,
  grayscale,
}: Pick<ViewDraw, "colour" | "grayscale">): readonly ColourPass[] {
  const jitter = colour.map(passOf);
  return grayscale ? [...jitter, toGray] : jitter;
}

export function passOf({ kind, amount }: ColourStep): ColourPass {
  if (kind === "hue") return { kind, turns: amount };
  const other = 1 - amount;
  const gray = kind === "saturation" ? other : 0;
  return { kind: "blend", own: amount, gray, mean: kind === "contrast" ? other : 0 };
}

/** 3×4, row by row: colour → M · colour + t, with t in the last column. */
export type ColourMap = readonly number[];

/** A blend as a map, given the view's mean colour. */
export function mapOf({ own, gray, mean }: Blend, colour: Rgb): ColourMap {
  const [r, g, b] = [gray * luma[0], gray * luma[1], gray * luma[2]];
  const t = mean * lumaOf(colour);
  return [own + r, g, b, t, r, own + g, b, t, r, g, own + b, t];
}

export function lumaOf([red, green, blue]: Rgb): number {
  return luma[0] * red + luma[1] * green + luma[2] * blue;
}
