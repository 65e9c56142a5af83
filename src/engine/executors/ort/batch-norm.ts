/**
 * Batch normalisation. Statistics take two passes: the mean, then the squares of centred values.
 * With x̃ = x − mean and r = (variance + ε)^-½, gain = scale·r: y = gain·x̃ + shift; and with
 * D = Σ dy, E = Σ dy·x̃ over the m values of a channel:
 * dx = gain·(dy − D/m − x̃·r²·E/m), dscale = r·E, dshift = D.
 *
 * In the blocked layout everything is a convolution: per-channel affine maps are depthwise 1×1,
 * and Σ a·b over a picture is a depthwise convolution of a with b as its kernel. One pass each.
 */
import { sizeOf, type Tensor } from "../../graph/index.ts";
import { type Lowering, padAxis, wholeBlocks } from "./lowering.ts";
import { holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const batchNorm: Rule<"batchNorm"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [x, scale, shift] = tensorsOf(at);
  const over = overChannels(lowering, x);
  const { emit, scalar } = lowering;

  const mean = over.mean(over.read(x));
  const centred = over.affine(over.read(x), { add: emit("Neg", [mean]) });
  const variance = emit("Div", [over.dot(centred, centred), scalar(over.count)]);
  const inverse = inverseDeviation(lowering, variance, attributes.epsilon);
  const gain = emit("Mul", [over.fill(scale), inverse]);
  const added = over.fill(shift);
  over.hold(outputs[0], over.affine(centred, { multiply: gain, add: added }));
  lowering.hold(outputs[1], { plain: over.trim(mean) });
  lowering.hold(outputs[2], { plain: over.trim(variance) });
  lowering.hold(outputs[3], { workspace: { centred, inverse, gain, shift: added } });
  return over.how;
};

export const batchNormGradient: Rule<"batchNormGradient"> = (at) => {
  const { lowering, inputs, outputs } = at;
  const [x, , dy] = tensorsOf(at);
  const over = overChannels(lowering, x);
  const { emit, scalar } = lowering;
  const { centred, inverse, gain } = lowering.workspace(inputs[5]);

  const given = over.read(dy);
  const meanGiven = over.mean(given);
  const along = over.dot(given, centred);
  const dscale = emit("Mul", [along, inverse]);
  const slope = emit("Mul", [
    emit("Mul", [gain, inverse]),
    emit("Div", [dscale, scalar(-over.count)]),
  ]);
  const level = emit("Neg", [emit("Mul", [gain, meanGiven])]);
  const correction = over.affine(centred, { multiply: slope, add: level });
  over.hold(outputs[0], over.affine(given, { multiply: gain, sum: correction }));
  lowering.hold(outputs[1], { plain: over.trim(dscale) });
  const dshift = emit("Mul", [meanGiven, scalar(over.count)]);
  lowering.hold(outputs[2], { plain: over.trim(dshift) });
  return over.how;
};

export const batchNormInference: Rule<"batchNormInference"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [x, scale, shift, mean, variance] = tensorsOf(at);
  if (lowering.device === "any") {
    // As it is: runtimes fold it into the convolution before it.
    const inputs = [x, scale, shift, mean, variance].map(lowering.plain);
    holdPlain(
      at,
      lowering.emit("BatchNormalization", inputs, { epsilon: { float: attributes.epsilon } }),
    );
    return "native";
  }
  const over = overChannels(lowering, x);
  const { emit } = lowering;
  const deviation = inverseDeviation(lowering, over.fill(variance), attributes.epsilon);
  const gain = emit("Mul", [over.fill(scale), deviation]);
  const added = emit("Sub", [over.fill(shift), emit("Mul", [gain, over.fill(mean)])]);
  over.hold(outputs[0], over.affine(over.read(x), { multiply: gain, add: added }));
  return over.how;
};

interface Affine {
  readonly multiply?: string;
  readonly add?: string;
  /** Added element by element. */
  readonly sum?: string;
}

