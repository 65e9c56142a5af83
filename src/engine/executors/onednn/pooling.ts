/** Max pooling; the workspace is the library's own. */
import type { Tensor } from "../../graph/index.ts";
import { type Held, isStrided } from "./held.ts";
import { activationType, type Lowering, tensorsOf } from "./lowering.ts";
import { isPositionsFirst } from "./positions-first.ts";
import type { Rule } from "./rules.ts";

export const maxPool: Rule<"maxPool"> = ({ lowering, inputs, outputs, attributes }) => {
  const { library } = lowering;
  const [x] = tensorsOf(inputs);
  const [y] = tensorsOf(outputs);
  const given = pooled(lowering, x);
  const at = spatialOf(attributes);
  const layouts = { x: given.layout, y: library.anyLayout(y.shape, given.layout.type) };
  const description = library.pool("max", layouts, at);
  if (!description) return lowering.refuse();
  const made = lowering.make(description.layout("destination"));
  const workspace = lowering.make(description.layout("workspace"));
  lowering.primitive(description, {
    reads: [["source", given]],
    writes: [
      ["destination", made],
      ["workspace", workspace],
    ],
  });
  lowering.hold(y, made);
  lowering.hold(outputs[1], workspace);
  return `${given.layout.type} ${description.kernel}`;
};

export const maxPoolGradient: Rule<"maxPoolGradient"> = ({
  lowering,
  inputs,
  outputs,
  attributes,
}) => {
  const { library } = lowering;
  const [x, dy] = tensorsOf(inputs);
  const [workspace] = lowering.forms(inputs[2]);
  const given = pooled(lowering, x);
  const at = spatialOf(attributes);
  const layouts = {
    x: given.layout,
    y: library.anyLayout(dy.shape, activationType(lowering, x.shape)),
  };
  const forward = library.pool("max", layouts, at);
  const description =
    forward &&
    library.poolGradient(
      "max",
      { x: given.layout, y: forward.layout("destination") },
      { ...at, forward },
    );
  if (!description || !forward) return lowering.refuse();
  const along = lowering.as(dy, description.layout("destinationGradient"));
  library.destroyDescriptions([forward]);
  const made = lowering.make(description.layout("sourceGradient"));
  lowering.primitive(description, {
    reads: [
      ["destinationGradient", along],
      ["workspace", workspace],
    ],
    writes: [["sourceGradient", made]],
  });
  lowering.hold(outputs[0], made);
  return `${given.layout.type} ${description.kernel}`;
};

/** In the library's own layout where there is one; it has no kernel for positions first. */
export function pooled(lowering: Lowering, x: Tensor): Held {
  const { library } = lowering;
  const own = lowering.forms(x).find((one) => !isStrided(one) && !isPositionsFirst(library, one));
  return own ?? lowering.dense(x);
}

function spatialOf({
  kernel,
  stride,
  padding,
}: {
  kernel: readonly number[];
  stride: readonly number[];
  padding: readonly number[];
}) {
  return { kernel, strides: stride, before: padding, after: padding };
}
