/**
 * ResNet-18 (He et al. 2015, basic blocks), without its classifier, as torchvision builds it. The
 * ImageNet stem is 7×7 of stride 2 with 3×3 max-pooling of stride 2; the CIFAR stem, for pictures of
 * some 32 pixels, is 3×3 of stride 1 without pooling.
 */
import { maxPool, relu } from "../../engine/index.ts";
import { batchNorm, conv, type Layer, pure, residual, sequence, tap, within } from "../nn/index.ts";
import type { Backbone } from "./backbone.ts";

export type Stem = "cifar" | "imagenet";

const stages = [64, 128, 256, 512];
const blocksPerStage = 2;

export function resnet18({ stem }: { stem: Stem }): Backbone {
  const blocks = stages.flatMap((to, s) =>
    Array.from({ length: blocksPerStage }, (_, b) => {
      const from = b > 0 ? to : s > 0 ? stages[s - 1] : to;
      const name = `stage${s + 1}/block${b + 1}`;
      return { name, from, to, stride: b === 0 && s > 0 ? 2 : 1 };
    }),
  );
  const body = blocks.flatMap(({ name, ...sizes }) => [
    within(name, block(sizes)),
    pure(relu),
    tap(name),
  ]);
  return {
    name: stem === "cifar" ? "resnet-18" : "resnet-18-imagenet",
    layer: sequence([...stemLayers(stem), ...body]),
    taps: [
      { name: "stem", width: stages[0] },
      ...blocks.map(({ name, to }) => ({ name, width: to })),
    ],
    width: stages[stages.length - 1],
    smallestSide: stem === "cifar" ? 8 : 32,
  };
}

function stemLayers(stem: Stem): Layer[] {
  const [kernel, stride] = stem === "cifar" ? [3, 1] : [7, 2];
  const pool = pure((x) => maxPool(x, { kernel: [3, 3], stride: [2, 2], padding: [1, 1] }).y);
  return [
    conv("stem/conv", { from: 3, to: stages[0], kernel, stride }),
    batchNorm("stem/norm", stages[0]),
    pure(relu),
    ...(stem === "imagenet" ? [pool] : []),
    tap("stem"),
  ];
}

function block({ from, to, stride }: { from: number; to: number; stride: number }): Layer {
  const main = sequence([
    conv("conv1", { from, to, kernel: 3, stride }),
    batchNorm("norm1", to),
    pure(relu),
    conv("conv2", { from: to, to, kernel: 3 }),
    batchNorm("norm2", to),
  ]);
  if (stride === 1 && from === to) return residual(main);
  const shortcut = [conv("conv", { from, to, kernel: 1, stride }), batchNorm("norm", to)];
  return residual(main, within("shortcut", sequence(shortcut)));
}
