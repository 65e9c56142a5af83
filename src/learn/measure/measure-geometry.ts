/** What variances and distances of classes say about one split, for one label set. */
import { fork } from "../../base/index.ts";
import { cdnv, type PairMeasure } from "./cdnv.ts";
import { type ClassStatistics, classStatistics } from "./class-statistics.ts";
import { crossFittedCdnv } from "./cross-fitted-cdnv.ts";
import { directionalCdnv } from "./directional-cdnv.ts";
import { labelledRows } from "./labels.ts";
import { finite, type Measurement, type MeasureName, type Taken } from "./measurement.ts";
import { permuteLabels } from "./permuted-labels.ts";
import { heading, type Split, type Task, takeInfluenced } from "./taking.ts";
import { withinClassVariance } from "./within-class-variance.ts";

const ofGeometry = [
  "within-class-variance",
  "cdnv",
  "directional-cdnv",
  "cross-fitted-cdnv",
] as const satisfies readonly MeasureName[];

export async function measureGeometry(task: Task, split: Split): Promise<Taken[]> {
  const { measures, product } = task;
  if (!ofGeometry.some((measure) => measures.has(measure))) return [];
  const matrix = task[split];
  const codes = task.labels[split];
  const classes = task.labels.classes.length;
  const { threads } = product;
  const statistics = classStatistics(matrix, codes, classes, { threads });
  const taken: Taken[] = [];
  if (measures.has("within-class-variance")) taken.push(...takeWithin(task, split, statistics));
  if (measures.has("cdnv")) {
    taken.push(takePairs(task, split, "cdnv", cdnv(matrix, codes, statistics)));
    const shuffled = permuteLabels(codes, { key: fork(task.key, split, "permuted") });
    const control = cdnv(matrix, shuffled, classStatistics(matrix, shuffled, classes, { threads }));
    const { measurement } = takePairs(task, split, "cdnv", control);
    // Its influences belong to the permuted labels, so it has no part in paired comparisons.
    taken.push({ measurement: { ...measurement, control: "permuted-labels" } });
  }
  if (measures.has("directional-cdnv")) {
    const pairs = await directionalCdnv(matrix, codes, statistics, { product });
    taken.push(takePairs(task, split, "directional-cdnv", pairs));
  }
  if (measures.has("cross-fitted-cdnv")) taken.push(await takeCrossFitted(task, split));
  return taken;
}

function takeWithin(task: Task, split: Split, statistics: ClassStatistics): Taken[] {
  const within = withinClassVariance(task[split], task.labels[split], statistics);
  const { number, evidence } = takeInfluenced(task, split, within);
  const common = {
    ...heading(task, "within-class-variance", split),
    ...number,
    details: { total: within.total },
  };
  const { interval: _, ...withoutInterval } = common;
  return [
    { measurement: { ...common, statistic: "class-mean" }, evidence },
    { measurement: { ...withoutInterval, statistic: "share", value: finite(within.share) } },
  ];
}

function takePairs(task: Task, split: Split, measure: MeasureName, found: PairMeasure): Taken {
  const { number, evidence } = takeInfluenced(task, split, found);
  const measurement: Measurement = {
    ...heading(task, measure, split),
    statistic: "pair-mean",
    ...number,
    details: {
      median: finite(found.median),
      coincident: found.coincident,
      hardest: hardestPairs(found.pairs, task.labels.classes),
    },
  };
  return { measurement, evidence };
}

async function takeCrossFitted(task: Task, split: Split): Promise<Taken> {
  const { classes } = task.labels;
  const codes = task.labels[split];
  const found = await crossFittedCdnv(
    task[split],
    { codes, classes: classes.length },
    {
      key: fork(task.key, split, "cross-fit"),
      groups: task.groups?.[split],
      product: task.product,
    },
  );
  return {
    measurement: {
      ...heading(task, "cross-fitted-cdnv", split, { folds: 2 }),
      statistic: "pair-mean",
      value: finite(found.mean),
      items: labelledRows(codes).length,
      details: {
        median: finite(found.median),
        inseparable: found.inseparable,
        leftOut: found.leftOut.map((c) => classes[c]),
        hardest: hardestPairs(found.pairs, classes),
      },
    },
  };
}

/** The pairs of classes that are told apart worst; of a symmetric table each pair once. */
function hardestPairs(pairs: Float64Array, classes: readonly string[], count = 5) {
  const n = classes.length;
  return Array.from(pairs.keys())
    .filter((at) => !Number.isNaN(pairs[at]) && !isMirrored(pairs, n, at))
    .sort((a, b) => pairs[b] - pairs[a])
    .slice(0, count)
    .map((at) => ({ classes: [classes[Math.floor(at / n)], classes[at % n]], value: pairs[at] }));
}

function isMirrored(pairs: Float64Array, n: number, at: number): boolean {
  const [i, j] = [Math.floor(at / n), at % n];
  return i > j && pairs[j * n + i] === pairs[at];
}
