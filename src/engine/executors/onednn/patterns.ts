/** Groups of nodes that one primitive computes, found in the graph. */
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  type Shape,
  sizeOf,
  type Tensor,
} from "../../graph/index.ts";
import type { Uses } from "./units.ts";

export type Pattern =
  | {
      readonly kind: "batchNormRelu";
      readonly nodes: readonly Node[];
      readonly norm: Node<"batchNorm">;
      readonly relu: Tensor;
    }
  | {
      /** The gradient through the rectifier is taken along; `dy` is the gradient behind it. */
      readonly kind: "batchNormReluGradient";
      readonly nodes: readonly Node[];
      readonly gradient: Node<"batchNormGradient">;
      readonly dy: Tensor;
      /** The rectifier's result, and the gradient before it. */
      readonly y: Tensor;
      readonly masked: Tensor;
    }
  | {
      readonly kind: "addRelu";
      readonly nodes: readonly Node[];
      readonly left: Tensor;
      readonly right: Tensor;
      readonly relu: Tensor;
    }
  | {
      readonly kind: "reluGradient";
      readonly nodes: readonly Node[];
      readonly y: Tensor;
      readonly dy: Tensor;
      readonly dx: Tensor;
    }
  | {
      readonly kind: "product";
      readonly nodes: readonly Node[];
      readonly matmul: Node<"matmul">;
      readonly bias?: Tensor;
      readonly factor?: number;
      readonly y: Tensor;
    }
  | {
      /** The sum of pads that fill an axis without overlap: parts side by side. */
      readonly kind: "joined";
      readonly nodes: readonly Node[];
      readonly parts: readonly PartOf[];
      readonly axis: number;
      readonly turned?: Turned;
      readonly y: Tensor;
    }
  | {
      /** At inference: a convolution with the batch norm after it folded in. */
      readonly kind: "foldedConvolution";
      readonly nodes: readonly Node[];
      readonly convolution: Node<"convolution">;
      readonly norm: Node<"batchNormInference">;
      readonly sum?: Tensor;
      readonly relu: boolean;
      readonly y: Tensor;
    };

export interface PartOf {
  readonly part: Tensor;
  readonly start: number;
}

/** The sum is seen in this shape and transposed: `y` is what comes of that. */
export interface Turned {
  readonly shape: Shape;
  readonly permutation: readonly number[];
}

/** Each node of a pattern with its pattern; a node belongs to one at most. */
export function patternsOf(nodes: readonly Node[], uses: Uses): ReadonlyMap<Node, Pattern> {
  const found = new Map<Node, Pattern>();
  const claim = (...candidates: readonly (Pattern | undefined)[]) => {
    const pattern = candidates.find((one) => one?.nodes.every((node) => !found.has(node)));
    for (const node of pattern?.nodes ?? []) if (pattern) found.set(node, pattern);
  };
  for (const node of nodes) {
    if (isOp(node, "batchNormInference")) claim(...foldedConvolutions(node, uses));
  }
  for (const node of nodes) {
    if (isOp(node, "batchNorm")) claim(batchNormRelu(node, uses));
    if (isOp(node, "matmul")) claim(product(node, uses));
    if (isOp(node, "relu")) claim(addRelu(node, uses));
  }
  for (const node of nodes) {
    if (isOp(node, "batchNormGradient")) claim(batchNormReluGradient(node, { uses, found }));
  }
  for (const node of [...nodes].reverse()) if (isOp(node, "add")) claim(joined(node, uses));
  for (const node of nodes) if (isOp(node, "concatenate")) claim(joinedAndTurned(node, uses));
  for (const node of nodes) if (isOp(node, "select")) claim(reluGradient(node, uses));
  return found;
}

function batchNormRelu(norm: Node<"batchNorm">, uses: Uses): Pattern | undefined {
  const [y] = edgesOf(norm);
  const user = uses.only(y);
  if (!user || !isOp(user, "relu")) return undefined;
  return { kind: "batchNormRelu", nodes: [norm, user], norm, relu: tensor(user) };
}

