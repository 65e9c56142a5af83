/** The sum of what flows back into one tensor. */
import { add, concatenate, isOp, type Tensor } from "../graph/index.ts";

/**
 * What comes back from slices that cut a tensor apart along one axis is laid side by side: the same
 * sum, without adding up as many tensors full of zeros.
 */
export function accumulate(parts: readonly Tensor[]): Tensor {
  const [first, ...rest] = parts;
  if (rest.length === 0) return first;
  return joined(parts) ?? rest.reduce((total, part) => add(total, part), first);
}

interface Piece {
  readonly value: Tensor;
  readonly axis: number;
  readonly from: number;
  readonly to: number;
}

function joined(parts: readonly Tensor[]): Tensor | undefined {
  const pieces = parts.flatMap((part) => pieceOf(part) ?? []);
  if (pieces.length < parts.length) return undefined;
  const { axis } = pieces[0];
  const ordered = [...pieces].sort((a, b) => a.from - b.from);
  const tiles = ordered.every(
    (piece, i) => piece.axis === axis && piece.from === (i === 0 ? 0 : ordered[i - 1].to),
  );
  const whole = ordered[ordered.length - 1].to === parts[0].shape[axis];
  if (!tiles || !whole) return undefined;
  return concatenate(
    ordered.map(({ value }) => value),
    axis,
  );
}

/** A tensor padded along a single axis. */
function pieceOf({ node }: Tensor): Piece | undefined {
  if (!isOp(node, "pad")) return undefined;
  const [value] = node.inputs;
  const { before, after } = node.attributes;
  const padded = before.flatMap((count, axis) => (count + after[axis] > 0 ? [axis] : []));
  const [axis] = padded;
  if (padded.length !== 1 || value.kind !== "tensor") return undefined;
  return { value, axis, from: before[axis], to: before[axis] + value.shape[axis] };
}
