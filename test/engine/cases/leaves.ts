/** Cases of what has no inputs. */
import { add, constant } from "../../../src/engine/index.ts";
import { type CaseTable, exact, gaussian } from "./case.ts";

const leaf = {
  tolerance: exact,
  gradient: { zero: "a leaf that is no target is constant" },
  nan: "as reference",
  infinity: "as reference",
} as const;

export const leaves: Pick<CaseTable, "placeholder" | "constant"> = {
  placeholder: {
    ...leaf,
    gradient: "checked",
    cases: [
      { name: "an input as output", inputs: [gaussian(2, 3)], build: (x) => x },
      { name: "an input as two outputs", inputs: [gaussian(4)], build: (x) => [x, x] },
    ],
    speed: { name: "copy", inputs: [gaussian(64, 64, 32, 32)], build: (x) => x },
  },
  constant: {
    ...leaf,
    cases: [
      { name: "one value for all", inputs: [], build: () => constant(0.25, [2, 3]) },
      { name: "a value for each", inputs: [], build: () => constant([1, -2, 3, 0.5], [2, 2]) },
      { name: "whole numbers", inputs: [], build: () => constant([3, 1, 2], [3], "i32") },
      { name: "infinity", inputs: [], build: () => constant([Infinity, -Infinity], [2]) },
      { name: "empty", inputs: [], build: () => constant(1, [0, 3]) },
    ],
    speed: {
      name: "shift by a constant",
      inputs: [gaussian(256, 1024)],
      build: (x) => add(x, constant(0.5)),
    },
  },
};
