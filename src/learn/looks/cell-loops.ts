/** The loop of a search: the products of many vectors with one, four vectors at a time. */
import {
  count,
  four,
  integer,
  plus,
  type Routine,
  routine,
  times,
} from "../../base/assembly/index.ts";

/**
 * `out[i] = rows[i] · query` for `number` rows of `bytes` bytes (a multiple of 16). Rows are taken by
 * four: behind the last one up to three more are read, and as many numbers written.
 */
const likenesses = routine(
  "likenesses",
  ["rows", "number", "bytes", "query", "out"],
  ({ rows, number, bytes, query, out }, local) => {
    const [i, k] = [local("i32"), local("i32")];
    const at = [0, 1, 2, 3].map(() => local("i32"));
    const sums = [0, 1, 2, 3].map(() => local("v128"));
    const [value, left, right] = [local("v128"), local("v128"), local("v128")];
    const [a, b, c, d] = sums.map((sum) => sum.get);
    const add = four.add;
    return count(
      i,
      number.get,
      [
        ...at[0].set(plus(rows.get, times(i.get, bytes.get))),
        ...[1, 2, 3].flatMap((row) => at[row].set(plus(at[row - 1].get, bytes.get))),
        ...sums.flatMap((sum) => sum.set(four.zero)),
        ...count(
          k,
          bytes.get,
          [
            ...value.set(four.load(plus(query.get, k.get))),
            ...sums.flatMap((sum, row) => {
              const part = four.load(plus(at[row].get, k.get));
              return sum.set(add(sum.get, four.multiply(part, value.get)));
            }),
          ],
          16,
        ),
        // Halves of two rows' sums beside each other, then both pairs'.
        ...left.set(add(four.pick(a, b, [0, 4, 1, 5]), four.pick(a, b, [2, 6, 3, 7]))),
        ...right.set(add(four.pick(c, d, [0, 4, 1, 5]), four.pick(c, d, [2, 6, 3, 7]))),
        ...four.store(
          plus(out.get, times(i.get, integer(4))),
          add(
            four.pick(left.get, right.get, [0, 1, 4, 5]),
            four.pick(left.get, right.get, [2, 3, 6, 7]),
          ),
        ),
      ],
      4,
    );
  },
);

export const routines: readonly Routine[] = [likenesses];
