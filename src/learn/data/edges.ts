/**
 * What edges and colours tell of a picture, whatever its resolution: for each cell of a 4×4 grid a
 * histogram of gradient directions weighted by strength (after Dalal, Triggs, CVPR 2005; unsigned, 8
 * directions), the strongest gradient, the mean colour and the spread of brightness; then the mean and
 * the maximum of each over the cells. The same numbers at every side, so that sides can be compared.
 */

const cells = 4;
const directions = 8;
const perCell = directions + 1 + 3 + 1;

export const edgeColumns = (cells * cells + 2) * perCell;

/** Writes the description of `planes` `[3, side, side]`, 0 … 1, into `out` from `offset` on. */
export function describeEdges(
  planes: Float32Array,
  side: number,
  out: Float32Array,
  offset: number,
): void {
  const plane = side * side;
  const grey = new Float32Array(plane);
  for (let i = 0; i < plane; i++) {
    grey[i] = 0.299 * planes[i] + 0.587 * planes[plane + i] + 0.114 * planes[2 * plane + i];
  }
  const found = out.subarray(offset, offset + edgeColumns).fill(0);
  for (let cell = 0; cell < cells * cells; cell++) {
    describeCell({ planes, grey, side }, cell, found.subarray(cell * perCell));
  }
  const mean = found.subarray(cells * cells * perCell);
  const most = found.subarray((cells * cells + 1) * perCell);
  for (let feature = 0; feature < perCell; feature++) {
    most[feature] = found[feature];
    for (let cell = 0; cell < cells * cells; cell++) {
      const value = found[cell * perCell + feature];
      mean[feature] += value / (cells * cells);
      most[feature] = Math.max(most[feature], value);
    }
  }
}

interface Planes {
  readonly planes: Float32Array;
  readonly grey: Float32Array;
  readonly side: number;
}

function describeCell({ planes, grey, side }: Planes, cell: number, into: Float32Array): void {
  const at = (step: number) => Math.floor((step * side) / cells);
  const [row, column] = [Math.floor(cell / cells), cell % cells];
  const [top, bottom, left, right] = [at(row), at(row + 1), at(column), at(column + 1)];
  const count = Math.max(1, (bottom - top) * (right - left));
  let [strongest, sum, squares] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const i = y * side + x;
      const [dx, dy] = gradient(grey, side, x, y);
      const strength = Math.hypot(dx, dy);
      const turn = (Math.atan2(dy, dx) / Math.PI + 1) % 1;
      into[Math.min(directions - 1, Math.floor(turn * directions))] += strength / count;
      strongest = Math.max(strongest, strength);
      for (let c = 0; c < 3; c++) into[directions + 1 + c] += planes[c * side * side + i] / count;
      sum += grey[i];
      squares += grey[i] * grey[i];
    }
  }
  into[directions] = strongest;
  into[perCell - 1] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** Central differences; at the border one-sided. */
function gradient(grey: Float32Array, side: number, x: number, y: number): [number, number] {
  const [l, r] = [Math.max(0, x - 1), Math.min(side - 1, x + 1)];
  const [u, d] = [Math.max(0, y - 1), Math.min(side - 1, y + 1)];
  return [grey[y * side + r] - grey[y * side + l], grey[d * side + x] - grey[u * side + x]];
}
