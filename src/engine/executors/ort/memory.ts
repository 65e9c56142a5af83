/**
 * What ONNX Runtime takes for a program that trains, by a rule and not by counting: its arena and what
 * its kernels take for themselves are its own. Fitted on measurements, so that it is on the safe side of
 * them (docs/performance/memory.md).
 */
import {
  type Edge,
  edgesOf,
  isOp,
  nodesOf,
  type OpName,
  type ProgramSpec,
  placeholdersOf,
  sizeOf,
} from "../../graph/index.ts";

/** Of what is alive at most: chunks are handed out up to twice as large as asked for. */
const rounding = 1.35;
/**
 * Of parameters and state: two arrays each that take turns; gradients, filters of Winograd's and
 * weights in blocks.
 */
const copies = 4.4;

/** Seen by their operands' memory, or so short-lived that they do not count. */
const views: ReadonlySet<OpName> = new Set<OpName>([
  "reshape",
  "transpose",
  "slice",
  "broadcastTo",
]);

/** Bytes of a program as `Executor.memoryOf` wants them: without its inputs' arrays. */
export function arenaEstimate(spec: ProgramSpec): number {
  const owned = placeholdersOf(spec).filter(({ attributes }) => attributes.role !== "input");
  const state = 4 * owned.reduce((sum, { attributes }) => sum + sizeOf(attributes.shape), 0);
  return Math.ceil(rounding * mostAlive(spec) + copies * state);
}

/** The most bytes of values alive at once, in the order of the nodes; updates live to the end. */
function mostAlive(spec: ProgramSpec): number {
  const nodes = nodesOf(spec);
  const last = new Map<Edge, number>();
  for (const [at, { inputs }] of nodes.entries()) {
    for (const edge of inputs) last.set(rootOf(edge), at);
  }
  const stored = (spec.updates ?? []).map(([, next]) => next);
  for (const edge of [...Object.values(spec.outputs), ...stored]) {
    last.set(rootOf(edge), nodes.length);
  }
  const change = new Float64Array(nodes.length + 2);
  for (const [at, node] of nodes.entries()) {
    if (isOp(node, "placeholder") || views.has(node.op)) continue;
    for (const edge of edgesOf(node)) {
      const end = last.get(edge);
      if (end === undefined) continue;
      change[at] += bytesOf(edge);
      change[end + 1] -= bytesOf(edge);
    }
  }
  let [alive, most] = [0, 0];
  for (const bytes of change) {
    alive += bytes;
    most = Math.max(most, alive);
  }
  return most;
}

function rootOf(edge: Edge): Edge {
  return views.has(edge.node.op) ? rootOf(edge.node.inputs[0]) : edge;
}

function bytesOf(edge: Edge): number {
  return edge.kind === "tensor" ? 4 * sizeOf(edge.shape) : 0;
}
