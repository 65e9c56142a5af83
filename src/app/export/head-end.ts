/** From an embedding to probabilities, inside the model: what `openClassifier` computes. */
import type { GraphBuilder } from "../../formats/onnx/index.ts";
import { type FittedClassifier, knnVote } from "../../learn/heads/index.ts";
import type { Frame } from "../../learn/measure/index.ts";
import { type Operators, operators } from "./operators.ts";

export interface HeadEnd extends Pick<FittedClassifier, "frame" | "form" | "temperature"> {
  /** Names, in the order of the probabilities. */
  readonly classes: readonly string[];
}

/** `embedding` [n, width]; gives the ONNX value of the probabilities [n, classes]. */
export function headEnd(
  graph: GraphBuilder,
  embedding: string,
  { frame, form, temperature }: HeadEnd,
): string {
  const { op, float } = operators(graph);
  const scores =
    form.kind === "linear"
      ? linearScores(graph, embedding, { frame, form })
      : neighbourScores(operators(graph), embedding, { frame, form });
  return op("Softmax", [op("Div", [scores, float(temperature)])], { axis: 1 });
}

type Form = HeadEnd["form"];
type Linear = Extract<Form, { readonly kind: "linear" }>;
type Neighbours = Extract<Form, { readonly kind: "neighbours" }>;

/** The frame goes into the weights: W (x - means) axesᵀ scale + b = V x + c. */
function linearScores(
  graph: GraphBuilder,
  embedding: string,
  { frame, form }: { readonly frame: Frame; readonly form: Linear },
): string {
  const { columns, means } = frame;
  const { weights, bias } = form;
  const folded = new Float64Array(weights.values.length);
  for (let c = 0; c < weights.rows; c++) {
    for (let p = 0; p < columns; p++) {
      const weight = weights.values[c * columns + p] * frame.scale;
      if (frame.axes === undefined) folded[c * columns + p] = weight;
      else {
        for (let q = 0; q < columns; q++) {
          folded[c * columns + q] += weight * frame.axes.values[p * columns + q];
        }
      }
    }
  }
  const moved = bias.map((one, c) => {
    let sum = one;
    for (let q = 0; q < columns; q++) sum -= folded[c * columns + q] * means[q];
    return sum;
  });
  const inputs = [
    embedding,
    graph.initializer("head/weights", [weights.rows, columns], Float32Array.from(folded)),
    graph.initializer("head/bias", [weights.rows], Float32Array.from(moved)),
  ];
  return operators(graph).op("Gemm", inputs, { transB: 1 });
}

/** The nearest by cosine vote for their classes: a table of votes, looked up and weighed. */
function neighbourScores(
  { op, float, graph }: Operators,
  embedding: string,
  { frame, form }: { readonly frame: Frame; readonly form: Neighbours },
): string {
  const { bank, codes, weights, count } = form;
  const { rows, columns } = bank;
  const classes = weights.length;
  const centred = op("Sub", [
    embedding,
    graph.initializer("head/means", [columns], Float32Array.from(frame.means)),
  ]);
  const turned =
    frame.axes === undefined
      ? centred
      : op(
          "Gemm",
          [centred, graph.initializer("head/axes", [columns, columns], frame.axes.values)],
          { transB: 1 },
        );
  const length = (value: string) =>
    op("Max", [
      op("Sqrt", [
        op("ReduceSum", [op("Mul", [value, value]), graph.integers([1])], { keepdims: 1 }),
      ]),
      float(1e-30),
    ]);
  const unit = (value: string) => op("Div", [value, length(value)]);
  const held = graph.initializer("head/bank", [rows, columns], bank.values);
  const similarities = op("Gemm", [unit(turned), unit(held)], { transB: 1 });
  const [nearest, places] = graph.node("TopK", [similarities, graph.integers([count])], {
    outputs: 2,
    attributes: { axis: 1, largest: 1, sorted: 1 },
  });
  const table = new Float32Array(rows * classes);
  for (const [row, code] of codes.entries()) table[row * classes + code] = weights[code];
  const looked = op("Gather", [graph.initializer("head/votes", [rows, classes], table), places], {
    axis: 0,
  });
  const strength = op("Exp", [op("Div", [nearest, float(knnVote.temperature)])]);
  const each = op("Mul", [looked, op("Unsqueeze", [strength, graph.integers([2])])]);
  const votes = op("Add", [
    op("ReduceSum", [each, graph.integers([1])], { keepdims: 0 }),
    float(knnVote.begun),
  ]);
  const total = op("ReduceSum", [votes, graph.integers([1])], { keepdims: 1 });
  return op("Log", [op("Div", [votes, total])]);
}
