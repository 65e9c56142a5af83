/** Every backbone there is, by the form of its name. To add one: its file, then a row here. */
import { Problem } from "../../base/index.ts";
import type { Backbone } from "./backbone.ts";
import { nearestName } from "./nearest-name.ts";
import { res } from "./res.ts";
import { resnet18 } from "./resnet.ts";

interface Family {
  /** How the name is written, with its numbers as letters. */
  readonly form: string;
  readonly example: string;
  readonly pattern: RegExp;
  build(numbers: readonly number[]): Backbone;
}

const families: readonly Family[] = [
  {
    form: "res-L-H",
    example: "res-2-64",
    pattern: /^res-([1-9]\d{0,1})-([1-9]\d{0,3})$/,
    build: ([blocks, width]) => res({ blocks, width }),
  },
  {
    form: "resnet-18",
    example: "resnet-18",
    pattern: /^resnet-18$/,
    build: () => resnet18({ stem: "cifar" }),
  },
  {
    form: "resnet-18-imagenet",
    example: "resnet-18-imagenet",
    pattern: /^resnet-18-imagenet$/,
    build: () => resnet18({ stem: "imagenet" }),
  },
];

/** The backbone of that name, such as `res-2-64` or `resnet-18`. */
export function backbone(name: string): Backbone {
  for (const { pattern, build } of families) {
    const found = pattern.exec(name);
    if (found) return build(found.slice(1).map(Number));
  }
  throw new Problem("train/unknown-backbone", {
    name,
    known: families.map(({ form }) => form).join(", "),
    nearest: nearestName(
      name,
      families.map(({ example }) => example),
    ),
  });
}
