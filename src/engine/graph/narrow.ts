/**
 * Forward graphs without what nobody reads: where all users of a value take slices of it, only that
 * part is computed, and so on up to the inputs. A transformer that is read at its class token computes
 * its last block for that token alone. To be done before differentiating: gradients then follow.
 */
import { slice } from "./builders.ts";
import { build, type Edge, edgesOf, isOp, type Node, type Tensor } from "./node.ts";
import type { OpAttributes, OpName, Shape } from "./ops.ts";
import { nodesOf } from "./program-spec.ts";

/** [start, end) along each axis. */
type Region = readonly (readonly [start: number, end: number])[];

/** `made` holds what was asked for; `needs` is what that takes of each input, all of it if absent. */
interface Part {
  readonly made: Region;
  readonly needs: readonly (Region | undefined)[];
  readonly attributes?: { readonly shape: Shape };
}

interface Asked<K extends OpName = OpName> {
  readonly region: Region;
  readonly shape: Shape;
  readonly inputs: readonly Tensor[];
  readonly attributes: OpAttributes[K];
}

/** Undefined: computed as a whole. */
type Rule<K extends OpName> = (asked: Asked<K>) => Part | undefined;

/** Leaves, rows by their indexes, ops on pictures, whose windows overlap, and backward ops. */
const whole = (): undefined => undefined;

const rules: { readonly [K in OpName]: Rule<K> } = {
  placeholder: whole,
  constant: whole,

  add: elementwise,
  subtract: elementwise,
  multiply: elementwise,
  divide: elementwise,
  maximum: elementwise,
  equal: elementwise,
  greater: elementwise,
  select: elementwise,
  negate: elementwise,
  exp: elementwise,
  log: elementwise,
  sqrt: elementwise,
  tanh: elementwise,
  erf: elementwise,
  gelu: elementwise,
  geluGradient: elementwise,
  sin: elementwise,
  cos: elementwise,
  abs: elementwise,
  relu: elementwise,
  stopGradient: elementwise,

  sum: reduction,
  max: reduction,
  softmax: alongAxis,
  softmaxGradient: alongAxis,
  logSoftmax: alongAxis,

  matmul,

  reshape,
  transpose: ({ region, attributes: { permutation } }) => ({
    made: region,
    needs: [permutation.map((_, axis) => region[permutation.indexOf(axis)])],
  }),
  broadcastTo: ({ region, inputs: [x] }) => ({
    made: region,
    needs: [under(region, x.shape)],
    attributes: { shape: sizes(region) },
  }),
  /** Never asked: its users take theirs of what it is a slice of. */
  slice: whole,
  concatenate: whole,
  pad: whole,
  gather: whole,
  scatterAdd: whole,

  convolution: whole,
  convolutionDataGradient: whole,
  convolutionWeightGradient: whole,
  maxPool: whole,
  maxPoolGradient: whole,
  batchNorm: whole,
  batchNormGradient: whole,
  batchNormInference: whole,
  layerNorm({ region, shape }) {
    const made = widened(region, shape, [shape.length - 1]);
    return { made, needs: [made, undefined, undefined] };
  },
  layerNormGradient: whole,
};

/**
 * The same values by the same names. Where nothing is read in part, the very same tensors. Values of
 * which some other graph takes more are to be among the roots, or they are computed twice.
 */
export function narrowed<T extends Readonly<Record<string, Tensor>>>(roots: T): T {
  const nodes = nodesOf({ outputs: roots }).filter(({ op }) => op !== "slice");
  const parts = partsOf(nodes, Object.values(roots));
  const made = new Map<Node, readonly Edge[]>();
  const part = (tensor: Tensor, wanted: Region): Tensor => {
    const [source, region] = sourceOf(tensor, wanted);
    const found = made.get(source.node)?.[source.output];
    if (found?.kind !== "tensor") return tensor;
    const held = parts.get(source.node)?.made ?? all(source.shape);
    return equal(held, region) ? found : slice(found, ...within(held, region));
  };
  for (const node of nodes) {
    const found = parts.get(node);
    const inputs = node.inputs.map((edge, i) =>
      edge.kind === "tensor"
        ? part(edge, found?.needs[i] ?? all(edge.shape))
        : (made.get(edge.node)?.[edge.output] ?? edge),
    );
    const same = !found && inputs.every((edge, i) => edge === node.inputs[i]);
    const attributes = { ...node.attributes, ...found?.attributes } as OpAttributes[typeof node.op];
    made.set(node, same ? edgesOf(node) : build(node.op, inputs, attributes));
  }
  const given = Object.entries(roots).map(([name, root]) => [name, part(root, all(root.shape))]);
  return Object.fromEntries(given) as T;
}

