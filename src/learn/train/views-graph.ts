/**
 * Views as batched linear algebra: the same draws as `applyView`, made where the pictures are. Bands
 * are built from a draw's numbers, so that per view some twenty numbers cross to a device, not images.
 */
import {
  abs,
  add,
  concatenate,
  constant,
  divide,
  exp,
  greater,
  matmul,
  maximum,
  mean,
  minimum,
  multiply,
  negate,
  relu,
  reshape,
  select,
  slice,
  square,
  subtract,
  sum,
  type Tensor,
  transpose,
} from "../../engine/index.ts";
import { drawNumbers, luma, type Recipe, sideSteps, stepNumbers } from "../augment/index.ts";

export interface ViewInputs {
  /** [n, height, width · 3], bytes as numbers; smaller pictures lie at the top left. */
  readonly pictures: Tensor;
  /** [recipes · n, `drawNumbers.count`]: all first views, then all second ones. */
  readonly draws: Tensor;
}

/** [recipes · n, 3, size, size]. */
export function viewsOf(recipes: readonly Recipe[], { pictures, draws }: ViewInputs): Tensor {
  const [n] = pictures.shape;
  const views = recipes.map((recipe, v) => {
    const own = slice(draws, [v * n, 0], [(v + 1) * n, drawNumbers.count]);
    return viewsOfRecipe(recipe, pictures, own);
  });
  return concatenate(views);
}

function viewsOfRecipe(recipe: Recipe, pictures: Tensor, draws: Tensor): Tensor {
  const { size } = recipe;
  const [n, height, wide] = pictures.shape;
  const width = wide / 3;
  const number = (name: keyof typeof drawNumbers) => columns(draws, drawNumbers[name], [n, 1, 1]);
  const plainY = resizeBands(height, size, {
    start: number("top"),
    extent: number("height"),
    ...((recipe.verticalFlip || recipe.quarterTurns) && { mirrored: number("rowsMirrored") }),
  });
  const plainX = resizeBands(width, size, {
    start: number("left"),
    extent: number("width"),
    mirrored: number("columnsMirrored"),
  });
  const blur = recipe.blur && blurBands(size, number("sharpness"), number("radius"));
  const y = blur ? matmul(blur, plainY) : plainY;
  const x = blur ? matmul(blur, plainX) : plainX;
  const view = multiply(sandwich(y, pictures, x), 1 / 255);
  const coloured = colours(recipe, reshape(view, [n, 3, size * size]), draws);
  const solarised = recipe.solarize
    ? select(greater(number("threshold"), coloured), coloured, subtract(1, coloured))
    : coloured;
  const { normalize } = recipe;
  const normalised = divide(
    subtract(solarised, constant(normalize.mean, [1, 3, 1])),
    constant(normalize.deviation, [1, 3, 1]),
  );
  const made = reshape(normalised, [n, 3, size, size]);
  if (!recipe.quarterTurns) return made;
  const isTurned = columns(draws, drawNumbers.transposed, [n, 1, 1]);
  const transposed = transpose(made, [0, 1, 3, 2]);
  return select(greater(reshape(isTurned, [n, 1, 1, 1]), 0.5), transposed, made);
}

/** The jitter in its drawn order and grayscale, each clamped to [0, 1]: [n, 3, pixels] → the same. */
function colours({ jitter, grayscale }: Recipe, view: Tensor, draws: Tensor): Tensor {
  const [n] = view.shape;
  const number = (at: number) => columns(draws, at, [n, 1, 1]);
  const steps = (x: Tensor, from: number) => {
    let found = x;
    for (let i = 0; i < sideSteps; i++) {
      const [own, gray, mean] = [0, 1, 2].map((k) => number(from + stepNumbers * i + k));
      found = step(found, { own, gray, mean });
    }
    return found;
  };
  const { before, hue, after, grayscale: isGray } = drawNumbers;
  const jitters = jitter.probability > 0;
  const first = jitters ? steps(view, before) : clamped(view);
  const turned = jitters && jitter.hue > 0 ? hueShifted(first, number(hue)) : first;
  const second = jitters && jitter.hue > 0 ? steps(turned, after) : turned;
  if (grayscale === 0) return second;
  return select(greater(number(isGray), 0.5), lumaOf(second), second);
}

interface Shares {
  readonly own: Tensor;
  readonly gray: Tensor;
  readonly mean: Tensor;
}

function step(x: Tensor, shares: Shares): Tensor {
  const gray = lumaOf(x);
  const level = mean(gray, [2], { keepDimensions: true });
  const others = add(multiply(gray, shares.gray), multiply(level, shares.mean));
  return clamped(add(multiply(x, shares.own), others));
}

