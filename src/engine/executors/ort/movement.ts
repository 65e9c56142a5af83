/** Movement of data: shapes, slices, rows by index. */
import { sizeOf } from "../../graph/index.ts";
import { holdPlain, tensorsOf } from "./operands.ts";
import type { Rule } from "./rules.ts";

export const reshape: Rule<"reshape"> = (at) => {
  const { lowering, attributes } = at;
  holdPlain(at, lowering.reshape(lowering.plain(tensorsOf(at)[0]), attributes.shape));
  return "plain";
};

export const transpose: Rule<"transpose"> = (at) => {
  const { lowering, attributes } = at;
  holdPlain(at, lowering.transpose(lowering.plain(tensorsOf(at)[0]), attributes.permutation));
  return "plain";
};

export const broadcastTo: Rule<"broadcastTo"> = (at) => {
  const { lowering, attributes } = at;
  const inputs = [lowering.plain(tensorsOf(at)[0]), lowering.sizes(attributes.shape)];
  holdPlain(at, lowering.emit("Expand", inputs));
  return "plain";
};

export const slice: Rule<"slice"> = (at) => {
  const { lowering, attributes } = at;
  const { integers } = lowering.graph;
  const [x] = tensorsOf(at);
  const cut = x.shape.flatMap((size, axis) =>
    attributes.starts[axis] > 0 || attributes.ends[axis] < size ? [axis] : [],
  );
  const inputs = [
    lowering.plain(x),
    lowering.sizes(cut.map((axis) => attributes.starts[axis])),
    lowering.sizes(cut.map((axis) => attributes.ends[axis])),
    integers(cut),
  ];
  holdPlain(at, cut.length === 0 ? inputs[0] : lowering.emit("Slice", inputs));
  return "plain";
};

export const concatenate: Rule<"concatenate"> = (at) => {
  const { lowering, attributes } = at;
  const parts = tensorsOf(at).map(lowering.plain);
  holdPlain(at, lowering.emit("Concat", parts, { axis: attributes.axis }));
  return "plain";
};

export const pad: Rule<"pad"> = (at) => {
  const { lowering, attributes } = at;
  const amounts = lowering.graph.integers([...attributes.before, ...attributes.after]);
  holdPlain(at, lowering.emit("Pad", [lowering.plain(tensorsOf(at)[0]), amounts]));
  return "plain";
};

export const gather: Rule<"gather"> = (at) => {
  const { lowering } = at;
  holdPlain(at, lowering.emit("Gather", tensorsOf(at).map(lowering.plain), { axis: 0 }));
  return "plain";
};

/** ScatterElements adds in order, so equal indexes add up the same way each time. */
export const scatterAdd: Rule<"scatterAdd"> = (at) => {
  const { lowering, attributes } = at;
  const { emit, reshape: shaped, graph, scalar } = lowering;
  const [updates, indexes] = tensorsOf(at);
  const count = sizeOf(indexes.shape);
  const width = sizeOf(updates.shape.slice(indexes.shape.length));
  const rows = emit("Expand", [
    shaped(lowering.plain(indexes), [count, 1]),
    graph.integers([count, width]),
  ]);
  const zeros = emit("Expand", [scalar(0), graph.integers([attributes.rows, width])]);
  const flat = shaped(lowering.plain(updates), [count, width]);
  const added = emit("ScatterElements", [zeros, rows, flat], { axis: 0, reduction: "add" });
  const shape = [attributes.rows, ...updates.shape.slice(indexes.shape.length)];
  holdPlain(at, shaped(added, shape));
  return "scatter elements";
};