function batchNormReluGradient(
  gradient: Node<"batchNormGradient">,
  { uses, found }: { uses: Uses; found: ReadonlyMap<Node, Pattern> },
): Pattern | undefined {
  const dy = gradient.inputs[2];
  const saved = gradient.inputs[5];
  const forward = found.get(saved.node);
  if (forward?.kind !== "batchNormRelu" || !isOp(dy.node, "select")) return undefined;
  const masked = maskOf(dy.node);
  if (!masked || masked.y !== forward.relu || uses.only(dy) !== gradient) return undefined;
  if (dy.kind !== "tensor") return undefined;
  const mask = dy.node.inputs[0].node;
  const nodes = uses.only(dy.node.inputs[0]) ? [mask, dy.node, gradient] : [dy.node, gradient];
  return { kind: "batchNormReluGradient", nodes, gradient, ...masked, masked: dy };
}

function addRelu(relu: Node<"relu">, uses: Uses): Pattern | undefined {
  const [x] = relu.inputs;
  if (!isOp(x.node, "add") || uses.only(x) !== relu) return undefined;
  const [left, right] = x.node.inputs;
  if (left.kind !== "tensor" || right.kind !== "tensor" || left === right) return undefined;
  const y = tensor(relu);
  if (y.shape.length !== 4 || left.shape.join() !== right.shape.join()) return undefined;
  return { kind: "addRelu", nodes: [x.node, relu], left, right, relu: y };
}

function reluGradient(select: Node<"select">, uses: Uses): Pattern | undefined {
  const masked = maskOf(select);
  const dx = tensor(select);
  if (!masked || dx.shape.length < 3 || sizeOf(dx.shape) < 4096) return undefined;
  if (!isOp(masked.y.node, "relu") || masked.dy.shape.join() !== dx.shape.join()) return undefined;
  const [mask] = select.inputs;
  const nodes = uses.only(mask) ? [mask.node, select] : [select];
  return { kind: "reluGradient", nodes, y: masked.y, dy: masked.dy, dx };
}

/** What the gradients of slices add up to. */
function joined(add: Node<"add">, uses: Uses): Pattern | undefined {
  const y = tensor(add);
  const nodes: Node[] = [];
  const pads: Node<"pad">[] = [];
  const walk = (edge: Edge, top: boolean): boolean => {
    const { node } = edge;
    if (!top && !uses.only(edge)) return false;
    if (isOp(node, "pad")) {
      pads.push(node);
      nodes.push(node);
      return true;
    }
    if (!isOp(node, "add")) return false;
    if (!node.inputs.every((input) => walk(input, false))) return false;
    nodes.push(node);
    return true;
  };
  if (!walk(y, true) || pads.length < 2) return undefined;
  const axes = new Set(
    pads.flatMap(({ attributes: { before, after } }) =>
      before.flatMap((count, axis) => (count + after[axis] > 0 ? [axis] : [])),
    ),
  );
  const [axis] = axes;
  if (axes.size !== 1) return undefined;
  const parts = pads
    .map(({ inputs: [part], attributes: { before } }) => ({ part, start: before[axis] }))
    .flatMap(({ part, start }) => (part.kind === "tensor" ? [{ part, start }] : []))
    .sort((a, b) => a.start - b.start);
  let end = 0;
  for (const { part, start } of parts) {
    if (start !== end) return undefined;
    end += part.shape[axis];
  }
  return end === y.shape[axis] ? { kind: "joined", nodes, parts, axis, y } : undefined;
}

