/** From a program to its flat list of steps, with every storage and what must be where at the start and end. */
import { totalmem } from "node:os";
import { Problem } from "../../../base/index.ts";
import {
  type Edge,
  edgesOf,
  isOp,
  type Node,
  nodesOf,
  type OpAttributes,
  type ProgramSpec,
  sizeOf,
  type Tensor,
} from "../../graph/index.ts";
import { combine, curveGradient } from "./elementwise.ts";
import { foldedConvolution } from "./folded.ts";
import type { Held, Storage, Strided } from "./held.ts";
import type { Description } from "./library.ts";
import { lowerLoop } from "./loops.ts";
import { createLowering, type Lowering, type LoweringOptions } from "./lowering.ts";
import { product } from "./matmul.ts";
import { joinParts } from "./movement.ts";
import { normalise, normaliseGradient } from "./normalisation.ts";
import type { Pattern } from "./patterns.ts";
import { recompute } from "./recompute.ts";
import { refusal } from "./refusal.ts";
import { lowerNode } from "./rules.ts";
import { inputsOf, nodesIn, schedule } from "./schedule.ts";
import type { Step } from "./step.ts";
import { isView, rootOf, type Unit, type Uses, unitsOf, usesOf } from "./units.ts";

export interface Constant {
  readonly held: Held;
  readonly values: readonly number[];
}

export interface Lowered {
  readonly prologue: readonly Step[];
  readonly steps: readonly Step[];
  readonly inputs: ReadonlyMap<string, Strided>;
  readonly owned: ReadonlyMap<string, Strided>;
  readonly outputs: ReadonlyMap<string, Strided>;
  readonly constants: readonly Constant[];
  readonly descriptions: readonly Description[];
  /** Storages that hold something before the first step, and after the last. */
  readonly begins: readonly Storage[];
  readonly ends: readonly Storage[];
  /** One line for each unit, in the order they run. */
  readonly plan: readonly string[];
}

export type LowerOptions = Omit<LoweringOptions, "steady" | "mayOverwrite">;

