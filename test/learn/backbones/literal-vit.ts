/** ViT-tiny with patches of 4 on one picture of 8 × 8, written down again as plain loops over rows. */
import { erf } from "../../../src/engine/executors/reference/erf.ts";

type Values = Readonly<Record<string, ArrayLike<number>>>;
type Rows = readonly (readonly number[])[];

const [side, patch, width, heads, depth] = [8, 4, 192, 3, 12];

export function literalVit(values: Values, picture: ArrayLike<number>) {
  const dense = (rows: Rows, name: string): number[][] => {
    const [weight, bias] = [values[`${name}/weight`], values[`${name}/bias`]];
    return rows.map((row) =>
      Array.from(bias, (b, j) =>
        row.reduce((sum, v, i) => sum + v * weight[i * bias.length + j], b),
      ),
    );
  };
  const norm = (rows: Rows, name: string): number[][] =>
    rows.map((row) => {
      const mean = row.reduce((sum, v) => sum + v, 0) / width;
      const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / width;
      const [scale, shift] = [values[`${name}/scale`], values[`${name}/shift`]];
      return row.map((v, i) => ((v - mean) / Math.sqrt(variance + 1e-6)) * scale[i] + shift[i]);
    });
  const plus = (left: Rows, right: Rows) =>
    left.map((row, t) => row.map((v, i) => v + right[t][i]));

  const cut: number[][] = [];
  for (let top = 0; top < side; top += patch) {
    for (let left = 0; left < side; left += patch) {
      const one: number[] = [];
      for (let c = 0; c < 3; c++) {
        for (let i = 0; i < patch; i++) {
          for (let j = 0; j < patch; j++) {
            one.push(picture[c * side * side + (top + i) * side + left + j]);
          }
        }
      }
      cut.push(one);
    }
  }
  const all = [Array.from(values.class), ...dense(cut, "patches")];
  let x = all.map((row, t) => row.map((v, i) => v + values.positions[t * width + i]));
  const stem = x[1].map((_, i) => (x[1][i] + x[2][i] + x[3][i] + x[4][i]) / 4);

  for (let b = 1; b <= depth; b++) {
    const at = `block${b}`;
    const qkv = dense(norm(x, `${at}/norm1`), `${at}/attention/qkv`);
    const each = width / heads;
    const mixed = x.map(() => new Array<number>(width).fill(0));
    for (let h = 0; h < heads; h++) {
      const part = (which: number, t: number) =>
        qkv[t].slice(which * width + h * each, which * width + (h + 1) * each);
      for (let t = 0; t < x.length; t++) {
        const scores = x.map((_, s) => {
          const key = part(1, s);
          return Math.exp(part(0, t).reduce((sum, q, i) => sum + q * key[i], 0) / Math.sqrt(each));
        });
        const total = scores.reduce((sum, score) => sum + score, 0);
        scores.forEach((score, s) => {
          part(2, s).forEach((v, i) => {
            mixed[t][h * each + i] += (score / total) * v;
          });
        });
      }
    }
    x = plus(x, dense(mixed, `${at}/attention/output`));
    const inner = dense(norm(x, `${at}/norm2`), `${at}/mlp/linear1`).map((row) =>
      row.map((v) => 0.5 * v * (1 + erf(v / Math.SQRT2))),
    );
    x = plus(x, dense(inner, `${at}/mlp/linear2`));
  }
  return { stem, y: norm([x[0]], "norm")[0] };
}
