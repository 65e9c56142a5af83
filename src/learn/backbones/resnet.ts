/**
 * ResNet-18, -34 and -50 (He et al. 2015), without their classifier, as torchvision builds them: basic
 * blocks in 18 and 34, bottlenecks in 50, whose stride lies on the 3×3 convolution ("v1.5"). The
 * ImageNet stem is 7×7 of stride 2 with 3×3 max-pooling of stride 2; the CIFAR stem, for pictures of
 * some 32 pixels, is 3×3 of stride 1 without pooling.
 */
import { maxPool, relu } from "../../engine/index.ts";
import { batchNorm, conv, type Layer, pure, residual, sequence, tap, within } from "../nn/index.ts";
import type { Backbone } from "./backbone.ts";

type Stem = "cifar" | "imagenet";

interface Sizes {
  readonly from: number;
  /** Width inside the block. */
  readonly width: number;
  readonly stride: number;
}

interface Kind {
  /** Outputs of a block per width. */
  readonly expansion: number;
  /** Blocks in each stage. */
  readonly blocks: readonly number[];
  main(sizes: Sizes): Layer;
}

/** Outputs of a bottleneck for each channel inside it. */
const widening = 4;

const kinds = {
  18: { expansion: 1, blocks: [2, 2, 2, 2], main: basic },
  34: { expansion: 1, blocks: [3, 4, 6, 3], main: basic },
  50: { expansion: widening, blocks: [3, 4, 6, 3], main: bottleneck },
} as const satisfies Record<number, Kind>;

const widths = [64, 128, 256, 512];

export function resnet({ depth, stem }: { depth: keyof typeof kinds; stem: Stem }): Backbone {
  const kind: Kind = kinds[depth];
  const { expansion } = kind;
  let from = widths[0];
  const blocks = widths.flatMap((width, s) =>
    Array.from({ length: kind.blocks[s] }, (_, b) => {
      const sizes = { from, width, stride: b === 0 && s > 0 ? 2 : 1 };
      from = width * expansion;
      return { name: `stage${s + 1}/block${b + 1}`, sizes };
    }),
  );
  const body = blocks.flatMap(({ name, sizes }) => [
    within(name, block(kind, sizes)),
    pure(relu),
    tap(name),
  ]);
  return {
    name: stem === "cifar" ? `resnet-${depth}` : `resnet-${depth}-imagenet`,
    kind: "convolutional",
    layer: sequence([...stemLayers(stem), ...body]),
    taps: [
      { name: "stem", width: widths[0] },
      ...blocks.map(({ name, sizes }) => ({ name, width: sizes.width * expansion })),
    ],
    width: from,
    smallestSide: stem === "cifar" ? 8 : 32,
  };
}

function stemLayers(stem: Stem): Layer[] {
  const [kernel, stride] = stem === "cifar" ? [3, 1] : [7, 2];
  const pool = pure((x) => maxPool(x, { kernel: [3, 3], stride: [2, 2], padding: [1, 1] }).y);
  return [
    conv("stem/conv", { from: 3, to: widths[0], kernel, stride }),
    batchNorm("stem/norm", widths[0]),
    pure(relu),
    ...(stem === "imagenet" ? [pool] : []),
    tap("stem"),
  ];
}

function block({ expansion, main }: Kind, sizes: Sizes): Layer {
  const { from, width, stride } = sizes;
  const to = width * expansion;
  if (stride === 1 && from === to) return residual(main(sizes));
  const shortcut = [conv("conv", { from, to, kernel: 1, stride }), batchNorm("norm", to)];
  return residual(main(sizes), within("shortcut", sequence(shortcut)));
}

function basic({ from, width, stride }: Sizes): Layer {
  return sequence([
    conv("conv1", { from, to: width, kernel: 3, stride }),
    batchNorm("norm1", width),
    pure(relu),
    conv("conv2", { from: width, to: width, kernel: 3 }),
    batchNorm("norm2", width),
  ]);
}

function bottleneck({ from, width, stride }: Sizes): Layer {
  const to = widening * width;
  return sequence([
    conv("conv1", { from, to: width, kernel: 1 }),
    batchNorm("norm1", width),
    pure(relu),
    conv("conv2", { from: width, to: width, kernel: 3, stride }),
    batchNorm("norm2", width),
    pure(relu),
    conv("conv3", { from: width, to, kernel: 1 }),
    batchNorm("norm3", to),
  ]);
}
