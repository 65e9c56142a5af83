/**
 * The loops of measures that pass over whole matrices, on vectors. Rows lie `pitch` bytes apart, a
 * multiple of 32, zeros filling them up; what is summed is float64.
 */
import {
  type Arena,
  type Code,
  count,
  four,
  int,
  integer,
  type Local,
  openArena,
  plus,
  type Routine,
  routine,
  two,
} from "../../base/assembly/index.ts";

/**
 * Rows are listed as pairs: where the row lies, and its class times 2 · `pitch`. To the class's sums,
 * `pitch` / 4 float64, f is added, or with `shifted` f - shift, and Σ‖f - shift‖² to its square: two
 * float64, to be added, that lie in `squares` as far in as its sums lie in `sums`.
 */
function sums(name: string, shifted: boolean): Routine {
  return routine(
    name,
    ["list", "rows", "pitch", "shifts", "sums", "squares"],
    ({ list, rows, pitch, shifts, sums: totals, squares: to }, local) => {
      const [row, p, from] = [local("i32"), local("i32"), local("i32")];
      const [shift, sum, square] = [local("i32"), local("i32"), local("i32")];
      const [value, low, high] = [local("v128"), local("v128"), local("v128")];
      const half = (squared: Local, part: number): Code => {
        const given = two.loadFloats(from.get, 8 * part);
        const added = (what: Code) =>
          four.store(sum.get, two.add(four.load(sum.get, 16 * part), what), 16 * part);
        if (!shifted) return added(given);
        return [
          ...value.set(two.subtract(given, four.load(shift.get, 16 * part))),
          ...squared.set(two.add(squared.get, two.multiply(value.get, value.get))),
          ...added(value.get),
        ];
      };
      return count(row, rows.get, [
        ...from.set(int.load(list.get)),
        ...shift.set(plus(shifts.get, int.load(list.get, 4))),
        ...sum.set(plus(totals.get, int.load(list.get, 4))),
        ...square.set(plus(to.get, int.load(list.get, 4))),
        ...list.set(plus(list.get, integer(8))),
        ...low.set(four.zero),
        ...high.set(four.zero),
        ...count(
          p,
          pitch.get,
          [
            ...[low, high, low, high].flatMap(half),
            ...from.set(plus(from.get, integer(32))),
            ...sum.set(plus(sum.get, integer(64))),
            ...(shifted ? shift.set(plus(shift.get, integer(64))) : []),
          ],
          32,
        ),
        ...(shifted
          ? four.store(square.get, two.add(four.load(square.get), two.add(low.get, high.get)))
          : []),
      ]);
    },
  );
}

/** Of each row two float64 whose sum is ‖f‖², to `out`. */
const squares = routine(
  "squares",
  ["from", "rows", "pitch", "out"],
  ({ from, rows, pitch, out }, local) => {
    const [row, p] = [local("i32"), local("i32")];
    const [value, low, high] = [local("v128"), local("v128"), local("v128")];
    const half = (sum: Local, part: number) => [
      ...value.set(two.loadFloats(from.get, 8 * part)),
      ...sum.set(two.add(sum.get, two.multiply(value.get, value.get))),
    ];
    return count(row, rows.get, [
      ...low.set(four.zero),
      ...high.set(four.zero),
      ...count(
        p,
        pitch.get,
        [...[low, high, low, high].flatMap(half), ...from.set(plus(from.get, integer(32)))],
        32,
      ),
      ...four.store(out.get, two.add(low.get, high.get)),
      ...out.set(plus(out.get, integer(16))),
    ]);
  },
);

const routines: readonly Routine[] = [sums("sums", false), sums("deviations", true), squares];

/** Memory of one's own for these loops: gives room for so many bytes. */
export function openLoops(): (bytes: number) => Arena {
  return openArena(routines);
}

/** Bytes from one row to the next. */
export function pitchOf(columns: number): number {
  return 32 * Math.ceil(columns / 8);
}
