/** Cases of batch and layer normalisation. */
import {
  batchNorm,
  batchNormGradient,
  batchNormInference,
  layerNorm,
  layerNormGradient,
  type Tensor,
} from "../../../src/engine/index.ts";
import {
  type Case,
  type CaseTable,
  type Draw,
  gaussian,
  given,
  positive,
  secondOrder,
  type Tolerance,
} from "./case.ts";

const normalised: Tolerance = {
  nmse: 1e-10,
  because: "means and variances are float32 sums, and a reciprocal root follows",
};

type Norms =
  | ("batchNorm" | "batchNormGradient" | "batchNormInference")
  | ("layerNorm" | "layerNormGradient");

const special = {
  nan: "as reference",
  infinity: { free: "∞ − ∞ inside; a mean of infinity may become NaN sooner" },
} as const;

/** x of batch norm, channels second. */
const batches: Readonly<Record<string, readonly number[]>> = {
  "a batch of pictures": [3, 2, 3, 4],
  vectors: [5, 4],
  "a series": [2, 3, 1, 7],
  "3 channels, odd size": [2, 3, 5, 5],
  "250 channels": [2, 250, 2, 1],
  "one channel": [4, 1, 2, 2],
};

/** x of layer norm, features last. */
const rows: Readonly<Record<string, readonly number[]>> = {
  rows: [3, 5],
  tokens: [2, 3, 8],
  "one row": [7],
  "250 features": [2, 250],
  // Not two: there x̂ is ±1 whatever x is, and dx is the rounding error of a difference of equals.
  "three features": [4, 3],
};

export const normalisations: Pick<CaseTable, Norms> = {
  batchNorm: {
    ...special,
    tolerance: normalised,
    gradient: "checked",
    cases: [
      ...over(batches, (x) => batchCase(gaussian(...x))),
      { name: "far from 0", ...batchCase(shifted(100, 4, 3, 5, 5)) },
      {
        name: "a constant channel",
        ...batchCase(given([3, 3, 1, 2, 3, 3, 4, 5], [2, 2, 2])),
        kinks: "r is 1/√ε there: difference quotients measure the curvature",
      },
      {
        name: "a wide epsilon",
        inputs: [gaussian(4, 3), gaussian(3), gaussian(3)],
        build: (x, scale, shift) => batchNorm(x, scale, shift, 0.5).y,
      },
    ],
    speed: { name: "64 channels at 32²", ...batchCase(gaussian(64, 64, 32, 32)) },
  },
  batchNormGradient: {
    ...special,
    tolerance: normalised,
    gradient: secondOrder,
    cases: over(batches, batchBackward),
    speed: { name: "64 channels at 32²", ...batchBackward([64, 64, 32, 32]) },
  },
  batchNormInference: {
    ...special,
    tolerance: normalised,
    gradient: "checked",
    cases: over(batches, batchInference),
    speed: { name: "64 channels at 32²", ...batchInference([64, 64, 32, 32]) },
  },
  layerNorm: {
    ...special,
    tolerance: normalised,
    gradient: "checked",
    cases: [
      ...over(rows, (x) => layerCase(gaussian(...x))),
      { name: "far from 0", ...layerCase(shifted(100, 4, 16)) },
    ],
    speed: { name: "tokens of ViT", ...layerCase(gaussian(256, 65, 192)) },
  },
  layerNormGradient: {
    ...special,
    tolerance: normalised,
    gradient: secondOrder,
    cases: over(rows, layerBackward),
    speed: { name: "tokens of ViT", ...layerBackward([256, 65, 192]) },
  },
};

type Unnamed = Omit<Case, "name">;

function over(
  shapes: Readonly<Record<string, readonly number[]>>,
  make: (shape: readonly number[]) => Unnamed,
): Case[] {
  return Object.entries(shapes).map(([name, shape]) => ({ name, ...make(shape) }));
}

function batchCase(x: Draw): Unnamed {
  const channels = x.shape[1];
  return {
    inputs: [x, gaussian(channels), gaussian(channels)],
    build: (input, scale, shift) => {
      const { y, mean, variance } = batchNorm(input, scale, shift);
      return [y, mean, variance];
    },
  };
}

function batchBackward(shape: readonly number[]): Unnamed {
  return {
    inputs: [gaussian(...shape), gaussian(shape[1]), gaussian(shape[1]), gaussian(...shape)],
    build: (x, scale, shift, dy) => {
      const { mean, variance, saved } = batchNorm(x, scale, shift);
      return triple(batchNormGradient({ x, scale, dy, mean, variance, saved }, 1e-5));
    },
  };
}

function batchInference(shape: readonly number[]): Unnamed {
  const c = shape[1];
  return {
    inputs: [gaussian(...shape), gaussian(c), gaussian(c), gaussian(c), positive(c)],
    build: (x, scale, shift, mean, variance) =>
      batchNormInference(x, { scale, shift, mean, variance }),
  };
}

function layerCase(x: Draw): Unnamed {
  const features = x.shape[x.shape.length - 1];
  return {
    inputs: [x, gaussian(features), gaussian(features)],
    build: (input, scale, shift) => layerNorm(input, { scale, shift }).y,
  };
}

function layerBackward(shape: readonly number[]): Unnamed {
  const features = shape[shape.length - 1];
  return {
    inputs: [gaussian(...shape), gaussian(features), gaussian(features), gaussian(...shape)],
    build: (x, scale, shift, dy) => {
      const { saved } = layerNorm(x, { scale, shift, epsilon: 1e-6 });
      return triple(layerNormGradient({ x, scale, dy, saved }, 1e-6));
    },
  };
}

function triple({ dx, dscale, dshift }: Record<"dx" | "dscale" | "dshift", Tensor>): Tensor[] {
  return [dx, dscale, dshift];
}

function shifted(mean: number, ...shape: number[]): Draw {
  const around0 = gaussian(...shape);
  return {
    ...around0,
    values: (key) => Float64Array.from(around0.values(key), (x) => x + mean),
  };
}
