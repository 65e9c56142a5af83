/** The next steps with the command that takes each. */
import { typed } from "../../base/index.ts";
import { personHours, type Verdict } from "../../decide/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { NextStep, ResolutionFacts } from "../../report/index.ts";
import type { ReportTask } from "./gather-report.ts";

/** Where more pixels would tell the classes apart, that comes first. */
export function nextFacts(
  judged: readonly Verdict[],
  resolution: readonly ResolutionFacts[],
  { dataset, trained }: ReportTask,
): NextStep[] {
  const side = enoughSide(resolution);
  const pixels = { id: "verdict/next-more-pixels", values: { side } } as const;
  const steps = side > 0 && judged.length > 0 ? [pixels, ...judged] : judged;
  const reference = trained?.representation.reference ?? "@last";
  return steps.map((step) => {
    const { id, values } = step;
    const hours = personHours(step);
    return {
      id,
      values,
      ...(hours && { hours }),
      ...commandFor(id, { reference, side }, dataset.document),
    };
  });
}

/** The smallest side that answers every warning; 0 where there is none. */
function enoughSide(resolution: readonly ResolutionFacts[]): number {
  return resolution.reduce((most, { better = 0, pairs }) => {
    const sides = pairs.map(({ enough }) => enough?.side ?? 0);
    return Math.max(most, better, ...sides);
  }, 0);
}

function commandFor(
  id: string,
  { reference, side }: { readonly reference: string; readonly side: number },
  { name, source }: DatasetVersion,
): { command?: string } {
  const [dataset, representation, path] = [name, reference, source.path].map((word) => typed(word));
  switch (id) {
    case "verdict/next-more-pixels": {
      // Pictures kept at another resolution are another dataset.
      const other = typed(`${name}-${side}`);
      return {
        command: `tanafuda pilot ${path} --name ${other} --resolution ${side} --size ${side}`,
      };
    }
    case "verdict/next-search":
      return { command: `tanafuda search ${representation} PICTURE` };
    case "verdict/next-longer":
      return { command: `tanafuda pretrain ${dataset} --from ${representation} --minutes 60` };
    case "verdict/next-more-pictures":
    case "verdict/next-more-evaluation":
      // New pictures go into the same folder; adding it again takes only what is new.
      return { command: `tanafuda data add ${path} --name ${dataset}` };
    case "verdict/next-attach-labels":
      return { command: `tanafuda select ${representation} -n 50` };
    case "verdict/next-check-labels":
      return { command: `tanafuda data check ${dataset}` };
    case "verdict/next-against-collapse":
      return { command: `tanafuda pretrain ${dataset} --method simclr` };
    default:
      return {};
  }
}
