/** An encoder, and a head on it, as one ONNX model with the preprocessing inside. */
import {
  anyRows,
  type ProgramSpec,
  placeholder,
  placeProgram,
  portable,
} from "../../engine/index.ts";
import { createGraph, encodeModel, type Metadatum } from "../../formats/onnx/index.ts";
import { encoder, features } from "../../learn/backbones/index.ts";
import { evaluation, placeholders } from "../../learn/nn/index.ts";
import type { Encoder } from "../subjects.ts";
import { type HeadEnd, headEnd } from "./head-end.ts";
import { operators } from "./operators.ts";
import { pictureFront } from "./picture-front.ts";

/** The model's one input and its outputs; the last two come with a head. */
export const modelNames = {
  pictures: "pictures",
  embedding: "embedding",
  probabilities: "probabilities",
  label: "label",
} as const;

export interface ModelParts {
  readonly encoder: Encoder;
  /** The tap whose features are the embedding. */
  readonly layer: string;
  /** The working resolution of the dataset. */
  readonly resolution: number;
  readonly head?: HeadEnd;
  readonly version: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * pictures: uint8 [batch, height, width, 3], RGB, of any size. embedding: float32 [batch, width].
 * probabilities: float32 [batch, classes]. label: int64 [batch], positions in `classes`.
 */
export function onnxModel(parts: ModelParts): Uint8Array<ArrayBuffer> {
  const { encoder: own, layer, resolution, head, version, description, metadata } = parts;
  const { backbone, values, size } = own;
  const graph = createGraph("tanafuda");
  const { op } = operators(graph);
  const given = graph.input(modelNames.pictures, "u8", ["batch", "height", "width", 3]);
  const input = pictureFront(graph, given, { ...own, resolution });

  const x = placeholder("pictures", [anyRows, 3, size, size]);
  const { taps } = features(backbone, placeholders(encoder(backbone)), x, evaluation);
  const spec: ProgramSpec = { outputs: { [layer]: taps[layer] } };
  const placed = placeProgram(graph, spec, { inputs: { pictures: input }, values });
  const [, width] = taps[layer].shape;
  const give = (value: string, name: string) => graph.node("Identity", [value], { to: [name] })[0];
  const embedding = give(placed.get(layer) ?? "", modelNames.embedding);
  graph.output(embedding, "f32", ["batch", width]);
  if (head !== undefined) {
    const found = give(headEnd(graph, embedding, head), modelNames.probabilities);
    graph.output(found, "f32", ["batch", head.classes.length]);
    const label = op("ArgMax", [found], { axis: 1, keepdims: 0 });
    graph.output(give(label, modelNames.label), "i64", ["batch"]);
  }
  return encodeModel({
    irVersion: portable.irVersion,
    producer: "tanafuda",
    producerVersion: version,
    description,
    graph: graph.finish(),
    opsets: [{ domain: "", version: portable.opset }],
    metadata: Object.entries(metadata).map(([key, value]): Metadatum => ({ key, value })),
  });
}
