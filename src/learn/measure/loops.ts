/**
 * The loops of measures that pass over whole matrices, on vectors. Rows lie `pitch` bytes apart, a
 * multiple of 32, zeros filling them up; what is summed is float64.
 */
import {
  type Code,
  count,
  four,
  int,
  integer,
  type Local,
  openArena,
  openSharedArena,
  plus,
  type Routine,
  routine,
  type SharedArena,
  two,
} from "../../base/assembly/index.ts";
import { aloneIn, type Memory } from "./memory.ts";

/** What a pass over classes gives: Σ f; the same and ‖f‖² of each row; Σ (f - shift) and Σ ‖f - shift‖². */
type Kind = "sums" | "lengths" | "deviations";

/**
 * Rows are listed as pairs: where the row lies, and how far in its class lies. To the class's sums,
 * `pitch` / 4 float64, f is added, or f - shift. Squares are two float64, to be added: those of a class
 * lie in `squares` as far in as its sums lie in `sums`, those of a row in the place of the row itself.
 */
function sums(kind: Kind): Routine {
  return routine(
    kind,
    ["list", "rows", "pitch", "shifts", "sums", "squares"],
    ({ list, rows, pitch, shifts, sums: totals, squares: to }, local) => {
      const [row, p, from] = [local("i32"), local("i32"), local("i32")];
      const [shift, sum, square] = [local("i32"), local("i32"), local("i32")];
      const [value, low, high] = [local("v128"), local("v128"), local("v128")];
      const half = (squared: Local, part: number): Code => {
        const given = two.loadFloats(from.get, 8 * part);
        const shifted = two.subtract(given, four.load(shift.get, 16 * part));
        const added = two.add(four.load(sum.get, 16 * part), value.get);
        const product = two.multiply(value.get, value.get);
        return [
          ...value.set(kind === "deviations" ? shifted : given),
          ...(kind === "sums" ? [] : squared.set(two.add(squared.get, product))),
          ...four.store(sum.get, added, 16 * part),
        ];
      };
      const both = two.add(low.get, high.get);
      const ends: Record<Kind, Code> = {
        sums: [],
        lengths: four.store(int.load(list.get), both),
        deviations: four.store(square.get, two.add(four.load(square.get), both)),
      };
      return count(row, rows.get, [
        ...from.set(int.load(list.get)),
        ...shift.set(plus(shifts.get, int.load(list.get, 4))),
        ...sum.set(plus(totals.get, int.load(list.get, 4))),
        ...square.set(plus(to.get, int.load(list.get, 4))),
        ...low.set(four.zero),
        ...high.set(four.zero),
        ...count(
          p,
          pitch.get,
          [
            ...[low, high, low, high].flatMap(half),
            ...from.set(plus(from.get, integer(32))),
            ...sum.set(plus(sum.get, integer(64))),
            ...(kind === "deviations" ? shift.set(plus(shift.get, integer(64))) : []),
          ],
          32,
        ),
        ...ends[kind],
        ...list.set(plus(list.get, integer(8))),
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

/** Of each row x of float64, and one `other` y, two float64 whose sum is ‖x - y‖², to `out`. */
const distances = routine(
  "distances",
  ["from", "rows", "pitch", "other", "out"],
  ({ from, rows, pitch, other, out }, local) => {
    const [row, p, at] = [local("i32"), local("i32"), local("i32")];
    const [value, low, high] = [local("v128"), local("v128"), local("v128")];
    const half = (sum: Local, part: number) => [
      ...value.set(two.subtract(four.load(from.get, 16 * part), four.load(at.get, 16 * part))),
      ...sum.set(two.add(sum.get, two.multiply(value.get, value.get))),
    ];
    return count(row, rows.get, [
      ...at.set(other.get),
      ...low.set(four.zero),
      ...high.set(four.zero),
      ...count(
        p,
        pitch.get,
        [
          ...[low, high].flatMap(half),
          ...[from, at].flatMap((address) => address.set(plus(address.get, integer(32)))),
        ],
        32,
      ),
      ...four.store(out.get, two.add(low.get, high.get)),
      ...out.set(plus(out.get, integer(16))),
    ]);
  },
);

const routines: readonly Routine[] = [
  sums("sums"),
  sums("lengths"),
  sums("deviations"),
  squares,
  distances,
];

const alone = openArena(routines);
let shared: { readonly threads: number; readonly arena: SharedArena & Disposable } | undefined;

/**
 * Room for so many bytes, the same for all: who uses it never waits in the middle. Pieces must not
 * depend on each other.
 */
export function roomFor(bytes: number, threads: number): Omit<Memory, typeof Symbol.dispose> {
  if (threads === 1) return aloneIn(alone(bytes));
  if (shared && (shared.threads < threads || shared.arena.bytes.length < bytes)) {
    shared.arena[Symbol.dispose]();
    shared = undefined;
  }
  shared ??= { threads, arena: openSharedArena(routines, { bytes, helpers: threads - 1 }) };
  const { arena } = shared;
  return { ...arena, begin: (name, pieces) => arena.begin(name, pieces, true) };
}

/** Bytes from one row to the next. */
export function pitchOf(columns: number): number {
  return 32 * Math.ceil(columns / 8);
}
