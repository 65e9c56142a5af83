/** A frozen version of a dataset: its items as columns, its split, its label sets. */
import { z } from "zod";
import { column, numbers, texts, wholes } from "./column.ts";
import { acceptance, correction, exclusion } from "./decisions.ts";
import { facet } from "./facet.ts";
import { count, digest, evidence, stamp } from "./parts.ts";

export type Split = "train" | "evaluation";

const split = column(
  '"train" or "evaluation"',
  (element): element is Split => element === "train" || element === "evaluation",
);

const answer = z.object({
  /** The item's id. */
  item: z.string(),
  /** Empty where the person could not tell. */
  label: z.string(),
  /** Who, or the list that it stood in. */
  by: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** How the item came to be asked about: a strategy's name, `random` or `strata`; left out where unknown. */
  chosen: z.string().optional(),
  /** How many items it stands for, where it was drawn in strata. */
  weight: z.number().positive().optional(),
});

/** One person's word on one item. */
export type Answer = z.infer<typeof answer>;

export const labelSet = z
  .object({
    name: z.string().min(1),
    classes: texts,
    /** One per item; -1 where there is no label. */
    codes: wholes(-1),
    /** The name of the coarser label set that this one determines. */
    parent: z.string().optional(),
    source: z.string(),
    /** What people said one by one, oldest first: `codes` are made of it where it is there. */
    answers: z.array(answer).optional(),
  })
  .superRefine(({ classes, codes }, context) => {
    const at = codes.findIndex((code) => code >= classes.length);
    if (at < 0) return;
    const message = `code ${codes[at]} at position ${at}, but there are ${classes.length} classes`;
    context.addIssue({ code: "custom", path: ["codes"], message });
  });

/** One way to sort the items of a dataset. */
export type LabelSet = z.infer<typeof labelSet>;

const items = z.object({
  id: texts,
  path: texts,
  digest: texts,
  /** Position in `packs`, and position inside that pack. */
  pack: wholes(0),
  index: wholes(0),
  group: texts,
  split,
  modified: numbers.optional(),
  bytes: wholes(0).optional(),
});

export const datasetVersion = z
  .object({
    format: z.literal(1),
    name: z.string().min(1),
    kind: z.literal("pictures"),
    /** The version this one was made from. */
    parent: z.string().optional(),
    source: z.object({ kind: z.enum(["folder", "cifar-binary"]), path: z.string() }),
    resolution: z.int().min(1),
    /** Left out where nothing departs from the usual. */
    decoding: z
      .object({
        /** What transparent pictures lie on; white where it is left out. */
        background: z.string().optional(),
        /** The value of 16-bit pictures that became 255; 65,535 where it is left out. */
        white: z.int().min(1).max(65_535).optional(),
      })
      .optional(),
    /** `column:<name>`, `facet:<name>`, `folder`, `folder:<level>`, `near-duplicate` or `item`. */
    group: z.object({ by: z.string() }),
    evaluationShare: z.number().min(0).max(1),
    created: stamp,
    packs: z.array(digest),
    items,
    labelSets: z.array(labelSet),
    /** Left out where nothing is known; documents of before have none. */
    facets: z.array(facet).optional(),
    rejected: z.array(z.object({ path: z.string(), code: z.string(), values: evidence })),
    /** Decisions about items, left out where there are none. */
    excluded: z.array(exclusion).optional(),
    corrections: z.array(correction).optional(),
    accepted: z.array(acceptance).optional(),
  })
  .superRefine(({ items, labelSets, packs, facets = [] }, context) => {
    const length = items.id.length;
    const say = (path: string[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    for (const [name, values] of Object.entries(items)) {
      if (values !== undefined && values.length !== length) {
        say(["items", name], `${values.length} entries for ${length} items`);
      }
    }
    const pack = items.pack.find((position) => position >= packs.length);
    if (pack !== undefined) say(["items", "pack"], `pack ${pack} of ${packs.length}`);
    if (new Set(items.id).size !== length) say(["items", "id"], "an id occurs twice");
    const names = new Set(labelSets.map(({ name }) => name));
    if (names.size !== labelSets.length) say(["labelSets"], "a name occurs twice");
    if (new Set(facets.map(({ name }) => name)).size !== facets.length) {
      say(["facets"], "a name occurs twice");
    }
    for (const { name, codes } of facets) {
      if (codes.length !== length) {
        say(["facets", name, "codes"], `${codes.length} entries for ${length} items`);
      }
    }
    for (const { name, codes, parent } of labelSets) {
      if (codes.length !== length) {
        say(["labelSets", name, "codes"], `${codes.length} entries for ${length} items`);
      }
      if (parent !== undefined && !names.has(parent)) {
        say(["labelSets", name, "parent"], `there is no label set ${parent}`);
      }
    }
  });

export type DatasetVersion = z.infer<typeof datasetVersion>;

/** What lists show of a dataset version without reading its columns. */
export const datasetSummary = z.object({
  format: z.literal(1),
  name: z.string(),
  version: z.string(),
  parent: z.string().optional(),
  created: stamp,
  kind: z.literal("pictures"),
  source: z.object({ kind: z.string(), path: z.string() }),
  resolution: z.int(),
  items: count,
  evaluation: count,
  rejected: count,
  packs: z.array(digest),
  labelSets: z.array(
    z.object({
      name: z.string(),
      classes: count,
      labelled: count,
      parent: z.string().optional(),
    }),
  ),
});

export type DatasetSummary = z.infer<typeof datasetSummary>;
