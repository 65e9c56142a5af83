/**
 * The matrices of Winograd's F(m, r), which gives m outputs of a filter of r from m + r − 1 products where
 * the definition takes m·r: y = Aᵀ[(G g) ⊙ (Bᵀ d)], from Toom and Cook's interpolation at finite points
 * and infinity (Winograd, Arithmetic Complexity of Computations, 1980; Lavin and Gray, arXiv:1509.09308).
 */
type Matrix = readonly (readonly number[])[];

interface Interpolation {
  /** A, [products, m]; G, [products, r]; and Bᵀ, [products, products]. */
  readonly fromOutput: Matrix;
  readonly fromFilter: Matrix;
  readonly fromInput: Matrix;
}

function interpolation(
  points: readonly number[],
  { outputs, taps }: { readonly outputs: number; readonly taps: number },
): Interpolation {
  const others = (i: number) => points.filter((_, j) => j !== i);
  const powers = (count: number, point: number) =>
    Array.from({ length: count }, (_, k) => point ** k);
  const scales = points.map((point, i) =>
    others(i).reduce((product, other) => product * (point - other), 1),
  );
  return {
    fromOutput: [...points.map((point) => powers(outputs, point)), unit(outputs, outputs - 1)],
    fromFilter: [
      ...points.map((point, i) => powers(taps, point).map((power) => power / scales[i])),
      unit(taps, taps - 1),
    ],
    fromInput: [...points.map((_, i) => [...expand(others(i)), 0]), expand(points)],
  };
}

/** Coefficients of Π (x − root), the constant first. */
function expand(roots: readonly number[]): number[] {
  let coefficients = [1];
  for (const root of roots) {
    const shifted = [0, ...coefficients];
    coefficients = shifted.map((above, k) => above - root * (coefficients[k] ?? 0));
  }
  return coefficients;
}

function unit(length: number, place: number): number[] {
  return Array.from({ length }, (_, k) => (k === place ? 1 : 0));
}

export const outputs = 4;
export const taps = 3;
/** Products of one tile, along one axis. */
export const products = outputs + taps - 1;

/**
 * F(4, 3). The points 0, ±3/4, ±3/2 are exact in float32 and leave a quarter of the error that the usual
 * 0, ±1, ±2 leave: 2.3e-12 against 8.7e-12 of the power of a sum over 256 channels.
 */
const { fromOutput, fromFilter, fromInput } = interpolation([0, 0.75, -0.75, 1.5, -1.5], {
  outputs,
  taps,
});

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

/** One way to compute a filter of three along an axis, tile by tile, from products. */
export interface Scheme {
  /** Positions of the input from one tile to the next. */
  readonly step: number;
  /** Positions of the input that a tile reads. */
  readonly reach: number;
  /** Positions of the result that a tile gives. */
  readonly outputs: number;
  readonly products: number;
  /** Bᵀ, [products, reach]. */
  readonly input: Flat;
  /** Aᵀ, [outputs, products]. */
  readonly output: Flat;
  /** A: from the gradients of the outputs to those of the products, [products, outputs]. */
  readonly outputGradient: Flat;
  /** G for both axes: from the nine weights, flipped if asked, to all products: [products², 9]. */
  filter(options?: { readonly flipped?: boolean }): Flat;
}

/** Six products for four neighbouring outputs. */
export const neighbours: Scheme = scheme({
  step: outputs,
  input: fromInput,
  filter: fromFilter,
  output: fromOutput,
});

/**
 * F(4, 2), for the outer two taps of a filter that goes in steps of two: they meet every other position,
 * and the tap between them the others. Points ±1/2, ±3/2: a third of the error of F(4, 3).
 */
const outer = interpolation([0.5, -0.5, 1.5, -1.5], { outputs, taps: 2 });
const places = [0, 1, 2, 3] as const;
const inOuterAndMiddle: Matrix = [
  ...outer.fromFilter.map(([first, last]) => [first, 0, last]),
  ...places.map(() => [0, 1, 0]),
];

/** Stride two: nine products for four outputs, where the definition takes twelve. */
export const halving: Scheme = scheme({
  step: 2 * outputs,
  input: [
    ...outer.fromInput.map((row) => spaced(row, 9)),
    ...places.map((place) => unit(9, 2 * place + 1)),
  ],
  filter: inOuterAndMiddle,
  output: [...outer.fromOutput, ...places.map((place) => unit(outputs, place))],
});

/**
 * The data gradient of stride two with padding one, given the filter flipped: from every four positions of
 * the result's gradient eight of the input's, those at even places by the middle tap alone.
 */
export const doubling: Scheme = scheme({
  step: outputs,
  input: [...outer.fromInput, ...places.map((place) => unit(5, place))],
  filter: inOuterAndMiddle,
  output: [
    ...outer.fromOutput.map((row) => [0, ...spaced(row, 2 * outputs - 1)]),
    ...places.map((place) => unit(2 * outputs, 2 * place)),
  ],
});

function scheme({
  step,
  input,
  filter,
  output,
}: {
  readonly step: number;
  readonly input: Matrix;
  readonly filter: Matrix;
  readonly output: Matrix;
}): Scheme {
  return {
    step,
    reach: input[0].length,
    outputs: output[0].length,
    products: input.length,
    input: matrixOf(input),
    output: transposed(matrixOf(output)),
    outputGradient: matrixOf(output),
    filter: ({ flipped = false } = {}) => bothAxes(filter, flipped),
  };
}

/** The numbers at every other place, zeros between them. */
function spaced(row: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, k) => (k % 2 === 0 ? (row[k / 2] ?? 0) : 0));
}

function bothAxes(filter: Matrix, flipped: boolean): Flat {
  const side = filter.length;
  return flat(side ** 2, taps ** 2, (row, column) => {
    const place = flipped ? taps ** 2 - 1 - column : column;
    const [i, j] = [Math.floor(row / side), row % side];
    return filter[i][Math.floor(place / taps)] * filter[j][place % taps];
  });
}

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
export const spreadFilter = neighbours.filter;

function transposed({ shape: [rows, columns], values }: Flat): Flat {
  return flat(columns, rows, (row, column) => values[column * columns + row]);
}
