/**
 * What the rules write to. A value is held in up to three forms: `full` (float32 or whole numbers),
 * `half` (bfloat16) and `truth` (a comparison's booleans); the others are made when first asked for.
 * Rules may emit what turns out unused: every operator here is pure, and the plan drops it.
 */
import { type Json, Problem } from "../../../base/index.ts";
import type { DType, Edge, Node, Shape, Tensor } from "../../graph/index.ts";
import {
  type Argument,
  absent,
  type Call,
  flag,
  integer,
  integers,
  type Slot,
  tensor,
} from "./call.ts";

export type Form = "full" | "half" | "truth";
type Forms = Partial<Record<Form, Slot>>;

/** Values that are made once and live as long as the program. */
export interface Constant {
  readonly slot: Slot;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly values: readonly number[];
}

export interface Lowered {
  readonly calls: readonly Call[];
  readonly slots: number;
  readonly constants: readonly Constant[];
  readonly placeholders: ReadonlyMap<string, Slot>;
  readonly outputs: ReadonlyMap<string, Slot>;
  readonly updates: ReadonlyMap<string, Slot>;
  /** Which way was chosen, counted by op: `{ convolution: { "with weights": 3 } }`. */
  readonly chosen: Json;
}

export type TorchPrecision = "f32" | "tf32" | "bf16";

/** Which of cuDNN's: those that give the same bits again, or whichever is fastest here. */
export type TorchAlgorithms = "repeatable" | "fastest";

export interface Setting {
  readonly precision: TorchPrecision;
  readonly dtypes: Readonly<Record<"f32" | "i32" | "bf16", number>>;
}

export interface Lowering {
  readonly setting: Setting;
  /** Whether matrix products and convolutions take bfloat16. */
  readonly halves: boolean;
  /** Emits an operator, `aten::NAME` with its overload after a dot, and gives the slots of its results. */
  call(name: string, args: readonly Argument[], results?: number): readonly Slot[];
  /** The same for the one result most have. */
  one(name: string, args: readonly Argument[]): Slot;
  subtract(left: Slot, right: Slot, alpha: number): Slot;
  constant(of: Omit<Constant, "slot">): Slot;
  placeholder(name: string): Slot;
  full(edge: Edge): Slot;
  half(edge: Edge): Slot;
  truth(edge: Edge): Slot;
  /** `half` where that is how the value was computed, else `full`. */
  natural(edge: Edge): Slot;
  /** Whether the natural form is `half`. */
  isHalf(edge: Edge): boolean;
  hold(edge: Edge, slot: Slot, form?: Form): void;
  isHeld(edge: Edge): boolean;
  /** What a forward leaves to its backward. */
  keep(edge: Edge, slots: readonly Slot[]): void;
  kept(edge: Edge): readonly Slot[];
  /** The node that uses are charged to, in errors. */
  at(node: Node): void;
  choose(op: string, how: string): void;
  /** Marks a slot as a view of another tensor's memory. */
  asView(slot: Slot): Slot;
  finish(roots: Roots): Lowered;
}

export interface Roots {
  readonly outputs: readonly (readonly [string, Tensor])[];
  readonly updates: readonly (readonly [string, Tensor])[];
}

