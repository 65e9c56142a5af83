/**
 * RES-L-H, the backbone of Ben-Shaul et al. 2023 (as in Galanti, Galanti, Ben-Shaul, "Comparative
 * Generalization Bounds for Deep Neural Networks", TMLR 2023): two 2×2 convolutions of stride 2, each
 * with batch norm and ReLU, then L residual blocks ReLU(x + BN conv3×3(ReLU BN conv3×3 x)) of constant
 * width H, then global average pooling. The works are ambiguous on a ReLU after the first stem
 * convolution; here both have one.
 */
import { relu } from "../../engine/index.ts";
import { batchNorm, conv, pure, residual, sequence, tap, within } from "../nn/index.ts";
import type { Backbone } from "./backbone.ts";

export function res({ blocks, width }: { blocks: number; width: number }): Backbone {
  const names = Array.from({ length: blocks }, (_, i) => `block${i + 1}`);
  const stem = [
    conv("stem/conv1", { from: 3, to: width, kernel: 2, stride: 2 }),
    batchNorm("stem/norm1", width),
    pure(relu),
    conv("stem/conv2", { from: width, to: width, kernel: 2, stride: 2 }),
    batchNorm("stem/norm2", width),
    pure(relu),
    tap("stem"),
  ];
  const body = names.flatMap((name) => [within(name, block(width)), pure(relu), tap(name)]);
  return {
    name: `res-${blocks}-${width}`,
    kind: "convolutional",
    layer: sequence([...stem, ...body]),
    taps: ["stem", ...names].map((name) => ({ name, width })),
    width,
    smallestSide: 4,
  };
}

function block(width: number) {
  return residual(
    sequence([
      conv("conv1", { from: width, to: width, kernel: 3 }),
      batchNorm("norm1", width),
      pure(relu),
      conv("conv2", { from: width, to: width, kernel: 3 }),
      batchNorm("norm2", width),
    ]),
  );
}
