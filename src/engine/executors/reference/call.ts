/** What a reference kernel is called with. */
import type { OpAttributes, OpName, Shape } from "../../graph/index.ts";

export interface Call<K extends OpName = OpName> {
  readonly attributes: OpAttributes[K];
  readonly inputs: readonly Float64Array[];
  /** The inputs' shapes; workspaces have none. */
  readonly shapes: readonly Shape[];
  /** The first output's shape. */
  readonly shape: Shape;
}

/** All outputs of the node, in float64; whole numbers too, and what a forward saves. */
export type Kernel<K extends OpName> = (call: Call<K>) => readonly Float64Array[];