export function createLowering(setting: Setting): Lowering {
  const calls: Call[] = [];
  const constants = new Map<string, Constant>();
  const placeholders = new Map<string, Slot>();
  const forms = new Map<Edge, Forms>();
  const workspaces = new Map<Edge, readonly Slot[]>();
  const views = new Set<Slot>();
  const chosen: Record<string, Record<string, number>> = {};
  let slots = 0;
  let current: Node | undefined;

  function held(edge: Edge): Forms {
    const found = forms.get(edge);
    if (found) return found;
    throw new Problem("internal/defect", {
      message: `${edge.node.op} was used before it was held`,
    });
  }

  function nodeNow(): Node {
    if (current) return current;
    throw new Problem("internal/defect", { message: "an operator belongs to no node" });
  }

  const lowering: Lowering = {
    setting,
    halves: setting.precision === "bf16",
    call(name, args, results = 1) {
      const [base, overload = ""] = name.split(".");
      const made = Array.from({ length: results }, () => slots++);
      calls.push({
        kind: "operator",
        name: `aten::${base}`,
        overload,
        arguments: args,
        results: made,
        node: nodeNow(),
      });
      return made;
    },
    one: (name, args) => lowering.call(name, args)[0],
    subtract(left, right, alpha) {
      const made = slots++;
      calls.push({
        kind: "subtraction",
        left,
        right,
        alpha,
        results: [made],
        node: nodeNow(),
      });
      return made;
    },
    constant({ values, shape, dtype }) {
      const fills = values.length === 1;
      const own = fills ? [] : shape;
      const key = `${dtype}[${own}]:${values.map((v) => (Object.is(v, -0) ? "-0" : v))}`;
      const known = constants.get(key) ?? { slot: slots++, shape: own, dtype, values };
      constants.set(key, known);
      if (!fills || shape.length === 0) return known.slot;
      return lowering.asView(
        lowering.one("expand", [tensor(known.slot), integers(shape), flag(false)]),
      );
    },
    full(edge) {
      const found = held(edge);
      if (found.full !== undefined) return found.full;
      found.full = cast(found.half ?? found.truth, setting.dtypes.f32);
      return found.full;
    },
    half(edge) {
      const found = held(edge);
      if (found.half !== undefined) return found.half;
      found.half = cast(lowering.full(edge), setting.dtypes.bf16);
      return found.half;
    },
    truth(edge) {
      const found = held(edge);
      if (found.truth !== undefined) return found.truth;
      const zero = lowering.constant({ values: [0], shape: [], dtype: "f32" });
      found.truth = lowering.one("ne.Tensor", [tensor(lowering.full(edge)), tensor(zero)]);
      return found.truth;
    },
    isHalf: (edge) => Object.keys(held(edge))[0] === "half",
    natural: (edge) => (lowering.isHalf(edge) ? lowering.half(edge) : lowering.full(edge)),
    hold: (edge, slot, form = "full") => void forms.set(edge, { [form]: slot }),
    isHeld: (edge) => forms.has(edge),
    keep: (edge, kept) => void workspaces.set(edge, kept),
    kept(edge) {
      const found = workspaces.get(edge);
      if (found) return found;
      throw new Problem("internal/defect", { message: `${edge.node.op} kept no workspace` });
    },
    at(node) {
      current = node;
    },
    placeholder(name) {
      const slot = slots++;
      placeholders.set(name, slot);
      return slot;
    },
    choose(op, how) {
      chosen[op] ??= {};
      chosen[op][how] = (chosen[op][how] ?? 0) + 1;
    },
    asView(slot) {
      views.add(slot);
      return slot;
    },
    finish({ outputs, updates }) {
      return {
        outputs: new Map(outputs.map(([name, edge]) => [name, rooted(edge)])),
        updates: new Map(updates.map(([name, edge]) => [name, owned(edge)])),
        calls,
        slots,
        constants: [...constants.values()],
        placeholders,
        chosen,
      };
    },
  };

  function cast(slot: Slot | undefined, dtype: number): Slot {
    if (slot === undefined)
      throw new Problem("internal/defect", { message: "a value has no form" });
    const [keep, copy] = [flag(false), flag(false)];
    return lowering.one("to.dtype", [tensor(slot), integer(dtype), keep, copy, absent]);
  }

  function rooted(edge: Tensor): Slot {
    current = edge.node;
    return lowering.full(edge);
  }

  /** State must not keep the memory of a larger tensor that it is a view of. */
  function owned(edge: Tensor): Slot {
    const slot = rooted(edge);
    return views.has(slot) ? lowering.one("clone", [tensor(slot), absent]) : slot;
  }

  return lowering;
}