export function lower(spec: ProgramSpec, options: LowerOptions): Lowered {
  refuseBeyondMemory(spec);
  const uses = usesOf(spec);
  const order = schedule(unitsOf(spec), spec);
  const updates = spec.updates ?? [];
  const last = lastReads(order.map(({ unit }) => unit));
  let now = 0;
  const lowering = createLowering({
    ...options,
    steady: updates.length === 0,
    mayOverwrite: (edge) =>
      !isLeaf(edge.node) &&
      !uses.isRoot(edge) &&
      !viewedBy(edge, uses).some((one) => uses.isRoot(one)) &&
      (last.get(rootOf(edge)) ?? 0) <= now &&
      rootOf(edge) === edge,
  });
  const inputs = new Map<string, Strided>();
  const owned = new Map<string, Strided>();
  const constants: Constant[] = [];
  const written: string[] = [];
  const plan: string[] = [];

  function target(edge: Edge, unit: Unit): Strided | undefined {
    if (edge.kind !== "tensor") return undefined;
    const into = updates.filter(([, next]) => next === edge);
    const [[state] = []] = into;
    if (into.length !== 1 || !state || !order[now].last) return undefined;
    if (uses.isRoot(state) || Object.values(spec.outputs).includes(edge)) return undefined;
    const inside = new Set(nodesIn(unit));
    const views = uses.of(state).filter((user) => isView(user));
    if (views.some((user) => readInside(edgesOf(user)[0], inside, uses))) return undefined;
    if ((last.get(state) ?? 0) > now) return undefined;
    const name = nameOf(state.node);
    written.push(name);
    return owned.get(name);
  }

  for (const { unit } of order) {
    lowering.label(labelOf(unit));
    const way = told(labelOf(unit), () => lowerUnit(unit));
    if (way !== "view" && way !== "leaf") plan.push(`${labelOf(unit)}: ${way}`);
    now++;
  }

  function told<T>(about: string, make: () => T): T {
    try {
      return make();
    } catch (cause) {
      throw refusal(options.library, about, cause);
    }
  }

  function lowerUnit(unit: Unit): string {
    switch (unit.kind) {
      case "loop":
        return lowerLoop(lowering, unit, { uses, target: (edge) => target(edge, unit) });
      case "pattern":
        return lowerPattern(lowering, unit.pattern);
      case "node":
        return lowerLeaf(unit.node) ?? lowerOne(lowering, unit.node);
      default:
        return unit satisfies never;
    }
  }

  function lowerLeaf(node: Node): string | undefined {
    const [edge] = edgesOf(node);
    if (isOp(node, "placeholder")) {
      const { name, role, shape, dtype } = node.attributes;
      const made = lowering.makeDense(shape, dtype === "i32" ? "s32" : "f32", {
        kept: role !== "input",
      });
      if (role !== "input") lowering.steadyStorage(made.storage);
      (role === "input" ? inputs : owned).set(name, made);
      lowering.hold(edge, made);
      return "leaf";
    }
    if (!isOp(node, "constant")) return undefined;
    const { shape, dtype, values } = node.attributes;
    const made = lowering.makeDense(shape, dtype === "i32" ? "s32" : "f32", { kept: true });
    lowering.steadyStorage(made.storage);
    constants.push({ held: made, values });
    lowering.hold(edge, made);
    return "leaf";
  }

  const outputs = new Map<string, Strided>();
  lowering.label("outputs");
  const states = new Set([...owned.values()].map(({ storage }) => storage));
  for (const [key, tensor] of Object.entries(spec.outputs)) {
    const found = lowering.dense(tensor, tensor.dtype === "i32" ? "s32" : "f32");
    // A state is given as it was before its update.
    const aside = updates.length > 0 && states.has(found.storage);
    const made = aside ? lowering.makeDense(tensor.shape) : found;
    if (aside) copy(lowering, found, made);
    outputs.set(key, made);
  }
  lowering.label("updates");
  store(lowering, {
    updates: updates.filter(([state]) => !written.includes(nameOf(state.node))),
    owned,
  });
  const storagesOf = (...all: readonly Iterable<Held>[]) =>
    all.flatMap((some) => [...some].map(({ storage }) => storage));
  const given = constants.map(({ held }) => held);
  const begins = storagesOf(inputs.values(), owned.values(), given);
  const ends = storagesOf(outputs.values(), owned.values());
  return {
    prologue: lowering.prologue,
    steps: recompute(lowering.steps, { begins, ends }),
    inputs,
    owned,
    outputs,
    constants,
    descriptions: lowering.descriptions,
    begins,
    ends,
    plan,
  };
}

/** Sizes that no machine has make the library's own arithmetic overflow: it is not even asked. */
function refuseBeyondMemory(spec: ProgramSpec): void {
  const most = totalmem();
  for (const node of nodesOf(spec)) {
    if (isView(node)) continue;
    for (const edge of edgesOf(node)) {
      const needed = edge.kind === "tensor" ? 4 * sizeOf(edge.shape) : 0;
      if (needed > most) throw new Problem("engine/out-of-memory", { needed });
    }
  }
}

/** Sets what loops have not set in place: all is read before any is written. */
function store(
  lowering: Lowering,
  {
    updates,
    owned,
  }: { updates: readonly (readonly [Tensor, Tensor])[]; owned: ReadonlyMap<string, Strided> },
): void {
  const states = new Set([...owned.values()].map(({ storage }) => storage));
  const pairs = updates.flatMap(([state, next]) => {
    const to = owned.get(nameOf(state.node));
    if (!to) return [];
    const from = lowering.dense(next, "f32");
    if (!states.has(from.storage)) return [{ from, to }];
    const aside = lowering.makeDense(from.layout.dims);
    copy(lowering, from, aside);
    return [{ from: aside, to }];
  });
  for (const { from, to } of pairs) copy(lowering, from, to);
}

