/**
 * The loop of the sieve. Of each row of a block of bounds it finds the places that are not below the
 * row's floor, and of those the ones that stay when their bounds are drawn closer, stage by stage, by
 * inner products of what is recorded of the row and of the place.
 */
import {
  type Code,
  count,
  four,
  int,
  integer,
  type Local,
  plus,
  routine,
  times,
  walk,
} from "../../base/assembly/index.ts";

/**
 * Bytes of a stage's description, five numbers: where its records of the rows and of the places begin,
 * the bytes of a record (a multiple of 64), how far behind `floors` its own floors lie, and a factor
 * (float32).
 */
export const stageBytes = 20;

/** Places that a stage takes at once, so that what it loads of the row serves all of them. */
const together = 4;

const parameters = [
  // The block: `rows` rows of float32, `stride` bytes apart, of which the first `length` numbers count.
  ...(["bounds", "rows", "stride", "length"] as const),
  // One float32 a row.
  "floors",
  // What stays: numbers of places, from row to row `listStride` bytes apart, and how many (in bytes).
  ...(["list", "listStride", "counts"] as const),
  // Descriptions of the stages, one after another, and the row's number in their records.
  ...(["stages", "lastStage", "number"] as const),
  // Room for `length` numbers.
  "fours",
] as const;

type Given = Readonly<Record<(typeof parameters)[number], Local>>;
type Make = (type: "i32" | "v128") => Local;

/**
 * A stage replaces a place's bound b by factor · b + the inner product of its records.
 * Places come in fours, so the last ones may lie beyond `length`.
 */
export const sift = routine("sift", parameters, (given, local) => {
  const { rows, stride, floors, list, listStride, counts, stages, lastStage } = given;
  const [row, stage, end] = [local("i32"), local("i32"), local("i32")];
  const { bounds, number } = given;
  const forward = (at: Local, by: Code) => at.set(plus(at.get, by));
  const found = scan(given, end, local);
  const narrowed = narrow(given, { stage, end }, local);
  return count(row, rows.get, [
    ...found,
    ...stage.set(stages.get),
    ...walk(stage, lastStage.get, stageBytes, narrowed),
    ...int.store(counts.get, minus(end.get, list.get)),
    ...[counts, floors].flatMap((at) => forward(at, integer(4))),
    ...forward(bounds, stride.get),
    ...forward(list, listStride.get),
    ...forward(number, integer(1)),
  ]);
});

function minus(a: Code, b: Code): Code {
  return plus(a, times(b, integer(-1)));
}

/** First the fours with a place that is not below the floor, then the places. */
function scan({ bounds, length, floors, list, fours }: Given, end: Local, local: Make): Code {
  const [at, from, hits, bits] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const least = local("v128");
  const above = (address: Code) => four.notBelow(four.load(address), least.get);
  const first = int.load(from.get);
  return [
    ...least.set(four.loadSplat(floors.get)),
    ...from.set(bounds.get),
    ...hits.set(fours.get),
    ...count(
      at,
      length.get,
      [
        ...int.store(hits.get, at.get),
        ...hits.set(plus(hits.get, times(four.any(above(from.get)), integer(4)))),
        ...from.set(plus(from.get, integer(16))),
      ],
      4,
    ),
    ...end.set(list.get),
    ...from.set(fours.get),
    ...walk(from, hits.get, 4, [
      ...bits.set(four.bits(above(plus(bounds.get, times(first, integer(4)))))),
      ...[0, 1, 2, 3].flatMap((lane) => [
        ...int.store(end.get, plus(first, integer(lane))),
        ...end.set(plus(end.get, times(int.bit(bits.get, lane), integer(4)))),
      ]),
    ]),
  ];
}

interface Narrowing {
  readonly stage: Local;
  readonly end: Local;
}

/** One stage over the places from `list` to `end`, which is moved to the end of those that stay. */
function narrow(given: Given, { stage, end }: Narrowing, local: Make): Code {
  const { list, floors, number } = given;
  const [from, to, mine, bytes] = [local("i32"), local("i32"), local("i32"), local("i32")];
  const [least, factor] = [local("v128"), local("v128")];
  const few = { stage, from, to, mine, bytes, least, factor };
  const taking = [together, 1].map((places) => draw(places, given, few, local));
  return [
    ...bytes.set(int.load(stage.get, 8)),
    ...mine.set(plus(int.load(stage.get), times(number.get, bytes.get))),
    ...least.set(four.loadSplat(plus(floors.get, int.load(stage.get, 12)))),
    ...factor.set(four.loadSplat(stage.get, 16)),
    ...from.set(list.get),
    ...to.set(list.get),
    ...walk(from, end.get, 4 * together, taking[0]),
    ...walk(from, end.get, 4, taking[1]),
    ...end.set(to.get),
  ];
}

type Drawing = Readonly<
  Record<"stage" | "from" | "to" | "mine" | "bytes" | "least" | "factor", Local>
>;

/** Draws the bounds of so many places closer, and lists again those that stay. */
function draw(places: number, { bounds }: Given, few: Drawing, local: Make): Code {
  const { stage, from, to, mine, bytes, least, factor } = few;
  const [p, at, value] = [local("i32"), local("i32"), local("v128")];
  const each = Array.from({ length: places }, () => ({
    place: local("i32"),
    record: local("i32"),
    sums: [local("v128"), local("v128")],
  }));
  const begin = each.flatMap(({ place, record, sums }, i) => [
    ...place.set(int.load(from.get, 4 * i)),
    ...record.set(plus(int.load(stage.get, 4), times(place.get, bytes.get))),
    ...sums.flatMap((sum) => sum.set(four.zero)),
  ]);
  const step = [
    ...[0, 1, 2, 3].flatMap((part) => [
      ...value.set(four.load(at.get, 16 * part)),
      ...each.flatMap(({ record, sums }) => {
        const sum = sums[part % 2];
        const product = four.multiply(value.get, four.load(record.get, 16 * part));
        return sum.set(four.add(sum.get, product));
      }),
    ]),
    ...[at, ...each.map(({ record }) => record)].flatMap((address) =>
      address.set(plus(address.get, integer(64))),
    ),
  ];
  const finish = each.flatMap(({ place, sums: [sum, second] }) => {
    const bound = plus(bounds.get, times(place.get, integer(4)));
    const turned = (order: readonly [number, number, number, number]) =>
      sum.set(four.add(sum.get, four.pick(sum.get, sum.get, order)));
    return [
      ...sum.set(four.add(sum.get, second.get)),
      ...turned([2, 3, 0, 1]),
      ...turned([1, 0, 3, 2]),
      ...sum.set(four.add(sum.get, four.multiply(factor.get, four.loadSplat(bound)))),
      ...four.storeFirst(bound, sum.get),
      ...int.store(to.get, place.get),
      ...to.set(plus(to.get, times(four.any(four.notBelow(sum.get, least.get)), integer(4)))),
    ];
  });
  return [...begin, ...at.set(mine.get), ...count(p, bytes.get, step, 64), ...finish];
}
