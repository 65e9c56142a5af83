/** Backbones: names, hand-counted parameters, shapes at any size, taps, and one block by hand. */
import { describe, expect, test } from "vitest";
import { keyFromSeed } from "../../../src/base/index.ts";
import { isOp, nodesOf, placeholder } from "../../../src/engine/index.ts";
import { backbone, encoder, features, requireSide } from "../../../src/learn/backbones/index.ts";
import {
  evaluation,
  initialValues,
  parameterCount,
  placeholders,
} from "../../../src/learn/nn/index.ts";
import { problemOf } from "../../code-of.ts";
import { expectClose, inFloat64, numbers } from "../numbers.ts";
import { literalVit } from "./literal-vit.ts";

describe("backbones", () => {
  test("ResNet-18 has 11,168,832 parameters with the CIFAR stem", () => {
    // Stem 3·64·9 + 128. A block of width w: 2·(9w² + 2w); the first of a stage takes w/2 channels
    // and has a shortcut w/2·w + 2w.
    const first = (w: number) => 9 * (w / 2) * w + 9 * w * w + 4 * w + (w / 2) * w + 2 * w;
    const plain = (w: number) => 18 * w * w + 4 * w;
    const stem = 3 * 64 * 9 + 128;
    const stages = [128, 256, 512].reduce((sum, w) => sum + first(w) + plain(w), 2 * plain(64));
    expect(stem + stages).toBe(11_168_832);
    expect(parameterCount(backbone("resnet-18").layer)).toBe(11_168_832);
  });

  test("with the ImageNet stem it has torchvision's 11,689,512 less the classifier's", () => {
    expect(parameterCount(backbone("resnet-18-imagenet").layer)).toBe(11_689_512 - 513_000);
  });

  test("ResNet-34 and ResNet-50 have torchvision's parameters less the classifier's", () => {
    const [classes, stems] = [1000, 3 * 64 * (49 - 9)];
    const imagenet = { 34: 21_797_672 - 513 * classes, 50: 25_557_032 - 2049 * classes };
    for (const depth of [34, 50] as const) {
      expect(parameterCount(backbone(`resnet-${depth}-imagenet`).layer)).toBe(imagenet[depth]);
      expect(parameterCount(backbone(`resnet-${depth}`).layer)).toBe(imagenet[depth] - stems);
    }
  });

  test("ViT-tiny and ViT-small have DeiT's 5,717,416 and 22,050,664 less the classifier's", () => {
    const count = (name: string) => parameterCount(backbone(name, { size: 224 }).layer);
    expect(count("vit-tiny")).toBe(5_717_416 - 193 * 1000);
    expect(count("vit-small")).toBe(22_050_664 - 385 * 1000);
  });

  test("in ResNet-50 the 3 × 3 convolution has the stride", () => {
    const made = backbone("resnet-50");
    const x = placeholder("x", [1, 3, 32, 32]);
    const { y } = made.layer.apply(placeholders(made.layer), x, evaluation);
    expect(y.shape).toEqual([1, 2048, 4, 4]);
    const strided = nodesOf({ outputs: { y } }).flatMap((node) =>
      isOp(node, "convolution") && node.attributes.stride[0] === 2 ? [node.inputs[1]] : [],
    );
    const kernels = strided.map((weight) => (weight.kind === "tensor" ? weight.shape[2] : 0));
    expect(kernels.sort()).toEqual([1, 1, 1, 3, 3, 3]);
  });

  test.each([
    [32, "vit-tiny-4", 65],
    [64, "vit-tiny-8", 65],
    [96, "vit-tiny-8", 145],
    [224, "vit-tiny-16", 197],
  ])("at %i pixels vit-tiny is %s with %i tokens", (size, name, tokens) => {
    const made = backbone("vit-tiny", { size });
    expect(made.name).toBe(name);
    const positions = made.layer.parameters.find((one) => one.name === "positions");
    expect(positions?.shape).toEqual([1, tokens, 192]);
    expect(backbone(name, { size }).layer.parameters.map(({ shape }) => shape)).toEqual(
      made.layer.parameters.map(({ shape }) => shape),
    );
  });

  test("a transformer refuses what its patches do not cover, and every other side", () => {
    const patches = problemOf(() => backbone("vit-small-8", { size: 60 }));
    expect(patches.code).toBe("train/picture-not-in-patches");
    expect(patches.values).toMatchObject({ side: 60, patch: 8, lower: 56, upper: 64 });
    const other = problemOf(() => requireSide(backbone("vit-tiny", { size: 64 }), 32));
    expect(other.code).toBe("train/picture-other-side");
    const small = problemOf(() => requireSide(backbone("resnet-34"), 7));
    expect(small.code).toBe("train/picture-too-small");
  });

  test("ViT-tiny on one picture, by plain loops", () => {
    const made = backbone("vit-tiny-4", { size: 8 });
    const values = initialValues(made.layer, keyFromSeed(4));
    const picture = numbers(6, 3 * 64);
    const x = placeholder("x", [1, 3, 8, 8]);
    const { y, taps } = made.layer.apply(placeholders(made.layer), x, evaluation);
    const [found, stem] = inFloat64([y, taps.stem], { ...values, x: picture });
    expect(y.shape).toEqual([1, 192]);
    const literal = literalVit(values, picture);
    expectClose(stem, literal.stem, 1e-9);
    expectClose(found, literal.y, 1e-9);
  });

  test("RES-2-64 has 165,376 parameters", () => {
    const stem = 3 * 64 * 4 + 128 + 64 * 64 * 4 + 128;
    const block = 2 * (64 * 64 * 9 + 128);
    expect(stem + 2 * block).toBe(165_376);
    expect(parameterCount(backbone("res-2-64").layer)).toBe(165_376);
  });

  test.each([
    ["res-2-6", 4],
    ["res-3-10", 33],
    ["resnet-18", 32],
    ["resnet-18-imagenet", 64],
    ["resnet-34", 8],
    ["resnet-50-imagenet", 32],
    ["vit-tiny-16", 32],
    ["vit-small-4", 8],
  ])("%s takes pictures of %i pixels and has a vector for every tap", (name, side) => {
    const made = backbone(name, { size: side });
    expect(made.name).toBe(name);
    const x = placeholder("x", [2, 3, side, side]);
    const { y, taps } = features(made, placeholders(encoder(made)), x, evaluation);
    expect(y.shape).toEqual([2, made.width]);
    const shapes = made.taps.map((tap) => [tap.name, taps[tap.name].shape]);
    expect(shapes).toEqual(made.taps.map((tap) => [tap.name, [2, tap.width]]));
    expect(taps[made.taps[made.taps.length - 1].name]).toBe(y);
  });

  test("taps are named in order", () => {
    expect(backbone("res-2-8").taps.map(({ name }) => name)).toEqual(["stem", "block1", "block2"]);
    const [stem, first, , third] = backbone("resnet-18").taps.map(({ name }) => name);
    expect([stem, first, third]).toEqual(["stem", "stage1/block1", "stage2/block1"]);
  });

  test.each(["res-0-64", "res-2", "resnet18", "resnet-101", "vit-tiny-0", ""])(
    "“%s” is refused with the nearest name",
    (name) => {
      const { code, values } = problemOf(() => backbone(name));
      expect(code).toBe("train/unknown-backbone");
      expect(values.known).toContain("res-L-H, resnet-18, resnet-18-imagenet, resnet-34");
      expect(values.known).toContain("vit-tiny, vit-tiny-P, vit-small");
      if (name === "resnet18") expect(values.nearest).toBe("resnet-18");
      if (name === "res-2") expect(values.nearest).toBe("res-2-64");
    },
  );

  test("RES-1-1 on a picture of 4 × 4, by plain loops", () => {
    const made = backbone("res-1-1");
    const layer = encoder(made);
    const values = initialValues(layer, keyFromSeed(3));
    const picture = numbers(9, 3 * 16);
    const x = placeholder("x", [1, 3, 4, 4]);
    const { y } = features(made, placeholders(layer), x, evaluation);
    const [[found]] = inFloat64([y], { ...values, x: picture });

    const relu = (v: number) => Math.max(0, v);
    const norm = (v: number) => v / Math.sqrt(1 + 1e-5);
    const [w1, w2, w3, w4] = [
      values["backbone/stem/conv1/weight"],
      values["backbone/stem/conv2/weight"],
      values["backbone/block1/conv1/weight"],
      values["backbone/block1/conv2/weight"],
    ];
    let middle = 0;
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 2; j++) {
        let sum = 0;
        for (let c = 0; c < 3; c++) {
          for (let a = 0; a < 2; a++) {
            for (let b = 0; b < 2; b++) {
              sum += picture[c * 16 + (2 * i + a) * 4 + 2 * j + b] * w1[c * 4 + a * 2 + b];
            }
          }
        }
        middle += relu(norm(sum)) * w2[i * 2 + j];
      }
    }
    const stem = relu(norm(middle));
    // On one pixel, a 3 × 3 kernel is its centre.
    const inner = relu(norm(stem * w3[4]));
    expect(Math.min(stem, inner)).toBeGreaterThan(0);
    expectClose([found], [relu(stem + norm(inner * w4[4]))], 1e-12);
  });
});
