/** From measurements to the verdict: which numbers the rules of `decide` are asked about. */

import {
  type Estimate,
  type FindingNumbers,
  findings,
  headline,
  headlineSoFar,
  nextSteps,
  type PilotNumbers,
  type Verdict,
} from "../../decide/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Comparison, Measurement } from "../../learn/measure/index.ts";
import type { MetricsRow } from "../../registry/index.ts";
import type { ResolutionFacts, Stage, VerdictFacts } from "../../report/index.ts";
import type { SubjectsMeasured } from "../measure-subjects.ts";
import { judgedNcc } from "./measured-facts.ts";

export interface VerdictTask {
  readonly document: DatasetVersion;
  readonly measured: SubjectsMeasured;
  readonly collapse: PilotNumbers["collapse"];
  readonly metrics: readonly MetricsRow[];
  /** Sample-level NCC, where nothing is labelled. */
  readonly sample?: { readonly trained: Estimate; readonly untrained: Estimate };
  readonly resolution: readonly ResolutionFacts[];
}

export interface Judged {
  readonly verdict: VerdictFacts;
  readonly steps: readonly Verdict[];
}

/** Before anything is judged. */
export function pendingVerdict(stage: Stage): VerdictFacts {
  return {
    outcome: "pending",
    headline: headlineSoFar(stage),
    findings: [],
    headlineMeasures: [],
    change: [],
  };
}

export function judge(task: VerdictTask): Judged {
  const { document, measured, collapse, metrics, sample } = task;
  const labelSet = leadingSet(task);
  const numbers: PilotNumbers = {
    collapse,
    ...(labelSet !== undefined && { labelled: labelledNumbers(labelSet, measured) }),
    ...(sample && { sample }),
  };
  const first = headline(numbers);
  const trainingPictures = document.items.split.filter((side) => side === "train").length;
  const steps = nextSteps(first, { trainingPictures, stillRising: stillRising(metrics) });
  const sets = labelSet === undefined ? [] : [labelSet, ...otherSets(labelSet, task)];
  return {
    steps,
    verdict: {
      outcome: first.outcome ?? "unknown",
      headline: first,
      findings: findings(findingNumbers(task, labelSet)),
      headlineMeasures: sets.map((name) => ({
        labelSet: name,
        measure: "ncc",
        statistic: "balanced-accuracy",
      })),
      change: [],
    },
  };
}

/** The first label set that could be measured: what the headline is judged by. */
export function leadingSet({ document, measured }: Pick<VerdictTask, "document" | "measured">) {
  const { measurements } = measured.subjects.trained;
  return document.labelSets.find(({ name }) => judgedNcc(measurements, name)?.interval)?.name;
}

function otherSets(leading: string, { document, measured }: VerdictTask): string[] {
  const { measurements } = measured.subjects.trained;
  return document.labelSets
    .map(({ name }) => name)
    .filter((name) => name !== leading && judgedNcc(measurements, name) !== undefined)
    .slice(0, 2);
}

function labelledNumbers(labelSet: string, { subjects, gains }: SubjectsMeasured) {
  const of = (name: keyof typeof subjects) => judgedNcc(subjects[name].measurements, labelSet);
  const trained = of("trained");
  const simple = (["raw-pixels", "pca"] as const)
    .map((name) => ({ name, estimate: estimateOf(of(name)) }))
    .sort((a, b) => b.estimate.value - a.estimate.value)[0];
  const gainOver = (name: keyof typeof gains) => gainOf(gains[name], labelSet);
  const gainOverSimple = gainOver(simple.name);
  const majority = subjects.trained.measurements.find(
    (one) =>
      one.measure === "majority" &&
      one.statistic === "balanced-accuracy" &&
      one.labelSet === labelSet,
  );
  return {
    labelSet,
    evaluationItems: trained?.items ?? 0,
    trained: estimateOf(trained),
    untrained: estimateOf(of("untrained")),
    simple,
    majority: majority?.value ?? 0,
    gain: gainOver("untrained") ?? { value: 0, low: -1, high: 1 },
    ...(gainOverSimple && { gainOverSimple }),
  };
}

function gainOf(comparisons: readonly Comparison[], labelSet: string): Estimate | undefined {
  const found = comparisons.find(({ left }) => judgedNcc([left], labelSet) === left);
  return found && { value: found.difference, low: found.interval.low, high: found.interval.high };
}

