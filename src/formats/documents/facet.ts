/** Where, when and of what lot pictures were taken: what figures are split by, never a class to learn. */
import { z } from "zod";
import { texts, wholes } from "./column.ts";

/** The kinds of facet there are, in the order they are shown. */
export const facetNames = ["day", "lot", "line", "camera", "inspector"] as const;
export type FacetName = (typeof facetNames)[number];

export const facet = z
  .object({
    name: z.enum(facetNames),
    /** Days as `2026-03-14`; lots, lines and cameras as the names say it, in capitals; inspectors as the list has them. */
    values: texts,
    /** One per item, a position in `values`; -1 where nothing is known. */
    codes: wholes(-1),
    /** `path` (folder and file names), `exif` (cameras), or the list that said it. */
    source: z.string(),
  })
  .superRefine(({ values, codes }, context) => {
    const at = codes.findIndex((code) => code >= values.length);
    if (at < 0) return;
    const message = `code ${codes[at]} at position ${at}, but there are ${values.length} values`;
    context.addIssue({ code: "custom", path: ["codes"], message });
  });

export type Facet = z.infer<typeof facet>;
