/** Small whole networks with forward, backward and update, as training runs them. */
import { fork, normal } from "../../src/base/index.ts";
import {
  add,
  batchNorm,
  concatenate,
  constant,
  convolution,
  divide,
  gather,
  gelu,
  gradient,
  l2Normalise,
  layerNorm,
  logSoftmax,
  matmul,
  maxPool,
  mean,
  multiply,
  negate,
  oneHot,
  type ProgramSpec,
  parameter,
  placeholder,
  relu,
  reshape,
  slice,
  softmax,
  state,
  subtract,
  sum,
  type Tensor,
  transpose,
  type Values,
} from "../../src/engine/index.ts";
import { key } from "./build-case.ts";

export interface Network {
  readonly name: string;
  readonly spec: ProgramSpec;
  /** Starting values of parameters and state. */
  readonly owned: Readonly<Record<string, Float32Array>>;
  readonly inputs: (step: number) => Readonly<Record<string, Values>>;
}

/** A residual block with stride 2, a projector and NT-Xent over 2·n views. */
export function residualNetwork(): Network {
  const n = 5;
  const x = placeholder("images", [2 * n, 3, 9, 9]);
  const temperature = placeholder("temperature", []);
  const model = collector();
  const stem = model.convolved("stem", x, { channels: 6, kernel: 3, stride: 1 });
  const pooled = maxPool(relu(stem), { kernel: [3, 3], stride: [2, 2], padding: [1, 1] }).y;
  const first = relu(model.convolved("first", pooled, { channels: 7, kernel: 3, stride: 2 }));
  const second = model.convolved("second", first, { channels: 7, kernel: 3, stride: 1 });
  const shortcut = model.convolved("shortcut", pooled, { channels: 7, kernel: 1, stride: 2 });
  const h = mean(relu(add(second, shortcut)), [2, 3]);
  const hidden = relu(model.normalised("hidden/norm", model.dense("hidden", h, 8)));
  const z = l2Normalise(model.dense("projection", hidden, 4));
  return model.network("residual block, projector, NT-Xent", {
    loss: ntXent(z, temperature),
    inputs: (step) => ({
      images: random(`images/${step}`, x.shape),
      temperature: Float32Array.of(0.5),
    }),
  });
}

/** Patches, a class token, one transformer block, cross-entropy. */
export function transformerNetwork(): Network {
  const [n, d, heads, classes] = [3, 8, 2, 5];
  const x = placeholder("images", [n, 3, 8, 8]);
  const labels = placeholder("labels", [n], { dtype: "i32" });
  const model = collector();
  const patches = convolution(x, model.weight("patches", [d, 3, 4, 4]), { stride: [4, 4] });
  const tokens = transpose(reshape(patches, [n, d, -1]));
  const ids = constant([0, 0, 0], [n, 1], "i32");
  const classToken = gather(model.weight("class", [1, d]), ids);
  const all = concatenate([classToken, tokens], 1);
  let h = add(all, model.weight("positions", [all.shape[1], d]));
  h = add(h, model.dense("attend/out", attend(model, model.layerNormed("norm1", h), heads), d));
  const wide = gelu(model.dense("mlp/in", model.layerNormed("norm2", h), 4 * d));
  h = add(h, model.dense("mlp/out", wide, d));
  const first = reshape(slice(model.layerNormed("norm", h), [0, 0, 0], [n, 1, d]), [n, d]);
  const logits = model.dense("head", first, classes);
  const chosen = multiply(logSoftmax(logits), oneHot(labels, classes));
  return model.network("ViT block, cross-entropy", {
    loss: negate(mean(sum(chosen, [1]))),
    inputs: (step) => ({
      images: random(`images/${step}`, x.shape),
      labels: Int32Array.of(step % classes, 4, 1),
    }),
  });
}

type Model = ReturnType<typeof collector>;

