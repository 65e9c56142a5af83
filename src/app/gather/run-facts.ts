/** Which run this was, with what, where, and how long it took. */
import type { RunFacts } from "../../report/index.ts";
import { hostFacts } from "../host.ts";
import type { TrainingSummary } from "../train-representation.ts";
import type { ReportTask, TrainedPart } from "./gather-report.ts";

export function runFacts({ run, options, trained }: ReportTask): RunFacts {
  const { summary } = trained ?? {};
  return {
    id: run,
    method: options.method,
    backbone: options.backbone,
    seeds: [options.seed],
    executor: summary ? executorName(summary) : "",
    host: hostLine(),
    ...(trained && { trained: trainedFacts(trained) }),
    peakMemory: process.resourceUsage().maxRSS * 1024,
    configuration: {
      options: { ...options },
      ...(summary && { training: summary.configuration, plan: summary.plan }),
    },
  };
}

function trainedFacts({ representation, summary, metrics }: TrainedPart): RunFacts["trained"] {
  const { layers, layer, steps } = representation.document;
  const epochs = metrics.reduce((most, { epoch }) => Math.max(most, Number(epoch ?? -1)), -1) + 1;
  return {
    representation: representation.reference,
    dimensions: layers.find(({ name }) => name === layer)?.width ?? 0,
    batch: Number(summary.configuration.batch),
    steps,
    epochs,
    seconds: summary.seconds,
  };
}

function executorName({ plan }: TrainingSummary): string {
  if (typeof plan !== "object" || plan === null || !("executor" in plan)) return "";
  const { executor, version, threads } = plan as { [name: string]: unknown };
  return [executor, version, threads && `${threads} threads`].filter(Boolean).join(" ");
}

function hostLine(): string {
  const { processor, cores, platform, architecture, node } = hostFacts();
  return `${processor}, ${cores} cores, ${platform} ${architecture}, Node ${node}`;
}