/** Arithmetic over all but the channel axis, in one layout. Channel vectors are [c], filled to blocks. */
interface OverChannels {
  readonly how: "blocked" | "plain";
  /** Values of one channel. */
  readonly count: number;
  read(x: Tensor): string;
  hold(edge: At["outputs"][number], value: string): void;
  mean(value: string): string;
  dot(left: string, right: string): string;
  affine(value: string, affine: Affine): string;
  fill(vector: Tensor): string;
  trim(vector: string): string;
}

type At = Parameters<Rule<"batchNorm">>[0];

function overChannels(lowering: Lowering, x: Tensor): OverChannels {
  return lowering.held(x).blocked ? overBlocks(lowering, x) : overRows(lowering, x);
}

function overBlocks(lowering: Lowering, x: Tensor): OverChannels {
  const { emit, emitBlocked, reshape, graph } = lowering;
  const [n, c, h, w] = x.shape;
  const channels = wholeBlocks(c, lowering.block);
  const ones = graph.constant("f32", [channels], new Float32Array(channels).fill(1));
  const zeros = graph.constant("f32", [channels], new Float32Array(channels));
  const overPictures = (op: "ReduceMean" | "ReduceSum", perPicture: string) =>
    emit(op, [reshape(perPicture, [n, channels]), graph.integers([0])], { keepdims: 0 });
  return {
    how: "blocked",
    count: n * h * w,
    read: lowering.blocked,
    hold: (edge, blocked) => lowering.hold(edge, { blocked }),
    mean: (value) => overPictures("ReduceMean", emitBlocked("GlobalAveragePool", [value])),
    dot(left, right) {
      const picture = reshape(left, [1, n * channels, h, w]);
      const kernel = reshape(right, [n * channels, 1, h, w]);
      const attributes = { group: n * channels, kernel_shape: [h, w] };
      return overPictures("ReduceSum", emitBlocked("Conv", [picture, kernel], attributes));
    },
    affine(value, { multiply = ones, add = zeros, sum }) {
      const kernel = reshape(multiply, [channels, 1, 1, 1]);
      const inputs = [value, kernel, add, ...(sum ? [sum] : [])];
      return emitBlocked("Conv", inputs, { group: channels, kernel_shape: [1, 1] });
    },
    fill: (vector) =>
      padAxis(lowering, lowering.plain(vector), { shape: [c], axis: 0, to: channels }),
    trim: (vector) =>
      c === channels
        ? vector
        : emit("Slice", [vector, graph.integers([0]), graph.integers([c]), graph.integers([0])]),
  };
}

function overRows(lowering: Lowering, x: Tensor): OverChannels {
  const { emit, reshape, graph } = lowering;
  const [n, c, ...rest] = x.shape;
  const inner = sizeOf(rest);
  const table = rest.length === 0;
  const flat = table ? [n, c] : [n, c, inner];
  const axes = graph.integers(table ? [0] : [0, 2]);
  const reduce = (op: "ReduceMean" | "ReduceSum", value: string) =>
    emit(op, [value, axes], { keepdims: 0 });
  const wide = (vector: string) => (table ? vector : reshape(vector, [1, c, 1]));
  return {
    how: "plain",
    count: n * inner,
    read: (tensor) => reshape(lowering.plain(tensor), flat),
    hold: (edge, value) => lowering.hold(edge, { plain: reshape(value, x.shape) }),
    mean: (value) => reduce("ReduceMean", value),
    dot: (left, right) => reduce("ReduceSum", emit("Mul", [left, right])),
    affine(value, { multiply, add, sum }) {
      const scaled = multiply ? emit("Mul", [value, wide(multiply)]) : value;
      const shifted = add ? emit("Add", [scaled, wide(add)]) : scaled;
      return sum ? emit("Add", [shifted, sum]) : shifted;
    },
    fill: lowering.plain,
    trim: (vector) => vector,
  };
}

function inverseDeviation({ emit, scalar }: Lowering, variance: string, epsilon: number): string {
  return emit("Reciprocal", [emit("Sqrt", [emit("Add", [variance, scalar(epsilon)])])]);
}
