/** Vectors of correlated normals, made independent and of variance 1: L⁻¹ v with L Lᵀ the covariance. */

export type Whitening = (values: Float64Array) => Float64Array;

/** `[n, n]`, positive definite; Cholesky's factor once, a forward substitution for each vector. */
export function whitening(covariance: Float64Array): Whitening {
  const n = Math.sqrt(covariance.length);
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = covariance[i * n + j];
      for (let k = 0; k < j; k++) rest -= factor[i * n + k] * factor[j * n + k];
      factor[i * n + j] = i === j ? Math.sqrt(Math.max(rest, 1e-12)) : rest / factor[j * n + j];
    }
  }
  return (values) => {
    const found = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let rest = values[i];
      for (let k = 0; k < i; k++) rest -= factor[i * n + k] * found[k];
      found[i] = rest / factor[i * n + i];
    }
    return found;
  };
}
