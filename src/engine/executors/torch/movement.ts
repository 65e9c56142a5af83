/** Data that moves: mostly views, which copy nothing. */
import { type Edge, sizeOf } from "../../graph/index.ts";
import {
  type Argument,
  absent,
  flag,
  integer,
  integers,
  type Slot,
  tensor,
  tensors,
  text,
} from "./call.ts";
import type { Form } from "./lowering.ts";
import { asTensor, promoted, tensorsOf } from "./operands.ts";
import type { At, Rule } from "./rules.ts";

/** The same value under another name. */
export const kept: Rule<"stopGradient"> = (at) => {
  const { lowering, inputs, outputs } = at;
  lowering.hold(outputs[0], lowering.natural(inputs[0]), formOf(at));
  return "same value";
};

export const reshape: Rule<"reshape"> = (at) => {
  const { attributes } = at;
  // The library counts a shape with 0 in it as ambiguous only where a size is −1: none is.
  return view(at, "reshape", [integers(attributes.shape)]);
};

export const transpose: Rule<"transpose"> = (at) =>
  view(at, "permute", [integers(at.attributes.permutation)]);

export const broadcastTo: Rule<"broadcastTo"> = (at) =>
  view(at, "expand", [integers(at.attributes.shape), flag(false)]);

export const slice: Rule<"slice"> = (at) => {
  const { lowering, attributes, inputs, outputs } = at;
  const x = asTensor(inputs[0]);
  let slot = lowering.natural(x);
  for (const [axis, size] of x.shape.entries()) {
    const [start, end] = [attributes.starts[axis], attributes.ends[axis]];
    if (end - start === size) continue;
    slot = lowering.one("narrow", [tensor(slot), ...[axis, start, end - start].map(integer)]);
  }
  lowering.hold(outputs[0], lowering.asView(slot), formOf(at));
  return "view";
};

export const concatenate: Rule<"concatenate"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const parts = tensorsOf(at);
  const form = promoted(lowering, parts);
  const slots = parts.map(form === "half" ? lowering.half : lowering.full);
  lowering.hold(outputs[0], lowering.one("cat", [tensors(slots), integer(attributes.axis)]), form);
  return "copy";
};

export const pad: Rule<"pad"> = (at) => {
  const { lowering, attributes, inputs, outputs } = at;
  // The library counts axes from the last, each with what comes before and after it.
  const amounts = attributes.before
    .map((before, axis) => [before, attributes.after[axis]])
    .reverse()
    .flat();
  const args = [tensor(lowering.full(inputs[0])), integers(amounts), text("constant"), absent];
  lowering.hold(outputs[0], lowering.asView(lowering.one("pad", args)));
  return "copy";
};

/** Indexes were checked on the host before the run (`indexes.ts`). */
export const gather: Rule<"gather"> = (at) => {
  const { lowering, outputs } = at;
  const [table, indexes] = tensorsOf(at);
  const flat = lowering.one("reshape", [
    tensor(lowering.full(indexes)),
    integers([sizeOf(indexes.shape)]),
  ]);
  const rows = lowering.one("index_select", [
    tensor(lowering.full(table)),
    integer(0),
    tensor(flat),
  ]);
  const shape = integers([...indexes.shape, ...table.shape.slice(1)]);
  lowering.hold(outputs[0], lowering.one("reshape", [tensor(rows), shape]));
  return "rows";
};

/** The gradient of an embedding: equal indexes add up, in the same order each time. */
export const scatterAdd: Rule<"scatterAdd"> = (at) => {
  const { lowering, attributes, outputs } = at;
  const [updates, indexes] = tensorsOf(at);
  const [count, rest] = [sizeOf(indexes.shape), updates.shape.slice(indexes.shape.length)];
  const shaped = (slot: Slot, shape: readonly number[]) =>
    lowering.one("reshape", [tensor(slot), integers(shape)]);
  const added = lowering.one("embedding_dense_backward", [
    tensor(shaped(lowering.full(updates), [count, sizeOf(rest)])),
    tensor(shaped(lowering.full(indexes), [count])),
    integer(attributes.rows),
    integer(-1),
    flag(false),
  ]);
  lowering.hold(outputs[0], shaped(added, [attributes.rows, ...rest]));
  return "gradient of an embedding";
};

function view(at: At, name: string, args: readonly Argument[]): string {
  const { lowering, inputs, outputs } = at;
  const slot = lowering.one(name, [tensor(lowering.natural(inputs[0])), ...args]);
  lowering.hold(outputs[0], lowering.asView(slot), formOf(at));
  return "view";
}

function formOf({
  lowering,
  inputs: [x],
}: {
  lowering: At["lowering"];
  inputs: readonly Edge[];
}): Form {
  return lowering.isHalf(x) ? "half" : "full";
}