function findingNumbers(
  { document, measured, metrics, resolution }: VerdictTask,
  labelSet: string | undefined,
): FindingNumbers {
  const { rejected, items, labelSets } = document;
  const { trained, untrained } = measured.subjects;
  const unusable = rejected.filter(({ code }) => code !== "data/not-a-picture").length;
  const pictures = { total: items.id.length + unusable, rejected: unusable };
  const rank = rankOf(trained.measurements);
  const common = { pictures, ...(rank && { rank }) };
  if (labelSet === undefined) return common;
  const [after, before] = [trained, untrained].map(
    ({ measurements }) => judgedNcc(measurements, labelSet)?.value,
  );
  const find = (test: (one: Measurement) => boolean) =>
    trained.measurements.find(
      (one) =>
        test(one) &&
        one.labelSet === labelSet &&
        one.features === "l2" &&
        one.statistic === "balanced-accuracy",
    );
  const training = find((one) => one.measure === "ncc" && one.split === "train" && !one.control);
  const probe = find(({ measure }) => measure === "linear-probe");
  const permuted = find((one) => one.measure === "ncc" && one.control === "permuted-labels");
  const outlines = outlinesOf(labelSet, resolution);
  const set = labelSets.find(({ name }) => name === labelSet);
  const counts = set ? classCounts(set) : [];
  const most = counts.indexOf(Math.max(...counts));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const levels = levelsOf(document, labelSet).flatMap((name) => {
    const value = judgedNcc(trained.measurements, name)?.value;
    return typeof value === "number" ? [{ labelSet: name, value }] : [];
  });
  const layers = measured.layers.flatMap(({ tap, trained: list }) => {
    const value = judgedNcc(list, labelSet)?.value;
    return typeof value === "number" ? [{ tap, value }] : [];
  });
  const firstThird = firstThirdOf(metrics);
  return {
    ...common,
    ...(typeof after === "number" &&
      typeof before === "number" && {
        ncc: {
          trained: after,
          untrained: before,
          ...(training?.value && { training: training.value }),
        },
      }),
    ...(typeof probe?.value === "number" && { probe: probe.value }),
    ...(outlines && { outlines }),
    ...(permuted?.interval && {
      permuted: {
        estimate: estimateOf(permuted),
        chance: 1 / Math.max(1, counts.filter(Boolean).length),
      },
    }),
    ...(set &&
      total > 0 && { majority: { className: set.classes[most], share: counts[most] / total } }),
    levels,
    layers,
    smallClasses: counts.filter((count) => count > 0 && count < 10).length,
    ...(firstThird && { firstThird }),
  };
}

/** What outlines alone tell at the side that the network is given. */
function outlinesOf(labelSet: string, resolution: readonly ResolutionFacts[]) {
  const facts = resolution.find((one) => one.labelSet === labelSet);
  const estimate = facts?.sides.find(({ side }) => side === facts.working);
  return facts && estimate && { estimate, side: facts.working };
}

/** The hierarchy through this set, coarsest first. */
function levelsOf({ labelSets }: DatasetVersion, labelSet: string): string[] {
  const parentOf = (name: string) => labelSets.find((set) => set.name === name)?.parent;
  const up: string[] = [];
  for (let at = parentOf(labelSet); at !== undefined; at = parentOf(at)) up.unshift(at);
  const down: string[] = [];
  const childOf = (name: string) => labelSets.find((set) => set.parent === name)?.name;
  for (let at = childOf(labelSet); at !== undefined; at = childOf(at)) down.push(at);
  return [...up, labelSet, ...down];
}

function rankOf(measurements: readonly Measurement[]) {
  const found = measurements.find(
    ({ measure, features }) => measure === "rankme" && features === "l2",
  );
  const dimensions = found?.details?.columns;
  if (typeof found?.value !== "number" || typeof dimensions !== "number") return undefined;
  return { value: found.value, dimensions };
}

/** Below this, when the gain came says nothing. */
const leastGain = 0.02;

/** How much of the invariance's fall and of NCC's gain a third of the steps brought. */
function firstThirdOf(metrics: readonly MetricsRow[]): FindingNumbers["firstThird"] {
  const ncc = metrics.flatMap(({ step, ncc }) => (typeof ncc === "number" ? [{ step, ncc }] : []));
  const falls = metrics.flatMap(({ step, invariance }) =>
    typeof invariance === "number" ? [{ step, invariance }] : [],
  );
  if (ncc.length < 6 || falls.length < 30) return undefined;
  const last = falls[falls.length - 1].step;
  const average = (from: number, to: number) => {
    const part = falls.filter(({ step }) => step >= from && step <= to);
    return part.reduce((sum, { invariance }) => sum + invariance, 0) / part.length;
  };
  const width = Math.max(3, last / 30);
  const [start, third, end] = [
    average(0, 2),
    average(last / 3 - width, last / 3),
    average(last - width, last),
  ];
  const at = ncc.filter(({ step }) => step <= last / 3).at(-1)?.ncc ?? ncc[0].ncc;
  const [from, to] = [ncc[0].ncc, ncc[ncc.length - 1].ncc];
  if (start <= end || to - from < leastGain) return undefined;
  return { invarianceFall: (start - third) / (start - end), nccGain: (at - from) / (to - from) };
}

/** The last quarter of the NCC looks brought more than a point. */
function stillRising(metrics: readonly MetricsRow[]): boolean {
  const ncc = metrics.flatMap(({ ncc }) => (typeof ncc === "number" ? [ncc] : []));
  if (ncc.length < 4) return false;
  return ncc[ncc.length - 1] - ncc[Math.floor((ncc.length * 3) / 4) - 1] > 0.01;
}

function classCounts({ classes, codes }: DatasetVersion["labelSets"][number]): number[] {
  const counts = new Array<number>(classes.length).fill(0);
  for (const code of codes) if (code >= 0) counts[code]++;
  return counts;
}

function estimateOf(one: Measurement | undefined): Estimate {
  const value = one?.value ?? 0;
  return { value, low: one?.interval?.low ?? value, high: one?.interval?.high ?? value };
}
