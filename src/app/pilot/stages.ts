/**
 * The stages of a pilot by what they depend on. Equal digests mean equal results, so a stage that an
 * earlier pilot finished is taken from there.
 */
import { asJson, digestJson, type Json } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Run, Store, StoredDataset } from "../../registry/index.ts";
import { type Report, reportFormat } from "../../report/index.ts";
import { type ExecutorChoice, type Machine, machineAsked } from "../executor.ts";
import { codeFacts } from "../host.ts";
import type { FilledOptions } from "../training-choices.ts";
import { adjustmentsOf } from "../view-options.ts";

/** The first look: findings, and the map by the untrained encoder. */
export function lookInputs(
  { version }: Pick<StoredDataset, "version">,
  options: FilledOptions,
): string {
  const { method, backbone, size, seed, from = null, secondView } = options;
  const code = codeFacts().version;
  const views = asJson({ ...adjustmentsOf(options), ...(secondView && { secondView }) });
  return digestJson({ code, version, method, backbone, size, seed, from, views });
}

/** Training sees pictures and options; labels and pictures set aside do not reach it. */
export function trainingInputs(document: DatasetVersion, options: FilledOptions): string {
  const { items, resolution } = document;
  const pictures = items.digest.filter((_, i) => items.split[i] === "train");
  return digestJson({ pictures, resolution, options: asJson(options) });
}

/** A pilot has measured what this says it set out to. */
export function reportInputs(
  { version }: Pick<StoredDataset, "version">,
  options: FilledOptions,
): string {
  return digestJson({ version, options: asJson(options) });
}

/** What nobody asked for may have been computed by any executor. */
export function servesAsWell(machine: Machine, asked: ExecutorChoice): boolean {
  const had = new Map<string, unknown>(Object.entries(machine));
  return Object.entries(machineAsked(asked)).every(([name, value]) => value === had.get(name));
}

/** Pilots of a dataset, the newest first. */
export function pilotsOf(dataset: string, store: Store): Run[] {
  return store
    .runs()
    .filter(({ document }) => document.kind === "pilot" && document.datasets[0]?.name === dataset)
    .reverse();
}

const lookName = "look.json";
const reportName = "report.json";

interface Look {
  readonly inputs: string;
  readonly report: Report;
}

export function keepLook(run: KeepingRun, look: Look): void {
  if (run.read(lookName) === undefined) run.keep(lookName, `${JSON.stringify(look)}\n`);
}

/** The newest first look that has these inputs. */
export function keptLook(inputs: string, runs: readonly Run[]): Report | undefined {
  for (const run of runs) {
    const look = parsed<Look>(run.read(lookName));
    if (look?.inputs === inputs && look.report.format === reportFormat) return look.report;
  }
  return undefined;
}

export function keepReport(run: KeepingRun, report: Report): void {
  if (run.read(reportName) === undefined) run.keep(reportName, `${JSON.stringify(report)}\n`);
}

/** What an earlier attempt had measured completely. */
export function keptReport(run: Run): Report | undefined {
  const report = parsed<Report>(run.read(reportName));
  return report?.format === reportFormat ? report : undefined;
}

interface KeepingRun extends Pick<Run, "read"> {
  keep(name: string, contents: Json | string): void;
}

function parsed<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  const value: T = JSON.parse(text);
  return value;
}
