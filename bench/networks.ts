/** The networks whose steps are timed, built from ops alone: SimCLR with momentum SGD on each. */
import { fork, type Key, keyFromSeed, normal, uniform } from "../src/base/index.ts";
import {
  add,
  batchNorm,
  batchNormInference,
  concatenate,
  constant,
  convolution,
  gelu,
  gradient,
  l2Normalise,
  layerNorm,
  logSoftmax,
  matmul,
  mean,
  multiply,
  negate,
  oneHot,
  type ProgramSpec,
  parameter,
  placeholder,
  relu,
  reshape,
  type Shape,
  select,
  sizeOf,
  slice,
  softmax,
  state,
  subtract,
  sum,
  type Tensor,
  transpose,
} from "../src/engine/index.ts";

export interface Timed {
  readonly name: string;
  readonly views: number;
  /** Loss, gradients and update; the same up to the gradients; the loss alone. */
  readonly step: ProgramSpec;
  readonly backward: ProgramSpec;
  readonly forward: ProgramSpec;
  readonly owned: Readonly<Record<string, Float32Array>>;
  readonly inputs: Readonly<Record<string, Float32Array>>;
}

type Backbone = (model: Model, x: Tensor) => Tensor;

export const backbones: Readonly<Record<string, Backbone>> = {
  "res-2-64": residual(2, 64),
  "res-5-250": residual(5, 250),
  resnet18,
  "vit-tiny": visionTransformer({ width: 192, depth: 12, heads: 3, patch: 4 }),
};

export function simclr(name: string, views: number, size = 32): Timed {
  const model = createModel();
  const x = placeholder("views", [views, 3, size, size]);
  const rate = placeholder("rate", []);
  const h = backbones[name](model, x);
  const hidden = relu(model.norm(model.dense(h, 2048)));
  const z = l2Normalise(model.dense(hidden, 128));
  const loss = ntXent(z, views);
  const targets = [...model.parameters];
  const gradients = gradient(loss, targets);
  const updates = targets.flatMap((target, i) => {
    const momentum = state(`momentum/${i}`, target.shape);
    const decay = target.shape.length > 1 ? 5e-4 : 0;
    const whole = decay ? add(gradients[i], multiply(target, decay)) : gradients[i];
    const next = add(multiply(momentum, 0.9), whole);
    return [
      [momentum, next],
      [target, subtract(target, multiply(next, rate))],
    ] as const;
  });
  const total = gradients.map((g) => sum(g)).reduce((left, right) => add(left, right));
  return {
    name,
    views,
    step: { outputs: { loss }, updates: [...updates, ...model.updates] },
    backward: { outputs: { loss, total } },
    forward: { outputs: { loss } },
    owned: model.owned,
    inputs: {
      views: Float32Array.from(normal(fork(model.key, "views"), sizeOf(x.shape))),
      rate: Float32Array.of(0.03),
    },
  };
}

function ntXent(z: Tensor, views: number): Tensor {
  const half = views / 2;
  const row = (shift: number) =>
    oneHot(
      constant(
        Array.from({ length: views }, (_, i) => (i + shift) % views),
        [views],
        "i32",
      ),
      views,
    );
  const logits = multiply(matmul(z, transpose(z)), 1 / 0.5);
  const scores = logSoftmax(select(row(0), -1e9, logits));
  return negate(multiply(sum(multiply(scores, row(half))), 1 / views));
}

/** Pictures to features with running statistics, as an encoder is used when it is trained. */
export interface Embedding {
  readonly spec: ProgramSpec;
  readonly owned: Readonly<Record<string, Float32Array>>;
  readonly inputs: Readonly<Record<string, Float32Array>>;
}

export function embedding(name: string, count: number, size = 32): Embedding {
  const model = createModel("evaluate");
  const x = placeholder("pictures", [count, 3, size, size]);
  const features = backbones[name](model, x);
  return {
    spec: { outputs: { features } },
    owned: model.owned,
    inputs: {
      pictures: Float32Array.from(normal(fork(model.key, "pictures"), sizeOf(x.shape))),
    },
  };
}

interface Model {
  readonly key: Key;
  readonly parameters: readonly Tensor[];
  readonly updates: readonly (readonly [Tensor, Tensor])[];
  readonly owned: Record<string, Float32Array>;
  weight(shape: Shape, fanIn: number): Tensor;
  vector(size: number, value: number): Tensor;
  norm(x: Tensor): Tensor;
  layerNorm(x: Tensor): Tensor;
  conv(x: Tensor, channels: number, kernel: number, stride: number, padding: number): Tensor;
  dense(x: Tensor, to: number): Tensor;
}

