/** Cases of ops that move data. */
import {
  broadcastTo,
  concatenate,
  gather,
  pad,
  reshape,
  scatterAdd,
  slice,
  transpose,
} from "../../../src/engine/index.ts";
import {
  type Case,
  type CaseTable,
  exact,
  gaussian,
  given,
  indexes,
  rounding,
  summed,
} from "./case.ts";

const moving = {
  tolerance: exact,
  gradientTolerance: summed,
  gradient: "checked",
  nan: "as reference",
  infinity: "as reference",
} as const;

type Movements =
  | ("reshape" | "transpose" | "broadcastTo" | "slice")
  | ("concatenate" | "pad" | "gather" | "scatterAdd");

export const movements: Pick<CaseTable, Movements> = {
  reshape: {
    ...moving,
    cases: [
      { name: "flattened", inputs: [gaussian(2, 3, 4)], build: (x) => reshape(x, [2, -1]) },
      { name: "to a scalar", inputs: [gaussian(1, 1)], build: (x) => reshape(x, []) },
      { name: "from a scalar", inputs: [gaussian()], build: (x) => reshape(x, [1, 1]) },
      { name: "split", inputs: [gaussian(6, 4)], build: (x) => reshape(x, [2, 3, 2, 2]) },
      {
        name: "whole numbers",
        inputs: [indexes(9, 6)],
        build: (x) => reshape(x, [2, 3]),
        kinks: "whole numbers carry no gradient",
      },
      { name: "empty", inputs: [gaussian(0, 3)], build: (x) => reshape(x, [3, 0]) },
    ],
    speed: {
      name: "flatten",
      inputs: [gaussian(64, 64, 32, 32)],
      build: (x) => reshape(x, [64, -1]),
    },
  },
  transpose: {
    ...moving,
    cases: [
      { name: "a matrix", inputs: [gaussian(3, 5)], build: (x) => transpose(x) },
      { name: "the last two", inputs: [gaussian(2, 3, 4)], build: (x) => transpose(x) },
      {
        name: "a turn of three",
        inputs: [gaussian(2, 3, 4)],
        build: (x) => transpose(x, [1, 2, 0]),
      },
      { name: "heads", inputs: [gaussian(2, 3, 2, 4)], build: (x) => transpose(x, [0, 2, 1, 3]) },
      {
        name: "channels last",
        inputs: [gaussian(2, 3, 4, 5)],
        build: (x) => transpose(x, [0, 2, 3, 1]),
      },
      { name: "left as it is", inputs: [gaussian(2, 3)], build: (x) => transpose(x, [0, 1]) },
      { name: "one axis", inputs: [gaussian(3)], build: (x) => transpose(x, [0]) },
      { name: "empty", inputs: [gaussian(0, 3)], build: (x) => transpose(x) },
      {
        name: "whole numbers",
        inputs: [indexes(9, 2, 3)],
        build: (x) => transpose(x),
        kinks: "whole numbers carry no gradient",
      },
    ],
    speed: {
      name: "heads of ViT",
      inputs: [gaussian(256, 65, 3, 64)],
      build: (x) => transpose(x, [0, 2, 1, 3]),
    },
  },
  broadcastTo: {
    ...moving,
    cases: [
      { name: "a scalar", inputs: [gaussian()], build: (x) => broadcastTo(x, [2, 3]) },
      { name: "a row", inputs: [gaussian(3)], build: (x) => broadcastTo(x, [2, 3]) },
      { name: "a column", inputs: [gaussian(2, 1)], build: (x) => broadcastTo(x, [2, 3]) },
      {
        name: "both ends",
        inputs: [gaussian(1, 3, 1)],
        build: (x) => broadcastTo(x, [4, 2, 3, 5]),
      },
      { name: "to nothing", inputs: [gaussian(1, 3)], build: (x) => broadcastTo(x, [0, 3]) },
    ],
    speed: {
      name: "pixels from means",
      inputs: [gaussian(64, 64, 1, 1)],
      build: (x) => broadcastTo(x, [64, 64, 32, 32]),
    },
  },
  slice: {
    ...moving,
    cases: [
      { name: "the middle", inputs: [gaussian(4, 5)], build: (x) => slice(x, [1, 2], [3, 5]) },
      { name: "one element", inputs: [gaussian(3, 3)], build: (x) => slice(x, [2, 0], [3, 1]) },
      { name: "all", inputs: [gaussian(2, 2)], build: (x) => slice(x, [0, 0], [2, 2]) },
      { name: "nothing", inputs: [gaussian(3, 2)], build: (x) => slice(x, [1, 0], [1, 2]) },
      {
        name: "a token",
        inputs: [gaussian(2, 5, 3)],
        build: (x) => slice(x, [0, 0, 0], [2, 1, 3]),
      },
      {
        name: "whole numbers",
        inputs: [indexes(9, 4)],
        build: (x) => slice(x, [1], [3]),
        kinks: "whole numbers carry no gradient",
      },
    ],
    speed: {
      name: "half of a batch",
      inputs: [gaussian(512, 1024)],
      build: (x) => slice(x, [256, 0], [512, 1024]),
    },
  },
  concatenate: {
    ...moving,
    cases: [
      joined("two views", 0, [3, 4], [2, 4]),
      joined("channels", 1, [2, 1, 3], [2, 3, 3], [2, 2, 3]),
      joined("the last axis", 2, [2, 2, 1], [2, 2, 3]),
      joined("one part", 0, [2, 2]),
      joined("an empty part", 0, [2, 2], [0, 2], [1, 2]),
      { name: "the same twice", inputs: [gaussian(2, 2)], build: (x) => concatenate([x, x], 1) },
    ],
    speed: joined("views", 0, [256, 1024], [256, 1024]),
  },
  pad: {
    ...moving,
    cases: [
      {
        name: "a picture",
        inputs: [gaussian(1, 2, 3, 3)],
        build: (x) => pad(x, [0, 0, 1, 2], [0, 0, 2, 0]),
      },
      { name: "a matrix", inputs: [gaussian(2, 3)], build: (x) => pad(x, [1, 0], [0, 2]) },
      { name: "by nothing", inputs: [gaussian(2, 3)], build: (x) => pad(x, [0, 0], [0, 0]) },
      { name: "from nothing", inputs: [gaussian(0, 2)], build: (x) => pad(x, [1, 0], [1, 0]) },
    ],
    speed: {
      name: "a frame",
      inputs: [gaussian(64, 64, 32, 32)],
      build: (x) => pad(x, [0, 0, 1, 1], [0, 0, 1, 1]),
    },
  },
  gather: {
    ...moving,
    cases: [
      { name: "rows", inputs: [gaussian(5, 3), indexes(5, 7)], build: gather },
      { name: "numbers", inputs: [gaussian(5), indexes(5, 3)], build: gather },
      { name: "two axes of indexes", inputs: [gaussian(5, 2), indexes(5, 2, 3)], build: gather },
      { name: "one index", inputs: [gaussian(5, 2, 2), indexes(5)], build: gather },
      { name: "the first and the last", inputs: [gaussian(4, 2), chosen(0, 3)], build: gather },
      { name: "no indexes", inputs: [gaussian(4, 2), indexes(4, 0)], build: gather },
    ],
    speed: { name: "rows", inputs: [gaussian(10_000, 512), indexes(10_000, 1024)], build: gather },
  },
  scatterAdd: {
    ...moving,
    tolerance: rounding,
    cases: [
      scattered("rows, some twice", [7, 3], indexes(4, 7), 4),
      scattered("all into one", [6, 2], indexes(1, 6), 3),
      scattered("numbers", [6], indexes(4, 6), 4),
      scattered("two axes of indexes", [2, 3, 2], indexes(4, 2, 3), 4),
      scattered("one index", [3], indexes(4), 4),
      scattered("nothing", [0, 2], indexes(4, 0), 4),
    ],
    speed: scattered("rows", [4096, 512], indexes(1000, 4096), 1000),
  },
};

function joined(name: string, axis: number, ...shapes: number[][]): Case {
  return {
    name,
    inputs: shapes.map((shape) => gaussian(...shape)),
    build: (...parts) => concatenate(parts, axis),
  };
}

function scattered(name: string, shape: number[], at: Case["inputs"][number], rows: number): Case {
  return {
    name,
    inputs: [gaussian(...shape), at],
    build: (updates, indexes) => scatterAdd(updates, indexes, rows),
  };
}

function chosen(...values: number[]): Case["inputs"][number] {
  return { ...given(values), dtype: "i32", fixed: true };
}
