/** The next steps with the command that takes each. */
import type { Verdict } from "../../decide/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { NextStep } from "../../report/index.ts";
import type { ReportTask } from "./gather-report.ts";

export function nextFacts(steps: readonly Verdict[], { dataset, trained }: ReportTask): NextStep[] {
  const reference = trained?.representation.reference ?? "@last";
  return steps.map(({ id, values }) => ({
    id,
    values,
    ...commandFor(id, reference, dataset.document),
  }));
}

function commandFor(
  id: string,
  reference: string,
  { name: dataset, source }: DatasetVersion,
): { command?: string } {
  switch (id) {
    case "verdict/next-search":
      return { command: `tanafuda search ${reference} PICTURE` };
    case "verdict/next-longer":
      return { command: `tanafuda pretrain ${dataset} --from ${reference} --minutes 60` };
    case "verdict/next-more-pictures":
    case "verdict/next-more-evaluation":
      // New pictures go into the same folder; adding it again takes only what is new.
      return { command: `tanafuda data add ${JSON.stringify(source.path)} --name ${dataset}` };
    case "verdict/next-attach-labels":
      return { command: `tanafuda data labels ${dataset} LABELS.csv` };
    case "verdict/next-check-labels":
      return { command: `tanafuda data check ${dataset}` };
    case "verdict/next-against-collapse":
      return { command: `tanafuda pretrain ${dataset} --method simclr` };
    default:
      return {};
  }
}
