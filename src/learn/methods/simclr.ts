/** SimCLR (Chen et al., ICML 2020). */
import { mlp } from "../nn/index.ts";
import { ntXent } from "../objectives/index.ts";
import { largeSet, type Method } from "./method.ts";

/**
 * Temperature 0.2 (solo-learn on CIFAR; 0.5 in the paper and in lightly). Projector: linear, batch
 * norm, ReLU, linear (published 2048–128); below 100,000 pictures 512–128, where a larger one costs
 * time and gains nothing.
 */
export function simclr({ temperature = 0.2 } = {}): Method {
  return {
    name: "simclr",
    recipe: "simclr",
    settings: { temperature },
    scalars: { temperature },
    projectorSizes: (pictures) => (pictures < largeSet ? [512, 128] : [2048, 128]),
    projector: (from, sizes) => mlp({ from, sizes, lastBias: true }),
    objective: (first, second, scalars) => ntXent(first, second, scalars.temperature),
  };
}
