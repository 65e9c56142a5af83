/**
 * The two loops of a view. A pixel is a vector of four float32 (red, green, blue, nothing), so that
 * a weight times a pixel is one instruction whatever the band's first column is.
 */
import {
  type Code,
  count,
  four,
  int,
  integer,
  type Local,
  plus,
  type Routine,
  routine,
  times,
  weightedSum,
} from "../../../base/assembly/index.ts";

const pixel = integer(16);
const number = integer(4);

/** Bands of up to this many taps have a loop of their own, without a counter inside. */
export const unrolled = 4;

/** The constants of `down`: where the map's twelve numbers are, then one per channel each. */
export const finishing = { map: 0, low: 12, high: 15, turn: 18, sum: 21, numbers: 24 } as const;

/**
 * Rows of bytes → pixels (into `line`, one row at a time) → X · Axᵀ (`middle`, `height` rows). On the
 * way the mean colour, by the shares of rows and columns in it. `taps` 0 counts them at run time.
 */
function across(fixed: number): Routine {
  return routine(
    `across${fixed}`,
    [
      ...(["bytes", "stride", "height", "width", "line", "middle", "size", "pitch"] as const),
      ...(["taps", "first", "weights", "rowShares", "columnShares", "mean"] as const),
    ],
    (given, local) => {
      const { bytes, stride, height, width, line, middle, size, pitch } = given;
      const { taps, first, weights, rowShares, columnShares, mean } = given;
      const [row, x, k] = [local("i32"), local("i32"), local("i32")];
      const [from, to, weight] = [local("i32"), local("i32"), local("i32")];
      const [value, sum, total] = [local("v128"), local("v128"), local("v128")];
      const band = weightedSum(fixed, { from, weight, sum, taps, counter: k });
      return [
        ...total.set(four.zero),
        ...count(row, height.get, [
          ...sum.set(four.zero),
          ...from.set(bytes.get),
          ...to.set(line.get),
          ...weight.set(columnShares.get),
          ...count(x, width.get, [
            ...value.set(four.loadBytes(from.get)),
            ...four.store(to.get, value.get),
            ...sum.set(four.add(sum.get, four.multiply(value.get, four.loadSplat(weight.get)))),
            ...from.set(plus(from.get, integer(3))),
            ...to.set(plus(to.get, pixel)),
            ...weight.set(plus(weight.get, number)),
          ]),
          ...total.set(
            four.add(total.get, four.multiply(sum.get, four.loadSplat(at(rowShares, row, number)))),
          ),
          ...to.set(middle.get),
          ...weight.set(weights.get),
          ...count(x, size.get, [
            ...from.set(plus(line.get, times(int.load(at(first, x, number)), pixel))),
            ...band,
            ...four.store(to.get, sum.get),
            ...to.set(plus(to.get, pixel)),
          ]),
          ...bytes.set(plus(bytes.get, stride.get)),
          ...middle.set(plus(middle.get, pitch.get)),
        ]),
        ...four.store(mean.get, total.get),
      ];
    },
  );
}

/**
 * Ay · middle, four pixels at a time; then turned into three planes, mapped, clamped and solarised.
 * A row may write up to three numbers behind itself: the next row puts them right, and planes lie
 * `plane` bytes apart, which leaves room.
 */
const down = routine(
  "down",
  ["middle", "pitch", "size", "taps", "first", "weights", "finish", "out", "plane"],
  ({ middle, pitch, size, taps, first, weights, finish, out, plane }, local) => {
    const [y, x, k] = [local("i32"), local("i32"), local("i32")];
    const [start, from, to, weight] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const sums = [0, 1, 2, 3].map(() => local("v128"));
    const [splat, red, green, blue] = [0, 1, 2, 3].map(() => local("v128"));
    const [low, high, value] = [0, 1, 2].map(() => local("v128"));
    const constant = (index: number) => four.loadSplat(finish.get, 4 * index);
    const mapped = (channel: number): Code => {
      const term = (colour: Local, i: number) =>
        four.multiply(colour.get, constant(finishing.map + 4 * channel + i));
      const linear = four.add(four.add(term(red, 0), term(green, 1)), term(blue, 2));
      return four.add(linear, constant(finishing.map + 4 * channel + 3));
    };
    const finished = (channel: number): Code => {
      const bound = (first: number) => constant(first + channel);
      const advance = channel < 2 ? to.set(plus(to.get, plane.get)) : [];
      return [
        ...value.set(
          four.least(bound(finishing.high), four.most(bound(finishing.low), mapped(channel))),
        ),
        ...four.store(
          to.get,
          four.select(
            four.subtract(bound(finishing.sum), value.get),
            value.get,
            four.notBelow(value.get, bound(finishing.turn)),
          ),
        ),
        ...advance,
      ];
    };
    const [a, b, c, d] = sums;
    return count(y, size.get, [
      ...start.set(plus(middle.get, times(int.load(at(first, y, number)), pitch.get))),
      ...count(
        x,
        size.get,
        [
          ...from.set(plus(start.get, times(x.get, pixel))),
          ...weight.set(plus(weights.get, times(times(y.get, taps.get), number))),
          ...sums.flatMap((sum) => sum.set(four.zero)),
          ...count(k, taps.get, [
            ...splat.set(four.loadSplat(weight.get)),
            ...sums.flatMap((sum, i) =>
              sum.set(four.add(sum.get, four.multiply(splat.get, four.load(from.get, 16 * i)))),
            ),
            ...from.set(plus(from.get, pitch.get)),
            ...weight.set(plus(weight.get, number)),
          ]),
          // r0 g0 r1 g1 and r2 g2 r3 g3 hold two colours each.
          ...low.set(four.pick(a.get, b.get, [0, 1, 4, 5])),
          ...high.set(four.pick(c.get, d.get, [0, 1, 4, 5])),
          ...red.set(four.pick(low.get, high.get, [0, 2, 4, 6])),
          ...green.set(four.pick(low.get, high.get, [1, 3, 5, 7])),
          ...low.set(four.pick(a.get, b.get, [2, 3, 6, 7])),
          ...high.set(four.pick(c.get, d.get, [2, 3, 6, 7])),
          ...blue.set(four.pick(low.get, high.get, [0, 2, 4, 6])),
          ...to.set(plus(out.get, times(plus(times(y.get, size.get), x.get), number))),
          ...finished(0),
          ...finished(1),
          ...finished(2),
        ],
        4,
      ),
    ]);
  },
);

function at(base: Local, index: Local, bytes: Code): Code {
  return plus(base.get, times(index.get, bytes));
}

export const routines: readonly Routine[] = [
  ...Array.from({ length: unrolled + 1 }, (_, taps) => across(taps)),
  down,
];
