/** Every backbone there is, by the form of its name. To add one: its file, then a row here. */
import { Problem } from "../../base/index.ts";
import type { Backbone } from "./backbone.ts";
import { nearestName } from "./nearest-name.ts";
import { res } from "./res.ts";
import { resnet } from "./resnet.ts";
import { usualPatch, vit } from "./vit.ts";

interface Family {
  /** How the name is written, with its numbers as letters. */
  readonly form: string;
  readonly example: string;
  readonly pattern: RegExp;
  build(parts: readonly string[], side: number): Backbone;
}

const families: readonly Family[] = [
  {
    form: "res-L-H",
    example: "res-2-64",
    pattern: /^res-([1-9]\d{0,1})-([1-9]\d{0,3})$/,
    build: ([blocks, width]) => res({ blocks: Number(blocks), width: Number(width) }),
  },
  ...([18, 34, 50] as const).flatMap((depth): Family[] => [
    {
      form: `resnet-${depth}`,
      example: `resnet-${depth}`,
      pattern: new RegExp(`^resnet-${depth}$`),
      build: () => resnet({ depth, stem: "cifar" }),
    },
    {
      form: `resnet-${depth}-imagenet`,
      example: `resnet-${depth}-imagenet`,
      pattern: new RegExp(`^resnet-${depth}-imagenet$`),
      build: () => resnet({ depth, stem: "imagenet" }),
    },
  ]),
  ...(["tiny", "small"] as const).flatMap((form): Family[] => [
    {
      form: `vit-${form}`,
      example: `vit-${form}`,
      pattern: new RegExp(`^vit-${form}$`),
      build: (_, side) => vitOf(form, { side, patch: usualPatch(side) }),
    },
    {
      form: `vit-${form}-P`,
      example: `vit-${form}-8`,
      pattern: new RegExp(`^vit-${form}-([1-9]\\d{0,2})$`),
      build: ([patch], side) => vitOf(form, { side, patch: Number(patch) }),
    },
  ]),
];

function vitOf(
  form: "tiny" | "small",
  { side, patch }: { readonly side: number; readonly patch: number },
): Backbone {
  if (side % patch === 0) return vit({ form, side, patch });
  const lower = patch * Math.max(1, Math.floor(side / patch));
  const values = { side, backbone: `vit-${form}`, patch, lower, upper: lower + patch };
  throw new Problem("train/picture-not-in-patches", values);
}

/** One name of each form. */
export const backboneNames: readonly string[] = families.map(({ example }) => example);

/**
 * The backbone of that name for pictures of that side, such as `res-2-64`, `resnet-18` or `vit-tiny`.
 * Only transformers ask for the side: it decides their positions, and their patches if not named.
 */
export function backbone(name: string, { size = 32 }: { readonly size?: number } = {}): Backbone {
  for (const { pattern, build } of families) {
    const found = pattern.exec(name);
    if (found) return build(found.slice(1), size);
  }
  throw new Problem("train/unknown-backbone", {
    name,
    known: families.map(({ form }) => form).join(", "),
    nearest: nearestName(name, backboneNames),
  });
}
