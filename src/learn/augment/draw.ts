/** The draw: from a key and a picture's size to plain numbers that say what one view will be. */
import { type Key, threefry } from "../../base/index.ts";
import type { Recipe } from "./recipe.ts";

export type Extent = { readonly height: number; readonly width: number };
export type Box = Extent & { readonly top: number; readonly left: number };

export type ColourKind = "brightness" | "contrast" | "saturation" | "hue";
/** A factor, or for hue the share of a full turn. */
export type ColourStep = { readonly kind: ColourKind; readonly amount: number };

export type ViewDraw = {
  readonly crop: Box;
  readonly flip: boolean;
  readonly verticalFlip: boolean;
  /** Quarters of a turn counterclockwise, after the flips. */
  readonly turns: 0 | 1 | 2 | 3;
  /** In the order they happen; empty where the jitter did not fall. */
  readonly colour: readonly ColourStep[];
  readonly grayscale: boolean;
  /** Standard deviation in pixels of the view; 0 is no blur. */
  readonly blur: number;
  readonly solarize: boolean;
};

/**
 * Each number has its own counter under the key, so that a recipe with one stage less draws the
 * same crop, and adding a stage later changes nothing that was drawn before.
 */
const slots = {
  flip: 0,
  jitter: 1,
  factors: 2,
  order: 6,
  grayscale: 9,
  blur: 10,
  solarize: 12,
  verticalFlip: 13,
  turns: 14,
  crop: 16,
};

const tries = 10;
const quarters = [0, 1, 2, 3] as const;
const kinds = ["brightness", "contrast", "saturation", "hue"] as const;

/** One view of a picture of this size. The same key gives the same draw, everywhere. */
export function drawView(recipe: Recipe, key: Key, picture: Extent): ViewDraw {
  const { jitter, blur, solarize } = recipe;
  const falls = (slot: number, probability: number) => at(key, slot) < probability;
  return {
    crop: drawCrop(recipe.crop, key, picture),
    flip: falls(slots.flip, recipe.flip),
    verticalFlip: falls(slots.verticalFlip, recipe.verticalFlip ?? 0),
    turns: recipe.quarterTurns ? quarters[Math.floor(4 * at(key, slots.turns))] : 0,
    colour: falls(slots.jitter, jitter.probability) ? drawColour(jitter, key) : [],
    grayscale: falls(slots.grayscale, recipe.grayscale),
    blur:
      blur && falls(slots.blur, blur.probability)
        ? between(blur.sigma, at(key, slots.blur + 1))
        : 0,
    solarize: solarize !== undefined && falls(slots.solarize, solarize.probability),
  };
}

/**
 * torchvision's RandomResizedCrop.get_params: area uniform, ratio log-uniform, sides rounded, ten
 * tries; then the largest central box whose ratio is allowed.
 */
export function drawCrop(crop: Recipe["crop"], key: Key, { height, width }: Extent): Box {
  const logRatio = [Math.log(crop.ratio[0]), Math.log(crop.ratio[1])] as const;
  for (let attempt = 0; attempt < tries; attempt++) {
    const slot = slots.crop + 4 * attempt;
    const area = height * width * between(crop.scale, at(key, slot));
    const ratio = Math.exp(between(logRatio, at(key, slot + 1)));
    const w = Math.round(Math.sqrt(area * ratio));
    const h = Math.round(Math.sqrt(area / ratio));
    if (w > 0 && w <= width && h > 0 && h <= height) {
      const top = Math.floor(at(key, slot + 2) * (height - h + 1));
      const left = Math.floor(at(key, slot + 3) * (width - w + 1));
      return { top, left, height: h, width: w };
    }
  }
  const shape = width / height;
  const w = shape > crop.ratio[1] ? Math.round(height * crop.ratio[1]) : width;
  const h = shape < crop.ratio[0] ? Math.round(width / crop.ratio[0]) : height;
  const side = { height: Math.max(1, h), width: Math.max(1, w) };
  const top = Math.floor((height - side.height) / 2);
  return { top, left: Math.floor((width - side.width) / 2), ...side };
}

/** What flips and turns come to: the bands' mirrors, then rows and columns changing places. */
export interface Orientation {
  readonly rowsMirrored: boolean;
  readonly columnsMirrored: boolean;
  readonly transposed: boolean;
}

/** A quarter turn mirrors columns and transposes, half a turn mirrors both, three mirror rows. */
export function orientationOf({
  flip,
  verticalFlip,
  turns,
}: Pick<ViewDraw, "flip" | "verticalFlip" | "turns">): Orientation {
  return {
    rowsMirrored: verticalFlip !== turns >= 2,
    columnsMirrored: flip !== (turns === 1 || turns === 2),
    transposed: turns % 2 === 1,
  };
}

/** Four amounts in a uniformly random order. A range of 0 draws the identity and stays out. */
function drawColour(jitter: Recipe["jitter"], key: Key): ColourStep[] {
  const steps = kinds.map((kind, i): ColourStep => {
    const b = jitter[kind];
    const range = kind === "hue" ? ([-b, b] as const) : ([Math.max(0, 1 - b), 1 + b] as const);
    return { kind, amount: between(range, at(key, slots.factors + i)) };
  });
  for (let i = 3; i > 0; i--) {
    const j = Math.floor(at(key, slots.order + 3 - i) * (i + 1));
    [steps[i], steps[j]] = [steps[j], steps[i]];
  }
  return steps.filter(({ kind }) => jitter[kind] > 0);
}

/** Number `slot` of the stream under this key, as `uniform(key, slot + 1)[slot]`. */
function at(key: Key, slot: number): number {
  const [a, b] = threefry(key, slot, 0);
  return ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;
}

function between([low, high]: readonly [number, number], share: number): number {
  return low + (high - low) * share;
}
