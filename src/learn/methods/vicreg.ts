/** VICReg (Bardes, Ponce, LeCun, ICLR 2022). */
import { mlp } from "../nn/index.ts";
import { type VicregWeights, vicreg as vicregLoss, vicregWeights } from "../objectives/index.ts";
import { largeSet, type Method } from "./method.ts";

/**
 * Weights 25, 25, 1. Projector: linear, batch norm, ReLU between layers, the last without a bias
 * (published 8192–8192–8192); below 100,000 pictures 512–512: with some hundred pictures in a batch
 * a covariance of thousands of dimensions is mostly noise.
 */
export function vicreg(weights: Partial<VicregWeights> = {}): Method {
  const all = { ...vicregWeights, ...weights };
  return {
    name: "vicreg",
    recipe: "vicreg",
    settings: { ...all },
    scalars: {},
    projectorSizes: (pictures) => (pictures < largeSet ? [512, 512] : [8192, 8192, 8192]),
    projector: (from, sizes) => mlp({ from, sizes }),
    objective: (first, second) => vicregLoss(first, second, all),
  };
}
