/** What a classifier can do with the labels there are, for the report; nothing is put on the shelf. */
import { fork, type Key, Problem, permutation } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import { type Adaptation, adaptHead, type Judgement } from "../../learn/heads/index.ts";
import type { Matrix, Product } from "../../learn/measure/index.ts";
import { type HeadFacts, reportLimits } from "../../report/index.ts";
import { adaptDefaults, frozenSplit, judgedFacts, shelfOf, splitName } from "../adapt/index.ts";
import { namedPicture } from "./pictures.ts";

export interface HeadTask {
  readonly document: DatasetVersion;
  readonly pictures: Pictures;
  /** Of all items. */
  readonly features: Matrix;
  readonly labelSet: string;
  readonly product: Product;
  readonly key: Key;
}

/** More labels than these take long and tell a reader little more; they are drawn at random. */
const mostLabels = 2000;
const confusionsShown = 4;
const classesShown = 6;

/** Undefined where labels are too few to fit and to judge a head. */
export async function headFacts(task: HeadTask): Promise<HeadFacts | undefined> {
  const { document, features, labelSet, product, key } = task;
  const set = document.labelSets.find(({ name }) => name === labelSet);
  if (!set) return undefined;
  const own = [...set.codes.keys()].filter(
    (i) => set.codes[i] >= 0 && document.items.split[i] === "train",
  );
  const used = drawn(own, key);
  const codes = Int32Array.from(set.codes, (code, i) =>
    document.items.split[i] === "train" && !used.has(i) ? -1 : code,
  );
  const found = await adapted(
    { ...shelfOf(document, set, codes), matrix: features, classes: set.classes.length },
    { key: fork(key, "head"), ...adaptDefaults, by: "all", product },
  );
  const { judgement } = found ?? {};
  if (!found || !judgement) return undefined;
  const facts = judgedFacts(judgement, found, { set, document });
  const { training, calibration, evaluation } = found.division;
  const { head: kind, setting } = found.classifier;
  const { coverage, answered, unlike } = facts;
  const { sets, abstention, novelty } = found.promises;
  return {
    labelSet,
    kind,
    setting,
    split: splitName(frozenSplit(document)),
    labels: {
      training: training.length,
      calibration: calibration.length,
      evaluation: evaluation.length,
      of: own.length,
    },
    accuracy: facts.accuracy,
    commonest: facts.commonest,
    calibrationError: facts.calibrationError,
    reliability: facts.reliability,
    ...(coverage &&
      sets.held && {
        coverage: {
          promised: 1 - sets.held.alpha,
          all: withShare(coverage.all),
          meanSize: coverage.meanSize,
          classes: leastCovered(facts.classes),
          slices: coverage.slices.slice(0, classesShown).map(withShare),
        },
      }),
    ...(answered &&
      abstention.held && {
        answered: {
          target: abstention.held.target,
          given: withShare(answered.given),
          ...(answered.wrong && { wrong: withShare(answered.wrong) }),
        },
      }),
    ...(unlike &&
      novelty.held && { unlike: { alpha: novelty.held.alpha, flagged: withShare(unlike) } }),
    refused: [sets, abstention].flatMap(({ refused }) => (refused ? [{ ...refused }] : [])),
    confusions: await confusionsOf(judgement, found, { ...task, classes: set.classes }),
  };
}

/** Labels of one class, or too few of them, are no fault of a report: the chapter is left out. */
async function adapted(...given: Parameters<typeof adaptHead>): Promise<Adaptation | undefined> {
  try {
    return await adaptHead(...given);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code.startsWith("heads/")) return undefined;
    throw thrown;
  }
}

function drawn(rows: readonly number[], key: Key): ReadonlySet<number> {
  if (rows.length <= mostLabels) return new Set(rows);
  const order = permutation(fork(key, "head-labels"), rows.length);
  return new Set(Array.from(order.subarray(0, mostLabels), (at) => rows[at]));
}

function leastCovered(classes: ReturnType<typeof judgedFacts>["classes"]) {
  return classes
    .flatMap(({ name, covered }) => (covered ? [{ name, ...covered }] : []))
    .map(withShare)
    .sort((a, b) => a.value - b.value)
    .slice(0, classesShown);
}

function withShare<T extends { readonly count: number; readonly of: number }>(counted: T) {
  return { ...counted, value: counted.count / counted.of };
}

async function confusionsOf(
  { confused, byClass }: Judgement,
  { division }: Adaptation,
  { document, pictures, classes }: HeadTask & { readonly classes: readonly string[] },
): Promise<HeadFacts["confusions"]> {
  return await Promise.all(
    confused.slice(0, confusionsShown).map(async ({ class: code, as, count, rows }) => ({
      truth: classes[code],
      answer: classes[as],
      count,
      of: byClass[code]?.of ?? count,
      pictures: await Promise.all(
        rows
          .slice(0, reportLimits.examples)
          .map((row) => namedPicture({ document, pictures }, division.evaluation[row])),
      ),
    })),
  );
}
