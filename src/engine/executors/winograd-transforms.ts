/**
 * The matrices of Winograd's F(4, 3), which gives 4 outputs of a filter of 3 from 6 products where the
 * definition takes 12: y = Aᵀ[(G g) ⊙ (Bᵀ d)], from Toom and Cook's interpolation at five points and
 * infinity (Winograd, Arithmetic Complexity of Computations, 1980; Lavin and Gray, arXiv:1509.09308).
 *
 * The points 0, ±3/4, ±3/2 are exact in float32 and leave a quarter of the error that the usual
 * 0, ±1, ±2 leave: 2.3e-12 against 8.7e-12 of the power of a sum over 256 channels.
 */
const points = [0, 0.75, -0.75, 1.5, -1.5] as const;

export const outputs = 4;
export const taps = 3;
/** Products of one tile, along one axis. */
export const products = outputs + taps - 1;

type Matrix = readonly (readonly number[])[];

const finite = points.map((_, i) => i);
const others = (i: number) => points.filter((_, j) => j !== i);
const powers = (count: number, point: number) =>
  Array.from({ length: count }, (_, k) => point ** k);

/** A, [6, 4]; G, [6, 3]; and Bᵀ, [6, 6]. */
const fromOutput: Matrix = [...finite.map((i) => powers(outputs, points[i])), unit(outputs)];
const fromFilter: Matrix = [
  ...finite.map((i) => {
    const scale = others(i).reduce((product, other) => product * (points[i] - other), 1);
    return powers(taps, points[i]).map((power) => power / scale);
  }),
  unit(taps),
];
const fromInput: Matrix = [...finite.map((i) => [...expand(others(i)), 0]), expand(points)];

/** Coefficients of Π (x − root), the constant first. */
function expand(roots: readonly number[]): number[] {
  let coefficients = [1];
  for (const root of roots) {
    const shifted = [0, ...coefficients];
    coefficients = shifted.map((above, k) => above - root * (coefficients[k] ?? 0));
  }
  return coefficients;
}

function unit(length: number): number[] {
  return Array.from({ length }, (_, k) => (k === length - 1 ? 1 : 0));
}

/** A row-major matrix as an executor takes it. */
export interface Flat {
  readonly shape: readonly [number, number];
  readonly values: Float32Array;
}

function flat(rows: number, columns: number, at: (row: number, column: number) => number): Flat {
  const values = Float32Array.from({ length: rows * columns }, (_, i) =>
    at(Math.floor(i / columns), i % columns),
  );
  return { shape: [rows, columns], values };
}

/** Bᵀ for one tile: from six positions to six products, [6, 6]. */
export const inputMatrix: Flat = matrixOf(fromInput);
/** Aᵀ for one tile: from six products to four positions, [4, 6]. */
export const outputMatrix: Flat = transposed(matrixOf(fromOutput));
/** A for one tile: from the gradients of four positions to those of six products, [6, 4]. */
export const outputGradientMatrix: Flat = matrixOf(fromOutput);

function matrixOf(matrix: Matrix): Flat {
  return flat(matrix.length, matrix[0].length, (row, column) => matrix[row][column]);
}

export function tilesOf(reduced: number): number {
  return Math.ceil(reduced / outputs);
}

/**
 * Bᵀ for all tiles along an axis: from `size` positions with `padding` zeros before them to the six
 * products of each tile, those of one place in the tile together: [6·tiles, size].
 */
export function spreadInput(
  tiles: number,
  { size, padding }: { size: number; padding: number },
): Flat {
  return flat(products * tiles, size, (row, column) => {
    const within = column + padding - outputs * (row % tiles);
    return fromInput[Math.floor(row / tiles)][within] ?? 0;
  });
}

/** Aᵀ for all tiles along an axis: from products in that order to positions, [reduced, 6·tiles]. */
export function gatherOutput(tiles: number, reduced: number): Flat {
  return transposed(spreadOutput(tiles, reduced));
}

/** A for all tiles along an axis: from positions of an output's gradient to products. */
export function spreadOutput(tiles: number, reduced: number): Flat {
  return flat(products * tiles, reduced, (row, column) => {
    const within = column - outputs * (row % tiles);
    return fromOutput[Math.floor(row / tiles)][within] ?? 0;
  });
}

/** G for both axes: from the nine weights, flipped if asked, to the 36 products: [36, 9]. */
export function spreadFilter({ flipped = false } = {}): Flat {
  return flat(products ** 2, taps ** 2, (row, column) => {
    const place = flipped ? taps ** 2 - 1 - column : column;
    const [i, j] = [Math.floor(row / products), row % products];
    return fromFilter[i][Math.floor(place / taps)] * fromFilter[j][place % taps];
  });
}

function transposed({ shape: [rows, columns], values }: Flat): Flat {
  return flat(columns, rows, (row, column) => values[column * columns + row]);
}
