/**
 * The loops of a view. Until it is resized a pixel is a vector of four float32 (red, green, blue,
 * nothing), so that a weight times a pixel is one instruction whatever the band's first column is.
 * From then on a view is three planes, four pixels of which are a vector.
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

/** The constants of `down` and `paint`: where the map's twelve numbers are, then one per channel each. */
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

/** "plain": every channel of the map looks at its own colour alone, and nothing turns. */
export type PaintForm = "" | "Plain";

interface Painting {
  readonly form: PaintForm;
  readonly finish: Local;
  /** Where the red of the four pixels goes; moved from plane to plane. */
  readonly to: Local;
  readonly plane: Local;
  readonly red: Local;
  readonly green: Local;
  readonly blue: Local;
  /** Free to be used. */
  readonly value: Local;
}

/** The map, the bounds and the turn of four pixels, written to the three planes. */
function painter({ form, finish, to, plane, red, green, blue, value }: Painting): Code {
  const constant = (index: number) => four.loadSplat(finish.get, 4 * index);
  const mapped = (channel: number): Code => {
    const term = (colour: Local, i: number) =>
      four.multiply(colour.get, constant(finishing.map + 4 * channel + i));
    const linear =
      form === "Plain"
        ? term([red, green, blue][channel], channel)
        : four.add(four.add(term(red, 0), term(green, 1)), term(blue, 2));
    return four.add(linear, constant(finishing.map + 4 * channel + 3));
  };
  const painted = (channel: number): Code => {
    const bound = (first: number) => constant(first + channel);
    const advance = channel < 2 ? to.set(plus(to.get, plane.get)) : [];
    const bounded = four.least(
      bound(finishing.high),
      four.most(bound(finishing.low), mapped(channel)),
    );
    if (form === "Plain") return [...four.store(to.get, bounded), ...advance];
    return [
      ...value.set(bounded),
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
  return [...painted(0), ...painted(1), ...painted(2)];
}

/** The three colours of four pixels: of planes that lie `plane` bytes apart, from `from` on. */
function colours(from: Local, plane: Local, [red, green, blue]: readonly Local[]): Code {
  const second = plus(from.get, plane.get);
  return [
    ...red.set(four.load(from.get)),
    ...green.set(four.load(second)),
    ...blue.set(four.load(plus(second, plane.get))),
  ];
}

/** Planes of `area` numbers, mapped, clamped and solarised where they lie. */
function paint(form: PaintForm): Routine {
  return routine(
    `paint${form}`,
    ["planes", "plane", "area", "finish"],
    ({ planes, plane, area, finish }, local) => {
      const [i, to] = [local("i32"), local("i32")];
      const [red, green, blue, value] = [0, 1, 2, 3].map(() => local("v128"));
      return count(
        i,
        area.get,
        [
          ...to.set(at(planes, i, number)),
          ...colours(to, plane, [red, green, blue]),
          ...painter({ form, finish, to, plane, red, green, blue, value }),
        ],
        4,
      );
    },
  );
}

/**
 * own · colour + gray · colour + level, clamped to [0, 1], where the planes lie: five numbers at `shares`,
 * the middle three being the share of gray times each channel's in it.
 */
const blend = routine(
  "blend",
  ["planes", "plane", "area", "shares"],
  ({ planes, plane, area, shares }, local) => {
    const [i, to] = [local("i32"), local("i32")];
    const colour = [0, 1, 2].map(() => local("v128"));
    const [own, red, green, blue, level] = [0, 1, 2, 3, 4].map(() => local("v128"));
    const [common, one] = [local("v128"), local("v128")];
    const weighted = [red, green, blue].map((share, c) => four.multiply(share.get, colour[c].get));
    const blended = (c: number): Code => {
      const sum = four.add(four.multiply(own.get, colour[c].get), common.get);
      return four.store(to.get, four.least(one.get, four.most(four.zero, sum)));
    };
    const next = to.set(plus(to.get, plane.get));
    return [
      ...[own, red, green, blue, level].flatMap((number, k) =>
        number.set(four.loadSplat(shares.get, 4 * k)),
      ),
      ...one.set(four.splat(1)),
      ...count(
        i,
        area.get,
        [
          ...to.set(at(planes, i, number)),
          ...colours(to, plane, colour),
          ...common.set(weighted.reduce(four.add, level.get)),
          ...blended(0),
          ...next,
          ...blended(1),
          ...next,
          ...blended(2),
        ],
        4,
      ),
    ];
  },
);

/**
 * HSV's hue shifted by the number at `sixths`, in sixths of the circle from 0 to below 6, where the planes lie.
 * With the greatest channel v, the range c = greatest - least and the hue h in sixths, a channel is
 * v - c · max(0, min(k, 4 - k, 1)), k = (n + h) mod 6 and n = 5, 3, 1 for red, green, blue.
 */
const hue = routine(
  "hue",
  ["planes", "plane", "area", "sixths"],
  ({ planes, plane, area, sixths }, local) => {
    const [i, to] = [local("i32"), local("i32")];
    const [red, green, blue, most, range] = [0, 1, 2, 3, 4].map(() => local("v128"));
    const [inverse, angle, k] = [0, 1, 2].map(() => local("v128"));
    const between = (first: Local, second: Local, from: number): Code =>
      four.add(four.splat(from), four.multiply(four.subtract(first.get, second.get), inverse.get));
    const turned = (n: number): Code => [
      ...k.set(four.add(angle.get, four.splat(n))),
      ...k.set(
        four.subtract(
          k.get,
          four.multiply(four.splat(6), four.floor(four.multiply(k.get, four.splat(1 / 6)))),
        ),
      ),
      ...k.set(four.least(k.get, four.subtract(four.splat(4), k.get))),
      ...k.set(four.least(four.most(k.get, four.zero), four.splat(1))),
      ...four.store(to.get, four.subtract(most.get, four.multiply(range.get, k.get))),
    ];
    const next = to.set(plus(to.get, plane.get));
    return count(
      i,
      area.get,
      [
        ...to.set(at(planes, i, number)),
        ...colours(to, plane, [red, green, blue]),
        ...most.set(four.most(red.get, four.most(green.get, blue.get))),
        ...range.set(four.subtract(most.get, four.least(red.get, four.least(green.get, blue.get)))),
        // Of grays every difference is 0, whatever it is divided by.
        ...inverse.set(four.divide(four.splat(1), four.most(range.get, four.splat(1e-30)))),
        ...angle.set(
          four.select(
            between(green, blue, 0),
            four.select(
              between(blue, red, 2),
              between(red, green, 4),
              four.notBelow(green.get, most.get),
            ),
            four.notBelow(red.get, most.get),
          ),
        ),
        ...angle.set(four.add(angle.get, four.loadSplat(sixths.get))),
        ...turned(5),
        ...next,
        ...turned(3),
        ...next,
        ...turned(1),
      ],
      4,
    );
  },
);

/** Sums over the planes, one vector of four for each: `area` numbers and zeros up to the next four. */
const total = routine(
  "total",
  ["planes", "plane", "area", "sums"],
  ({ planes, plane, area, sums }, local) => {
    const [i, from] = [local("i32"), local("i32")];
    const colour = [0, 1, 2].map(() => local("v128"));
    const sum = [0, 1, 2].map(() => local("v128"));
    return [
      ...sum.flatMap((one) => one.set(four.zero)),
      ...count(
        i,
        area.get,
        [
          ...from.set(at(planes, i, number)),
          ...colours(from, plane, colour),
          ...sum.flatMap((one, c) => one.set(four.add(one.get, colour[c].get))),
        ],
        4,
      ),
      ...sum.flatMap((one, c) => four.store(sums.get, one.get, 16 * c)),
    ];
  },
);

/**
 * Ay · middle, four pixels at a time; then turned into three planes, mapped, clamped and solarised.
 * A row may write up to three numbers behind itself: the next row puts them right, and planes lie
 * `plane` bytes apart, which leaves room.
 */
function down(form: PaintForm): Routine {
  return routine(
    `down${form}`,
    ["middle", "pitch", "size", "taps", "first", "weights", "finish", "out", "plane"],
    ({ middle, pitch, size, taps, first, weights, finish, out, plane }, local) => {
      const [y, x, k] = [local("i32"), local("i32"), local("i32")];
      const [start, from, to, weight] = [local("i32"), local("i32"), local("i32"), local("i32")];
      const sums = [0, 1, 2, 3].map(() => local("v128"));
      const [splat, red, green, blue] = [0, 1, 2, 3].map(() => local("v128"));
      const [low, high, value] = [0, 1, 2].map(() => local("v128"));
      const painted = painter({ form, finish, to, plane, red, green, blue, value });
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
            ...painted,
          ],
          4,
        ),
      ]);
    },
  );
}

function at(base: Local, index: Local, bytes: Code): Code {
  return plus(base.get, times(index.get, bytes));
}

export const routines: readonly Routine[] = [
  ...Array.from({ length: unrolled + 1 }, (_, taps) => across(taps)),
  down(""),
  down("Plain"),
  paint(""),
  paint("Plain"),
  blend,
  hue,
  total,
];