/** What is computed of those nodes of which not all is. */
function partsOf(nodes: readonly Node[], roots: readonly Tensor[]): ReadonlyMap<Node, Part> {
  const asked = new Map<Node, Region>();
  const parts = new Map<Node, Part>();
  const ask = (edge: Edge, wanted?: Region) => {
    if (edge.kind === "opaque") return demandAll(edge.node);
    const [source, region] = sourceOf(edge, wanted ?? all(edge.shape));
    if (source.output > 0) return demandAll(source.node);
    const before = asked.get(source.node);
    asked.set(source.node, before ? hull(before, region) : region);
  };
  const demandAll = (node: Node) => {
    const [first] = edgesOf(node);
    if (first.kind === "tensor") asked.set(node, all(first.shape));
  };
  for (const root of roots) ask(root);
  for (const node of nodes.toReversed()) {
    const found = partOf(node, asked.get(node));
    if (found) parts.set(node, found);
    for (const [i, edge] of node.inputs.entries()) ask(edge, found?.needs[i]);
  }
  return parts;
}

function partOf(node: Node, region: Region | undefined): Part | undefined {
  const [first] = edgesOf(node);
  if (!region || first.kind !== "tensor" || equal(region, all(first.shape))) return undefined;
  const inputs = node.inputs.filter((edge) => edge.kind === "tensor");
  const { attributes } = node as Node<OpName>;
  const rule = rules[node.op] as Rule<OpName>;
  const found = rule({ region, shape: first.shape, inputs, attributes });
  return found && !equal(found.made, all(first.shape)) ? found : undefined;
}

/** The tensor that slices, one upon the other, are taken of, and which part of it. */
function sourceOf(tensor: Tensor, region: Region): readonly [Tensor, Region] {
  const { node } = tensor;
  if (!isOp(node, "slice")) return [tensor, region];
  const [x] = node.inputs;
  if (x.kind !== "tensor") return [tensor, region];
  const { starts } = node.attributes;
  return sourceOf(
    x,
    region.map(([start, end], axis) => [starts[axis] + start, starts[axis] + end]),
  );
}

/** Inputs that were repeated along an axis give all of it. */
function elementwise({ region, inputs }: Asked): Part {
  return { made: region, needs: inputs.map(({ shape }) => under(region, shape)) };
}

function reduction({
  region,
  inputs: [x],
  attributes: { axes, keepDimensions },
}: Asked<"sum" | "max">): Part {
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const needs = all(x.shape).map((range, axis) => {
    if (axes.includes(axis)) return range;
    return region[keepDimensions ? axis : kept.indexOf(axis)];
  });
  return { made: region, needs: [needs] };
}

function alongAxis({
  region,
  shape,
  inputs,
  attributes: { axis },
}: Asked<"softmax" | "softmaxGradient" | "logSoftmax">): Part {
  const made = widened(region, shape, [axis]);
  return { made, needs: inputs.map(() => made) };
}

/** Rows of the left operand and columns of the right one, of the matrices that are asked for. */
function matmul({ region, inputs: [left, right] }: Asked<"matmul">): Part {
  const [rows, columns] = region.slice(-2);
  const batch = region.slice(0, -2);
  const [first, second] = [left, right].map(({ shape }) => ({
    batch: under(batch, shape.slice(0, -2)),
    inner: all(shape),
  }));
  return {
    made: region,
    needs: [
      [...first.batch, rows, first.inner[left.shape.length - 1]],
      [...second.batch, second.inner[right.shape.length - 2], columns],
    ],
  };
}

/** Axes that go through unchanged: as long, and with as many elements before them. */
function reshape({ region, shape, inputs: [x] }: Asked<"reshape">): Part | undefined {
  if (shape.includes(0)) return undefined;
  const before = (of: Shape, axis: number) => of.slice(0, axis).reduce((a, b) => a * b, 1);
  const source = shape.map((size, axis) =>
    x.shape.findIndex((one, i) => one === size && before(x.shape, i) === before(shape, axis)),
  );
  const changed = source.flatMap((from, axis) => (from < 0 ? [axis] : []));
  const made = widened(region, shape, changed);
  const needs = all(x.shape).map((range, axis) => {
    const to = source.indexOf(axis);
    return to < 0 ? range : made[to];
  });
  return { made, needs: [needs], attributes: { shape: sizes(made) } };
}

function all(shape: Shape): Region {
  return shape.map((size) => [0, size]);
}

function equal(left: Region, right: Region): boolean {
  return left.join() === right.join();
}

function hull(left: Region, right: Region): Region {
  return left.map(([start, end], axis) => [
    Math.min(start, right[axis][0]),
    Math.max(end, right[axis][1]),
  ]);
}

/** The region with all of these axes. */
function widened(region: Region, shape: Shape, axes: readonly number[]): Region {
  return region.map((range, axis) => (axes.includes(axis) ? [0, shape[axis]] : range));
}

/** What a broadcast operand of this shape gives to a region of the result. */
function under(region: Region, shape: Shape): Region {
  const lead = region.length - shape.length;
  return shape.map((size, axis) => (size === 1 ? [0, 1] : region[lead + axis]));
}

function sizes(region: Region): number[] {
  return region.map(([start, end]) => end - start);
}

/** Where a region lies in one that holds it, as a slice says it. */
function within(held: Region, region: Region): [starts: number[], ends: number[]] {
  return [
    region.map(([start], axis) => start - held[axis][0]),
    region.map(([, end], axis) => end - held[axis][0]),
  ];
}