function createModel(mode: "train" | "evaluate" = "train"): Model {
  const key = keyFromSeed(11);
  const parameters: Tensor[] = [];
  const updates: (readonly [Tensor, Tensor])[] = [];
  const owned: Record<string, Float32Array> = {};
  const own = (tensor: Tensor, values: Float32Array) => {
    parameters.push(tensor);
    return [tensor, values] as const;
  };
  /** Drawn, and so no identity: what folds a batch norm away must do it right. */
  const running = (c: number) => {
    const name = `running/${Object.keys(owned).length}`;
    const [mean, variance] = [state(`${name}/mean`, [c]), state(`${name}/variance`, [c])];
    owned[`${name}/mean`] = Float32Array.from(normal(fork(key, name, 0), c), (v) => 0.1 * v);
    owned[`${name}/variance`] = Float32Array.from(uniform(fork(key, name, 1), c), (u) => 0.5 + u);
    return { mean, variance };
  };
  const model: Model = {
    key,
    parameters,
    updates,
    owned,
    weight(shape, fanIn) {
      const name = `w${parameters.length}`;
      const drawn = Float32Array.from(
        normal(fork(key, name), sizeOf(shape)),
        (v) => v * Math.sqrt(2 / fanIn),
      );
      owned[name] = drawn;
      return own(parameter(name, shape), drawn)[0];
    },
    vector(size, value) {
      const name = `v${parameters.length}`;
      owned[name] = new Float32Array(size).fill(value);
      return own(parameter(name, [size]), owned[name])[0];
    },
    norm(x) {
      const c = x.shape[1];
      if (mode === "evaluate") {
        const [scale, shift] = [model.vector(c, 1), model.vector(c, 0)];
        return batchNormInference(x, { scale, shift, ...running(c) });
      }
      const { y, mean: m, variance } = batchNorm(x, model.vector(c, 1), model.vector(c, 0));
      for (const [name, found] of [
        ["mean", m],
        ["variance", variance],
      ] as const) {
        const running = state(`${name}/${updates.length}`, [c]);
        updates.push([running, add(multiply(running, 0.9), multiply(found, 0.1))]);
      }
      return y;
    },
    layerNorm(x) {
      const width = x.shape.at(-1) ?? 1;
      return layerNorm(x, { scale: model.vector(width, 1), shift: model.vector(width, 0) }).y;
    },
    conv(x, channels, kernel, stride, padding) {
      const fanIn = x.shape[1] * kernel * kernel;
      const weight = model.weight([channels, x.shape[1], kernel, kernel], fanIn);
      return convolution(x, weight, { stride: [stride, stride], padding: [padding, padding] });
    },
    dense(x, to) {
      const from = x.shape.at(-1) ?? 1;
      return add(matmul(x, model.weight([from, to], from)), model.vector(to, 0));
    },
  };
  return model;
}

function residual(blocks: number, width: number): Backbone {
  return (model, x) => {
    let y = relu(model.norm(model.conv(x, width, 2, 2, 0)));
    y = relu(model.norm(model.conv(y, width, 2, 2, 0)));
    for (let i = 0; i < blocks; i++) {
      const hidden = relu(model.norm(model.conv(y, width, 3, 1, 1)));
      y = relu(add(y, model.norm(model.conv(hidden, width, 3, 1, 1))));
    }
    return mean(y, [2, 3]);
  };
}

function resnet18(model: Model, x: Tensor): Tensor {
  let y = relu(model.norm(model.conv(x, 64, 3, 1, 1)));
  for (const [stage, width] of [64, 128, 256, 512].entries()) {
    for (let block = 0; block < 2; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const hidden = relu(model.norm(model.conv(y, width, 3, stride, 1)));
      const shortcut = stride === 2 ? model.norm(model.conv(y, width, 1, 2, 0)) : y;
      y = relu(add(model.norm(model.conv(hidden, width, 3, 1, 1)), shortcut));
    }
  }
  return mean(y, [2, 3]);
}

interface Transformer {
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly patch: number;
}

function visionTransformer({ width, depth, heads, patch }: Transformer): Backbone {
  return (model, x) => {
    const [n] = x.shape;
    const patches = model.conv(x, width, patch, patch, 0);
    const count = patches.shape[2] * patches.shape[3];
    const body = transpose(reshape(patches, [n, width, count]));
    const head = add(constant(0, [n, 1, width]), model.weight([1, 1, width], width));
    const tokens = count + 1;
    let y = add(concatenate([head, body], 1), model.weight([1, tokens, width], width));
    for (let layer = 0; layer < depth; layer++) {
      const qkv = reshape(model.dense(model.layerNorm(y), 3 * width), [
        n,
        tokens,
        3,
        heads,
        width / heads,
      ]);
      const split = transpose(qkv, [2, 0, 3, 1, 4]);
      const [q, k, v] = [0, 1, 2].map((i) =>
        reshape(slice(split, [i, 0, 0, 0, 0], [i + 1, n, heads, tokens, width / heads]), [
          n,
          heads,
          tokens,
          width / heads,
        ]),
      );
      const scores = softmax(multiply(matmul(q, transpose(k)), Math.sqrt(heads / width)));
      const mixed = reshape(transpose(matmul(scores, v), [0, 2, 1, 3]), [n, tokens, width]);
      y = add(y, model.dense(mixed, width));
      y = add(y, model.dense(gelu(model.dense(model.layerNorm(y), 4 * width)), width));
    }
    return reshape(slice(model.layerNorm(y), [0, 0, 0], [n, 1, width]), [n, width]);
  };
}
