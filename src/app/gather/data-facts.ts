/** What the data is, in the report's words: counts, what was rejected, splits, label sets. */
import type { StoredDataset } from "../../registry/index.ts";
import type { DataFacts } from "../../report/index.ts";

const examplesShown = 5;

export function dataFacts(
  { document, version }: StoredDataset,
  { size }: { readonly size: number },
): DataFacts {
  const { items, labelSets, source, resolution, group, name } = document;
  const evaluation = items.split.filter((side) => side === "evaluation").length;
  return {
    dataset: name,
    version,
    source: source.path,
    resolution,
    size,
    items: items.id.length,
    train: items.id.length - evaluation,
    evaluation,
    groups: { count: new Set(items.group).size, by: group.by },
    rejected: rejectedFacts(document.rejected),
    labelSets: labelSets.map((set) => {
      const counts = new Array<number>(set.classes.length).fill(0);
      const judged = new Array<number>(set.classes.length).fill(0);
      for (const [i, code] of set.codes.entries()) {
        if (code < 0) continue;
        counts[code]++;
        if (items.split[i] === "evaluation") judged[code]++;
      }
      return {
        name: set.name,
        ...(set.parent !== undefined && { parent: set.parent }),
        classes: set.classes,
        counts,
        evaluationCounts: judged,
        unlabelled: set.codes.filter((code) => code < 0).length,
      };
    }),
  };
}

function rejectedFacts(rejected: StoredDataset["document"]["rejected"]): DataFacts["rejected"] {
  const codes = [...new Set(rejected.map(({ code }) => code))];
  return codes.map((code) => {
    const met = rejected.filter((one) => one.code === code);
    const examples = met.slice(0, examplesShown).map(({ path, values }) => ({ path, values }));
    return { code, count: met.length, examples };
  });
}
