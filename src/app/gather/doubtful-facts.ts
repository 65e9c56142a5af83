/** What the check found doubtful, with a few of the pictures concerned. */
import type { Evidence } from "../../base/index.ts";
import { type DoubtfulFacts, reportLimits } from "../../report/index.ts";
import type { ReportTask } from "./gather-report.ts";
import { namedPicture } from "./pictures.ts";

/** A finding of the check: with the items concerned, or with them in groups that belong together. */
export interface FoundDoubtful {
  readonly code: string;
  readonly count: number;
  readonly values: Evidence;
  readonly ids?: readonly string[];
  readonly groups?: readonly { readonly items: readonly { readonly id: string }[] }[];
}

export async function doubtfulFacts(
  task: Pick<ReportTask, "findings" | "dataset" | "pictures" | "previous">,
): Promise<readonly DoubtfulFacts[]> {
  const { findings, dataset, pictures, previous } = task;
  if (!findings) return previous?.doubtful ?? [];
  const { document } = dataset;
  const at = new Map(document.items.id.map((id, i) => [id, i]));
  const facts = findings.map(async ({ code, count, values, ...found }) => {
    const shown = examplesOf(found).flatMap((id) => at.get(id) ?? []);
    const examples = shown.map((index) => namedPicture({ document, pictures }, index));
    return { code, count, values, pictures: await Promise.all(examples) };
  });
  return await Promise.all(facts);
}

/** The first two of each group, so that what belongs together is seen together. */
function examplesOf({ ids, groups }: Pick<FoundDoubtful, "ids" | "groups">): readonly string[] {
  const grouped = groups?.flatMap(({ items }) => items.slice(0, 2).map(({ id }) => id));
  return [...new Set(grouped ?? ids ?? [])].slice(0, reportLimits.examples);
}
