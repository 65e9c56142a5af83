/** One matrix product on views of memory. */
import type { Strided } from "./held.ts";
import type { PostOp } from "./library.ts";
import type { Lowering } from "./lowering.ts";

/** Says which kernel multiplies. */
export function multiply(
  lowering: Lowering,
  [left, right]: readonly [Strided, Strided],
  {
    into,
    bias,
    post = [],
  }: { readonly into: Strided; readonly bias?: Strided; readonly post?: readonly PostOp[] },
): string {
  const layouts = {
    left: left.layout,
    right: right.layout,
    y: into.layout,
    ...(bias && { bias: bias.layout }),
  };
  const description = lowering.library.matmul(layouts, post);
  lowering.primitive(description, {
    reads: [["source", left], ["weights", right], ...(bias ? [["bias", bias] as const] : [])],
    writes: [["destination", into]],
  });
  return description?.kernel ?? "";
}