function attend(model: Model, x: Tensor, heads: number): Tensor {
  const [n, t, d] = x.shape;
  const [query, key, value] = ["query", "key", "value"].map((name) =>
    transpose(reshape(model.dense(`attend/${name}`, x, d), [n, t, heads, d / heads]), [0, 2, 1, 3]),
  );
  const scores = multiply(matmul(query, transpose(key)), 1 / Math.sqrt(d / heads));
  return reshape(transpose(matmul(softmax(scores), value), [0, 2, 1, 3]), [n, t, d]);
}

/** Chen et al. 2020, equation 1, averaged over both orders; views i and i + n are of one picture. */
function ntXent(z: Tensor, temperature: Tensor): Tensor {
  const [count] = z.shape;
  const eye = Array.from({ length: count * count }, (_, i) => (i % (count + 1) === 0 ? 1e9 : 0));
  const scores = subtract(
    divide(matmul(z, transpose(z)), temperature),
    constant(eye, [count, count]),
  );
  const partners = Array.from({ length: count }, (_, i) => (i + count / 2) % count);
  const positive = oneHot(constant(partners, [count], "i32"), count);
  return negate(mean(sum(multiply(logSoftmax(scores), positive), [1])));
}

/** Collects parameters, running statistics and their updates while a model is built. */
function collector() {
  const parameters: Tensor[] = [];
  const statistics: (readonly [Tensor, Tensor])[] = [];
  const owned: Record<string, Float32Array> = {};

  function weight(name: string, shape: readonly number[], start = random(name, shape, 0.3)) {
    const made = parameter(name, shape);
    parameters.push(made);
    owned[name] = start;
    return made;
  }

  function normalised(name: string, x: Tensor): Tensor {
    const channels = x.shape[1];
    const scale = weight(`${name}/scale`, [channels], random(`${name}/scale`, [channels], 0.3, 1));
    const { y, mean, variance } = batchNorm(x, scale, weight(`${name}/shift`, [channels]));
    for (const [what, found] of Object.entries({ mean, variance })) {
      const running = state(`${name}/${what}`, [channels]);
      owned[`${name}/${what}`] = new Float32Array(channels).fill(what === "mean" ? 0 : 1);
      statistics.push([running, add(multiply(running, 0.9), multiply(found, 0.1))]);
    }
    return y;
  }

  function dense(name: string, x: Tensor, width: number): Tensor {
    const w = weight(`${name}/weight`, [x.shape[x.shape.length - 1], width]);
    return add(matmul(x, w), weight(`${name}/bias`, [width]));
  }

  return {
    weight,
    normalised,
    dense,
    convolved(
      name: string,
      x: Tensor,
      { channels, kernel, stride }: Record<"channels" | "kernel" | "stride", number>,
    ): Tensor {
      const w = weight(`${name}/weight`, [channels, x.shape[1], kernel, kernel]);
      const edge = (kernel - 1) / 2;
      const y = convolution(x, w, { stride: [stride, stride], padding: [edge, edge] });
      return normalised(`${name}/norm`, y);
    },
    layerNormed(name: string, x: Tensor): Tensor {
      const d = x.shape[x.shape.length - 1];
      const scale = weight(`${name}/scale`, [d], random(`${name}/scale`, [d], 0.3, 1));
      return layerNorm(x, { scale, shift: weight(`${name}/shift`, [d]) }).y;
    },
    /** SGD with momentum 0.9 and learning rate 0.05. */
    network(name: string, { loss, inputs }: { loss: Tensor; inputs: Network["inputs"] }): Network {
      const gradients = gradient(loss, parameters);
      const steps = parameters.flatMap((w, i) => {
        const { name } = w.node.op === "placeholder" ? w.node.attributes : { name: "" };
        const momentum = state(`${name}/momentum`, w.shape);
        owned[`${name}/momentum`] = random(name, w.shape, 0);
        const next = add(multiply(momentum, 0.9), gradients[i]);
        return [[momentum, next] as const, [w, subtract(w, multiply(next, 0.05))] as const];
      });
      return {
        name,
        spec: { outputs: { loss }, updates: [...steps, ...statistics] },
        owned,
        inputs,
      };
    },
  };
}

function random(name: string, shape: readonly number[], deviation = 1, centre = 0): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from(normal(fork(key, name), count), (x) => centre + deviation * x);
}