function copy(lowering: Lowering, from: Strided, to: Strided): void {
  lowering.host({
    reads: [from],
    writes: [to],
    bind(place) {
      const [source, goal] = [place.floats(from), place.floats(to)];
      return () => goal.set(source);
    },
  });
}

function lowerOne(lowering: Lowering, node: Node): string {
  const attributes = node.attributes as OpAttributes[typeof node.op];
  return lowerNode(node.op, {
    node,
    attributes,
    inputs: node.inputs,
    outputs: edgesOf(node),
    lowering,
  });
}

function lowerPattern(lowering: Lowering, pattern: Pattern): string {
  switch (pattern.kind) {
    case "batchNormRelu": {
      const { norm, relu } = pattern;
      const { inputs, attributes } = norm;
      const outputs = edgesOf(norm);
      return normalise(lowering, {
        inputs,
        outputs,
        y: relu,
        epsilon: attributes.epsilon,
        relu: true,
      });
    }
    case "batchNormReluGradient": {
      const { gradient, dy, y, masked } = pattern;
      const { inputs, attributes } = gradient;
      const relu = { y, masked };
      const outputs = edgesOf(gradient);
      return normaliseGradient(lowering, {
        inputs,
        outputs,
        dy,
        epsilon: attributes.epsilon,
        relu,
      });
    }
    case "addRelu": {
      const { left, right, relu: y } = pattern;
      const post = [{ kind: "curve", curve: "relu" }] as const;
      return `${combine(lowering, "add", { left, right, y, post })} with relu`;
    }
    case "reluGradient": {
      const { y, dy, dx } = pattern;
      return curveGradient(lowering, "reluFromResult", { given: y, dy, dx });
    }
    case "product": {
      const { matmul, bias, factor, y } = pattern;
      const [left, right] = matmul.inputs.filter((edge) => edge.kind === "tensor");
      return product(lowering, {
        left,
        right,
        y,
        ...(bias && { bias }),
        ...(factor !== undefined && { factor }),
      });
    }
    case "joined": {
      const { parts, axis, turned, y } = pattern;
      const inputs = parts.map(({ part }) => part);
      return joinParts(lowering, inputs, { y, axis, ...(turned && { turned }) });
    }
    case "foldedConvolution":
      return foldedConvolution(lowering, pattern);
    default:
      return pattern satisfies never;
  }
}

/** The last unit that reads each value, looked at directly or through views. */
function lastReads(units: readonly Unit[]): ReadonlyMap<Edge, number> {
  const last = new Map<Edge, number>();
  for (const [i, unit] of units.entries())
    for (const edge of inputsOf(unit)) last.set(rootOf(edge), i);
  return last;
}

function readInside(view: Edge, inside: ReadonlySet<Node>, uses: Uses): boolean {
  return uses
    .of(view)
    .some(
      (user) => inside.has(user) || (isView(user) && readInside(edgesOf(user)[0], inside, uses)),
    );
}

function viewedBy(edge: Edge, uses: Uses): Edge[] {
  return uses
    .of(edge)
    .filter(isView)
    .flatMap((user) => [edgesOf(user)[0], ...viewedBy(edgesOf(user)[0], uses)]);
}

function isLeaf(node: Node): boolean {
  return isOp(node, "placeholder") || isOp(node, "constant");
}

function labelOf(unit: Unit): string {
  const nodes = nodesIn(unit);
  const node = nodes[nodes.length - 1];
  const [first] = node.outputs;
  const shape = first.kind === "tensor" ? `[${first.shape.join(",")}]` : "";
  const inputs = node.inputs
    .map((edge) => (edge.kind === "tensor" ? `[${edge.shape.join(",")}]` : ""))
    .join("");
  if (unit.kind === "loop") {
    return `loop of ${[...new Set(nodes.map(({ op }) => op))].join(", ")} ${shape}`;
  }
  return `${nodes.map(({ op }) => op).join("+")}${inputs}→${shape}`;
}

function nameOf(node: Node): string {
  return isOp(node, "placeholder") ? node.attributes.name : "";
}