/** Parts that a transposition comes after, as when gradients by q, k and v go back to where those came from. */
function joinedAndTurned(joint: Node<"concatenate">, uses: Uses): Pattern | undefined {
  const y = tensor(joint);
  const { axis } = joint.attributes;
  const user = uses.only(y);
  const folded = user && isOp(user, "reshape") ? user : undefined;
  const turn = folded ? uses.only(tensor(folded)) : user;
  if (!turn || !isOp(turn, "transpose")) return undefined;
  const { shape } = folded ? tensor(folded) : y;
  let start = 0;
  const parts = joint.inputs.flatMap((part) => {
    if (part.kind !== "tensor") return [];
    const one = { part, start };
    start += part.shape[axis];
    return [one];
  });
  // Folded, the first axis is cut into pieces of which each part has some.
  const unit = y.shape[axis] / shape[axis];
  const whole = Number.isInteger(unit) && parts.every(({ part }) => part.shape[0] % unit === 0);
  if (folded && (axis !== 0 || !whole)) return undefined;
  return {
    kind: "joined",
    nodes: [joint, ...(folded ? [folded] : []), turn],
    parts,
    axis,
    turned: { shape, permutation: turn.attributes.permutation },
    y: tensor(turn),
  };
}

/** select(y > 0, dy, 0). */
function maskOf(select: Node<"select">): { y: Tensor; dy: Tensor } | undefined {
  const [condition, dy, otherwise] = select.inputs;
  if (!isOp(condition.node, "greater") || !isScalar(otherwise, 0)) return undefined;
  const [y, bound] = condition.node.inputs;
  if (!isScalar(bound, 0) || y.kind !== "tensor" || dy.kind !== "tensor") return undefined;
  return { y, dy };
}

/** matmul, then a constant factor or a bias along the last axis. */
function product(matmul: Node<"matmul">, uses: Uses): Pattern | undefined {
  const first = tensor(matmul);
  const user = uses.only(first);
  if (!user) return undefined;
  if (isOp(user, "multiply")) {
    const other = user.inputs[0] === first ? user.inputs[1] : user.inputs[0];
    const factor = scalarOf(other);
    if (factor === undefined) return undefined;
    return { kind: "product", nodes: [matmul, user], matmul, factor, y: tensor(user) };
  }
  if (isOp(user, "add")) {
    const bias = user.inputs[0] === first ? user.inputs[1] : user.inputs[0];
    if (bias.kind !== "tensor" || bias.shape.length !== 1) return undefined;
    if (bias.shape[0] !== first.shape.at(-1) || bias.dtype !== "f32") return undefined;
    return { kind: "product", nodes: [matmul, user], matmul, bias, y: tensor(user) };
  }
  return undefined;
}

/** The longest first. Of a sum of two such convolutions, one takes the other as its summand. */
function foldedConvolutions(norm: Node<"batchNormInference">, uses: Uses): Pattern[] {
  const [x] = norm.inputs;
  if (!isOp(x.node, "convolution") || uses.only(x) !== norm) return [];
  const base = { kind: "foldedConvolution", convolution: x.node, norm } as const;
  const y = tensor(norm);
  const alone: Pattern = { ...base, nodes: [x.node, norm], relu: false, y };
  const user = uses.only(y);
  if (user && isOp(user, "relu")) {
    return [{ ...base, nodes: [x.node, norm, user], relu: true, y: tensor(user) }, alone];
  }
  if (!user || !isOp(user, "add")) return [alone];
  const sum = user.inputs[0] === y ? user.inputs[1] : user.inputs[0];
  const last = uses.only(tensor(user));
  if (sum.kind !== "tensor" || sum === y || sum.shape.join() !== y.shape.join()) return [alone];
  if (!last || !isOp(last, "relu")) return [alone];
  const nodes = [x.node, norm, user, last];
  return [{ ...base, nodes, sum, relu: true, y: tensor(last) }, alone];
}

function scalarOf(edge: Edge): number | undefined {
  if (!isOp(edge.node, "constant") || edge.node.attributes.values.length !== 1) return undefined;
  return sizeOf(edge.node.attributes.shape) === 1 && edge.node.attributes.shape.length === 0
    ? edge.node.attributes.values[0]
    : undefined;
}

function isScalar(edge: Edge, value: number): boolean {
  return scalarOf(edge) === value;
}

function tensor(node: Node): Tensor {
  const [first] = edgesOf(node);
  if (first.kind !== "tensor") throw new TypeError(`${node.op} gives no tensor`);
  return first;
}
