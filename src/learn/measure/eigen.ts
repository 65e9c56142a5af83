/**
 * Eigenvalues and vectors of a symmetric matrix in float64: Householder's reduction to tridiagonal
 * form, then QL with implicit shifts (Martin, Reinsch, Wilkinson 1968; Bowdler et al. 1968; the
 * `tred2`/`tql2` of EISPACK), laid out so that every inner loop runs along rows.
 */

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** `[size, size]`, one unit vector a row, in the order of the values. Empty if not asked for. */
  readonly vectors: Float64Array;
}

export interface EigenOptions {
  readonly vectors?: boolean;
}

/** Of the `[size, size]` matrix; only its lower triangle is read. */
export function symmetricEigen(
  matrix: Float64Array,
  size: number,
  { vectors = false }: EigenOptions = {},
): Eigen {
  const largest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Scaled to 1, so that squares of tiny entries do not vanish.
  const scale = largest > 0 ? largest : 1;
  const reduced = tridiagonalise(
    matrix.map((value) => value / scale),
    size,
  );
  const rows = vectors ? identity(size) : new Float64Array(0);
  diagonalise(reduced.diagonal, reduced.below, rows);
  if (vectors) for (const reflect of reduced.reflections) reflect(rows);
  const order = Uint32Array.from(reduced.diagonal.keys()).sort(
    (a, b) => reduced.diagonal[b] - reduced.diagonal[a] || a - b,
  );
  const sorted = new Float64Array(rows.length);
  if (vectors) {
    order.forEach((from, to) => {
      sorted.set(rows.subarray(from * size, (from + 1) * size), to * size);
    });
  }
  return {
    values: Float64Array.from(order, (at) => scale * reduced.diagonal[at]),
    vectors: sorted,
  };
}

/** Beside a largest entry of 1: far below rounding, and its square does not underflow. */
const negligible = Number.EPSILON ** 2;

/**
 * Reflects row after row, from the last, into tridiagonal form; works in place on `a`. The reflections,
 * applied in their order, turn what is tridiagonal back; applied from the last, they turn into it.
 */
export function tridiagonalise(a: Float64Array, n: number) {
  const below = new Float64Array(n);
  const reflections: ((rows: Float64Array) => void)[] = [];
  for (let i = n - 1; i >= 1; i--) {
    const u = a.subarray(i * n, i * n + i);
    const scale = u.reduce((sum, value) => sum + Math.abs(value), 0);
    if (i === 1 || scale <= negligible) {
      below[i] = u[i - 1];
      continue;
    }
    // u becomes the reflection's vector: the row above the diagonal goes to (0, …, 0, ∓‖u‖)
    const length = scale * Math.sqrt(u.reduce((sum, value) => sum + (value / scale) ** 2, 0));
    below[i] = u[i - 1] > 0 ? -length : length;
    const h = length * length - u[i - 1] * below[i];
    u[i - 1] -= below[i];
    subtractTwice(a, n, u, h);
    reflections.unshift(reflection(u, h, n));
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]), below, reflections };
}

/** A ← A - u qᵀ - q uᵀ on the lower triangle, with p = A u / h and q = p - (uᵀp / 2h) u. */
function subtractTwice(a: Float64Array, n: number, u: Float64Array, h: number): void {
  const m = u.length;
  const q = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    const uj = u[j];
    let sum = a[j * n + j] * uj;
    for (let k = 0, at = j * n; k < j; k++, at++) {
      sum += a[at] * u[k];
      q[k] += a[at] * uj;
    }
    q[j] += sum;
  }
  let along = 0;
  for (let j = 0; j < m; j++) {
    q[j] /= h;
    along += q[j] * u[j];
  }
  const share = along / (2 * h);
  for (let j = 0; j < m; j++) q[j] -= share * u[j];
  for (let j = 0; j < m; j++) {
    const [uj, qj] = [u[j], q[j]];
    for (let k = 0, at = j * n; k <= j; k++, at++) a[at] -= uj * q[k] + qj * u[k];
  }
}

/** v ← v - (u · v / h) u for every row v. */
function reflection(u: Float64Array, h: number, n: number): (rows: Float64Array) => void {
  return (rows) => {
    for (let start = 0; start < rows.length; start += n) {
      let along = 0;
      for (let k = 0; k < u.length; k++) along += u[k] * rows[start + k];
      along /= h;
      for (let k = 0; k < u.length; k++) rows[start + k] -= along * u[k];
    }
  };
}

/** QL with implicit shifts, in place; rotates neighbouring `rows` along if there are any. */
function diagonalise(d: Float64Array, below: Float64Array, rows: Float64Array): void {
  const n = d.length;
  const e = new Float64Array(n);
  e.set(below.subarray(1));
  for (let l = 0; l < n; l++) {
    for (let m = smallAfter(d, e, l); m !== l; m = smallAfter(d, e, l)) {
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.hypot(g, 1);
      g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
      let [sine, cosine, p] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i--) {
        const f = sine * e[i];
        const b = cosine * e[i];
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= p;
          e[m] = 0;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * sine + 2 * cosine * b;
        p = sine * r;
        d[i + 1] = g + p;
        g = cosine * r - b;
        if (rows.length > 0) rotate(rows, i * n, n, cosine, sine);
      }
      if (i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

/** The first place from `l` on where the matrix falls apart. */
function smallAfter(d: Float64Array, e: Float64Array, l: number): number {
  for (let m = l; m < d.length - 1; m++) {
    const size = Math.abs(d[m]) + Math.abs(d[m + 1]);
    // Turned around, so that NaN ends the search instead of prolonging it for ever.
    if (!(Math.abs(e[m]) > Number.EPSILON * size + negligible)) return m;
  }
  return d.length - 1;
}

function rotate(rows: Float64Array, start: number, n: number, cosine: number, sine: number): void {
  for (let upper = start, lower = start + n; upper < start + n; upper++, lower++) {
    const f = rows[lower];
    rows[lower] = sine * rows[upper] + cosine * f;
    rows[upper] = cosine * rows[upper] - sine * f;
  }
}

function identity(n: number): Float64Array {
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) values[i * n + i] = 1;
  return values;
}
