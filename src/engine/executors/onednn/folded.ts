/** Batch norm with given statistics: folded into the convolution before it, or alone as a loop. */
import type { Tensor } from "../../graph/index.ts";
import { spatialOf } from "./convolution.ts";
import { chooseWay, lying, relaid } from "./convolution-ways.ts";
import type { Held, Strided } from "./held.ts";
import type { PostOp } from "./library.ts";
import { type Lowering, tensorsOf } from "./lowering.ts";
import type { Pattern } from "./patterns.ts";
import { asPositionsFirst, makePositionsFirst, positionsFirst } from "./positions-first.ts";
import type { Rule } from "./rules.ts";

/** y = (x − mean)·scale/√(variance + ε) + shift, channel by channel. */
export const batchNormInference: Rule<"batchNormInference"> = ({
  lowering,
  inputs,
  outputs,
  attributes,
}) => {
  const [x, ...vectors] = tensorsOf(inputs);
  const given = [
    lowering.strided(x, "f32"),
    ...vectors.map((vector) => lowering.dense(vector, "f32")),
  ];
  const made = lowering.makeDense(x.shape);
  const along = x.shape.map((_, axis) => (axis === 1 ? 1 : 0));
  lowering.loop(
    {
      shape: x.shape,
      inputs: [{ strides: given[0].strides }, ...vectors.map(() => ({ strides: along }))],
      terms: [],
      results: [
        { kind: "store", term: `(x0 - x3) * (x1 / Math.sqrt(x4 + ${attributes.epsilon})) + x2` },
      ],
    },
    given,
    [made],
  );
  lowering.hold(outputs[0], made);
  return "loop";
};

type Folded = Extract<Pattern, { kind: "foldedConvolution" }>;

/**
 * weight'[o] = weight[o]·scale[o]/√(variance[o] + ε), bias[o] = shift[o] − mean[o]·scale[o]/√(variance[o] + ε);
 * the sum and the rectifier follow in the same primitive.
 */
export function foldedConvolution(lowering: Lowering, pattern: Folded): string {
  const { library } = lowering;
  const { convolution, norm, sum, relu, y } = pattern;
  const [x, weight] = tensorsOf(convolution.inputs);
  const [, ...vectors] = tensorsOf(norm.inputs);
  const { weights, bias } = fold(lowering, { weight, vectors, epsilon: norm.attributes.epsilon });
  const window = convolution.attributes;
  const post: PostOp[] = [
    ...(sum ? [{ kind: "sum" } as const] : []),
    ...(relu ? [{ kind: "curve", curve: "relu" } as const] : []),
  ];
  const { precision } = lowering;
  const lies = lying(lowering, x);
  const { description, name, products } = chooseWay(lowering, {
    kind: `inference ${post.length}`,
    shapes: { x: x.shape, weight: weight.shape, y: y.shape },
    window,
    lies,
    describe: ({ operands, algorithm }) =>
      library.convolution(
        {
          x: library.anyLayout(x.shape, operands),
          weight: library.anyLayout(weight.shape, operands),
          y: library.anyLayout(y.shape, precision),
          bias: bias.layout,
        },
        spatialOf(window),
        { algorithm, inference: true, post },
      ),
    emit(inner, by) {
      by.forward(inner, {
        x: inner.make(positionsFirst(inner.library, x.shape)),
        prepared: inner.makeDense(by.preparedShape(weight.shape)),
        bias: inner.makeDense([weight.shape[0]]),
        post,
        into: makePositionsFirst(inner, y.shape),
      });
    },
    measured: (found) => ({
      description: found,
      inputs: ["source", "weights"],
      output: "destination",
      bias: bias.layout,
      conversions: lies
        ? relaid(library, found, { inputs: ["source"], output: "destination" })
        : [],
    }),
  });
  const also = ` with batch norm${sum ? ", sum" : ""}${relu ? ", relu" : ""}`;
  if (products) {
    const layout = positionsFirst(library, y.shape);
    const into = sum
      ? asPositionsFirst(lowering, summand(lowering, { sum, x, layout }))
      : makePositionsFirst(lowering, y.shape);
    const kernel = products.forward(lowering, {
      x: lowering.as(x, positionsFirst(library, x.shape)),
      prepared: products.prepare(lowering, weights),
      bias,
      post,
      into,
    });
    lowering.hold(y, into);
    return `${name} ${kernel}${also}`;
  }
  const layout = description.layout("destination");
  const made = sum ? summand(lowering, { sum, x, layout }) : lowering.make(layout);
  lowering.primitive(description, {
    reads: [
      ["source", lowering.as(x, description.layout("source"))],
      ["weights", lowering.reordered(weights, description.layout("weights"))],
      ["bias", bias],
    ],
    writes: [["destination", made]],
  });
  lowering.hold(y, made);
  return `${name} ${description.kernel}${also}`;
}

/**
 * The memory that the sum is taken from and written to: the summand's own where nobody reads it after, nor
 * the convolution meanwhile.
 */
function summand(
  lowering: Lowering,
  { sum, x, layout }: { sum: Tensor; x: Tensor; layout: Held["layout"] },
): Held {
  const { library } = lowering;
  const own = lowering
    .forms(sum)
    .find((one) => one.layout.type === layout.type && library.same(one.layout, layout));
  const isRead = lowering.forms(x).some(({ storage }) => storage === own?.storage);
  if (own && !isRead && lowering.mayOverwrite(sum)) return own;
  const source = own ?? lowering.as(sum, layout);
  const made = lowering.make(layout);
  lowering.primitive(library.reorder(source.layout, layout), {
    reads: [["source", source]],
    writes: [["destination", made]],
  });
  return made;
}

function fold(
  lowering: Lowering,
  { weight, vectors, epsilon }: { weight: Tensor; vectors: readonly Tensor[]; epsilon: number },
): { weights: Strided; bias: Strided } {
  const given = [weight, ...vectors].map((tensor) => lowering.dense(tensor, "f32"));
  const kept = lowering.isSteady(given.map((one) => one.storage));
  const [w, scale, shift, mean, variance] = given;
  const weights = lowering.makeDense(weight.shape, "f32", { kept });
  const bias = lowering.makeDense([weight.shape[0]], "f32", { kept });
  const perFilter = weight.shape.map((_, axis) => (axis === 0 ? 1 : 0));
  lowering.loop(
    {
      shape: weight.shape,
      inputs: [{ strides: w.strides }, { strides: perFilter }, { strides: perFilter }],
      terms: [],
      results: [{ kind: "store", term: `x0 * (x1 / Math.sqrt(x2 + ${epsilon}))` }],
    },
    [w, scale, variance],
    [weights],
  );
  const one = { strides: [1] };
  lowering.loop(
    {
      shape: [weight.shape[0]],
      inputs: [one, one, one, one],
      terms: [],
      results: [{ kind: "store", term: `x1 - x2 * (x0 / Math.sqrt(x3 + ${epsilon}))` }],
    },
    [scale, shift, mean, variance],
    [bias],
  );
  return { weights, bias };
}
