/** One step of a plan: an operator of the library with its arguments, as values. */
import type { Node } from "../../graph/index.ts";

/** Where a step leaves a tensor for later ones. */
export type Slot = number;

export type Argument =
  /** `last`: nothing reads the slot after this, so its handle itself is given away. */
  | { readonly kind: "tensor"; readonly slot: Slot; readonly last?: boolean }
  | { readonly kind: "tensors"; readonly tensors: readonly TensorArgument[] }
  /** Numbers, flags and types: 64 bits as they are. */
  | { readonly kind: "bits"; readonly bits: bigint }
  | { readonly kind: "list"; readonly bits: readonly bigint[] }
  | { readonly kind: "text"; readonly text: string }
  /** What the operator may be called without is wrapped once more. */
  | { readonly kind: "present"; readonly argument: Argument };

type TensorArgument = Extract<Argument, { kind: "tensor" }>;

export interface Operator {
  readonly kind: "operator";
  readonly name: string;
  readonly overload: string;
  readonly arguments: readonly Argument[];
  readonly results: readonly Slot[];
  readonly node: Node;
}

/** left − alpha·right: adding, too, takes a kind of argument that the dispatcher's C interface refuses. */
export interface Subtraction {
  readonly kind: "subtraction";
  readonly left: Slot;
  readonly right: Slot;
  readonly alpha: number;
  readonly results: readonly [Slot];
  readonly node: Node;
}

export type Call = Operator | Subtraction;

export const absent: Argument = { kind: "bits", bits: 0n };

export function tensor(slot: Slot): TensorArgument {
  return { kind: "tensor", slot };
}

export function tensors(slots: readonly Slot[]): Argument {
  return { kind: "tensors", tensors: slots.map(tensor) };
}

export function present(argument: Argument): Argument {
  return { kind: "present", argument };
}

/** A tensor where the operator could do without. */
export function some(slot: Slot): Argument {
  return present(tensor(slot));
}

export function integer(value: number): Argument {
  return { kind: "bits", bits: BigInt.asUintN(64, BigInt(value)) };
}

export function integers(values: readonly number[]): Argument {
  return { kind: "list", bits: values.map((value) => BigInt.asUintN(64, BigInt(value))) };
}

export function real(value: number): Argument {
  return { kind: "bits", bits: new BigUint64Array(Float64Array.of(value).buffer)[0] };
}

export function flag(value: boolean): Argument {
  return { kind: "bits", bits: value ? 1n : 0n };
}

export function flags(values: readonly boolean[]): Argument {
  return { kind: "list", bits: values.map((value) => (value ? 1n : 0n)) };
}

export function text(value: string): Argument {
  return { kind: "text", text: value };
}

/** The slots that a call reads, as often as it reads them. */
export function readsOf(call: Call): readonly Slot[] {
  return call.kind === "subtraction" ? [call.left, call.right] : call.arguments.flatMap(slotsOf);
}

function slotsOf(argument: Argument): readonly Slot[] {
  switch (argument.kind) {
    case "tensor":
      return [argument.slot];
    case "tensors":
      return argument.tensors.flatMap(slotsOf);
    case "present":
      return slotsOf(argument.argument);
    case "bits":
    case "list":
    case "text":
      return [];
    default:
      return argument satisfies never;
  }
}

/** The argument with tensors replaced, from the last to the first. */
export function mapTensors(
  argument: Argument,
  change: (tensor: TensorArgument) => TensorArgument,
): Argument {
  switch (argument.kind) {
    case "tensor":
      return change(argument);
    case "tensors":
      return { ...argument, tensors: [...argument.tensors].reverse().map(change).reverse() };
    case "present":
      return { ...argument, argument: mapTensors(argument.argument, change) };
    case "bits":
    case "list":
    case "text":
      return argument;
    default:
      return argument satisfies never;
  }
}