/** [n, 3, pixels] → [n, 1, pixels]. */
function lumaOf(x: Tensor): Tensor {
  return sum(multiply(x, constant(luma, [1, 3, 1])), [1], { keepDimensions: true });
}

function clamped(x: Tensor): Tensor {
  return maximum(0, minimum(1, x));
}

/**
 * HSV's hue shifted by sixths of the circle, [n, 1, 1]. With the greatest channel v, the range c and the hue
 * h in sixths, a channel is v - c · max(0, min(k, 4 - k, 1)), k = (n + h) mod 6, n = 5, 3, 1.
 */
function hueShifted(x: Tensor, sixths: Tensor): Tensor {
  const [n, , pixels] = x.shape;
  const [red, green, blue] = [0, 1, 2].map((c) => slice(x, [0, c, 0], [n, c + 1, pixels]));
  const most = maximum(red, maximum(green, blue));
  const range = subtract(most, minimum(red, minimum(green, blue)));
  const between = (a: Tensor, b: Tensor) => divide(subtract(a, b), maximum(range, 1e-30));
  const ofRed = between(green, blue);
  const ofGreen = add(between(blue, red), 2);
  const ofBlue = add(between(red, green), 4);
  const ofOthers = select(greater(most, green), ofBlue, ofGreen);
  const angle = add(select(greater(most, red), ofOthers, ofRed), sixths);
  // From 0 to below 16, of which whole circles are taken away.
  const k = add(angle, constant([5, 3, 1], [1, 3, 1]));
  const circles = add(greater(k, 6), greater(k, 12));
  const rest = subtract(k, multiply(circles, 6));
  const share = maximum(0, minimum(1, minimum(rest, subtract(4, rest))));
  return subtract(most, multiply(range, share));
}

/** y [n, a, height] · each colour of pictures · xᵀ [n, width, b] → [n, 3, a, b]. */
function sandwich(y: Tensor, pictures: Tensor, x: Tensor): Tensor {
  const [n, a] = y.shape;
  const [, b, width] = x.shape;
  const rows = reshape(matmul(y, pictures), [n, a, width, 3]);
  const perColour = transpose(rows, [0, 3, 1, 2]);
  return matmul(perColour, reshape(transpose(x, [0, 2, 1]), [n, 1, width, b]));
}

interface Box {
  readonly start: Tensor;
  readonly extent: Tensor;
  readonly mirrored?: Tensor;
}

/** `resizeBand` of a box, one a view: [n, size, length]. */
function resizeBands(length: number, size: number, { start, extent, mirrored }: Box): Tensor {
  const centre = constant(counted(size, 0.5), [1, size, 1]);
  const place = mirrored
    ? add(centre, multiply(mirrored, subtract(size, multiply(centre, 2))))
    : centre;
  const scale = multiply(extent, 1 / size);
  const column = subtract(constant(counted(length, 0.5), [1, 1, length]), start);
  const distance = abs(subtract(column, multiply(place, scale)));
  const triangle = relu(subtract(1, divide(distance, maximum(scale, 1))));
  const inside = multiply(greater(column, 0), greater(extent, column));
  const weights = multiply(triangle, inside);
  return divide(weights, sum(weights, [2], { keepDimensions: true }));
}

/** `blurBand`, one a view: [n, size, size]. A pixel outside is its mirror image inside. */
function blurBands(size: number, sharpness: Tensor, radius: Tensor): Tensor {
  const i = constant(counted(size), [1, size, 1]);
  const j = constant(counted(size), [1, 1, size]);
  const reach = add(radius, 0.5);
  const kernel = (distance: Tensor) =>
    multiply(exp(negate(multiply(square(distance), sharpness))), greater(reach, abs(distance)));
  const last = size - 1;
  const beforeFirst = multiply(kernel(add(i, j)), greater(j, 0));
  const behindLast = multiply(kernel(subtract(2 * last, add(i, j))), greater(last, j));
  const weights = add(kernel(subtract(i, j)), add(beforeFirst, behindLast));
  return divide(weights, sum(weights, [2], { keepDimensions: true }));
}

/** Numbers from column `from` on, as many as the shape takes a row. */
function columns(
  draws: Tensor,
  from: number,
  [n, a, b]: readonly [number, number, number],
): Tensor {
  return reshape(slice(draws, [0, from], [n, from + a * b]), [n, a, b]);
}

function counted(count: number, offset = 0): number[] {
  return Array.from({ length: count }, (_, i) => i + offset);
}
