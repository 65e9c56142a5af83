/**
 * The loops that make a picture smaller. A pixel is a vector of four float32 (red, green, blue,
 * nothing), so that a weight times a pixel is one instruction whatever the band's first place is.
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
} from "../base/assembly/index.ts";

const pixel = integer(16);
const number = integer(4);

/** Rows of bands of up to this many taps are written out; Lanczos has 13 where a side is halved. */
export const unrolled = 13;

/** Rows of bytes → pixels (into `line`, one row at a time) → rows of `size` pixels, `pitch` apart. */
function across(fixed: number): Routine {
  return routine(
    `across${fixed}`,
    [
      ...(["bytes", "height", "width", "line", "middle", "size", "pitch"] as const),
      ...(["taps", "first", "weights"] as const),
    ],
    ({ bytes, height, width, line, middle, size, pitch, taps, first, weights }, local) => {
      const [row, x, k] = [local("i32"), local("i32"), local("i32")];
      const [from, to, weight] = [local("i32"), local("i32"), local("i32")];
      const sum = local("v128");
      const band = weightedSum(fixed, { from, weight, sum, taps, counter: k });
      return count(row, height.get, [
        ...to.set(line.get),
        ...count(x, width.get, [
          ...four.store(to.get, four.loadBytes(bytes.get)),
          ...bytes.set(plus(bytes.get, integer(3))),
          ...to.set(plus(to.get, pixel)),
        ]),
        ...to.set(middle.get),
        ...weight.set(weights.get),
        ...count(x, size.get, [
          ...from.set(plus(line.get, times(int.load(at(first, x)), pixel))),
          ...band,
          ...four.store(to.get, sum.get),
          ...to.set(plus(to.get, pixel)),
        ]),
        ...middle.set(plus(middle.get, pitch.get)),
      ]);
    },
  );
}

const downParameters = [
  ...(["middle", "pitch", "rows", "columns"] as const),
  ...(["taps", "first", "weights", "out"] as const),
] as const;

/**
 * Rows of pixels → fewer rows, four pixels at a time; `write` puts them to `to`. A row writes up to
 * three pixels behind its end, which the next row puts right.
 */
function down(
  name: string,
  pixelBytes: number,
  write: (sums: readonly Code[], to: Code) => Code,
): Routine {
  return routine(
    name,
    downParameters,
    ({ middle, pitch, rows, columns, taps, first, weights, out }, local) => {
      const [y, x, k] = [local("i32"), local("i32"), local("i32")];
      const [start, from, weight] = [local("i32"), local("i32"), local("i32")];
      const [to, splat] = [local("i32"), local("v128")];
      const sums = [0, 1, 2, 3].map((): Local => local("v128"));
      return count(y, rows.get, [
        ...start.set(plus(middle.get, times(int.load(at(first, y)), pitch.get))),
        ...to.set(plus(out.get, times(times(y.get, columns.get), integer(pixelBytes)))),
        ...count(
          x,
          columns.get,
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
            ...write(
              sums.map((sum) => sum.get),
              to.get,
            ),
            ...to.set(plus(to.get, integer(4 * pixelBytes))),
          ],
          4,
        ),
      ]);
    },
  );
}

function at(base: Local, index: Local): Code {
  return plus(base.get, times(index.get, number));
}

export const routines: readonly Routine[] = [
  ...Array.from({ length: unrolled + 1 }, (_, taps) => across(taps)),
  down("down", 16, (sums, to) => sums.flatMap((sum, i) => four.store(to, sum, 16 * i))),
  down("downToBytes", 3, ([a, b, c, d], to) => four.storeBytes(to, [a, b, c, d])),
];
