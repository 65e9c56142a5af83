/** Mistakes as counts, with the pictures: what was taken for what, and what an inspection would miss. */
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import {
  headlineFeatures,
  type Matrix,
  nccPredictions,
  type Product,
  pickRows,
  wilsonInterval,
  withFeatures,
} from "../../learn/measure/index.ts";
import { type Counted, type ErrorFacts, reportLimits } from "../../report/index.ts";
import { goodClass } from "../good-class.ts";
import { namedPicture } from "./pictures.ts";

export interface ErrorTask {
  readonly document: DatasetVersion;
  readonly pictures: Pictures;
  /** Of all items. */
  readonly features: Matrix;
  readonly labelSet: string;
  readonly product: Product;
}

/** Judged by the nearest class centre, as the headline is. Nothing where no picture can be judged. */
export async function errorFacts(task: ErrorTask): Promise<ErrorFacts | null> {
  const { document, labelSet } = task;
  const set = document.labelSets.find(({ name }) => name === labelSet);
  if (!set) return null;
  const answers = await answersOf(set, task);
  if (answers.length === 0) return null;
  const wrong = answers.filter(({ truth, answer }) => truth !== answer);
  const good = goodClass(set);
  return {
    labelSet,
    wrong: counted(wrong.length, answers.length),
    classes: set.classes.flatMap((name, code) => {
      const own = answers.filter(({ truth }) => truth === code);
      if (own.length === 0) return [];
      return [{ name, ...counted(own.filter(({ answer }) => answer !== code).length, own.length) }];
    }),
    confusions: await confusionsOf(answers, set, { ...task, good }),
    ...(good !== undefined && { inspection: inspectionOf(answers, set, good) }),
  };
}

interface Answer {
  readonly item: number;
  readonly truth: number;
  readonly answer: number;
}

async function answersOf(
  { codes, classes }: LabelSet,
  { document, features, product }: ErrorTask,
): Promise<Answer[]> {
  const { split } = document.items;
  const rowsOf = (side: string) =>
    [...codes.keys()].filter((i) => codes[i] >= 0 && split[i] === side);
  const train = rowsOf("train");
  const known = [...new Set(train.map((i) => codes[i]))].sort((a, b) => a - b);
  const judged = rowsOf("evaluation").filter((i) => known.includes(codes[i]));
  if (judged.length === 0 || known.length < 2 || classes.length < 2) return [];
  const unit = withFeatures(features, headlineFeatures);
  const predicted = await nccPredictions(
    {
      matrix: pickRows(unit, train),
      codes: Int32Array.from(train, (i) => known.indexOf(codes[i])),
      classes: known.length,
    },
    pickRows(unit, judged),
    { product },
  );
  return judged.map((item, row) => ({ item, truth: codes[item], answer: known[predicted[row]] }));
}

function inspectionOf(
  answers: readonly Answer[],
  { classes }: LabelSet,
  good: number,
): NonNullable<ErrorFacts["inspection"]> {
  const defects = answers.filter(({ truth }) => truth !== good);
  const fine = answers.filter(({ truth }) => truth === good);
  return {
    good: classes[good],
    missed: counted(defects.filter(({ answer }) => answer === good).length, defects.length),
    falseAlarms: counted(fine.filter(({ answer }) => answer !== good).length, fine.length),
  };
}

/** The commonest mistakes; where one class is good, those that let defects pass come first. */
async function confusionsOf(
  answers: readonly Answer[],
  { classes }: LabelSet,
  { document, pictures, good }: ErrorTask & { readonly good: number | undefined },
): Promise<ErrorFacts["confusions"]> {
  const found = new Map<string, Answer[]>();
  for (const one of answers) {
    if (one.truth === one.answer) continue;
    const key = `${one.truth} ${one.answer}`;
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  const passes = ([{ answer }]: readonly Answer[]) => Number(answer === good);
  const worst = [...found.values()]
    .sort((a, b) => passes(b) - passes(a) || b.length - a.length || a[0].truth - b[0].truth)
    .slice(0, reportLimits.confusions);
  return await Promise.all(
    worst.map(async (list) => {
      const [{ truth, answer }] = list;
      const shown = list.slice(0, reportLimits.examples);
      return {
        truth: classes[truth],
        answer: classes[answer],
        count: list.length,
        of: answers.filter((one) => one.truth === truth).length,
        pictures: await Promise.all(
          shown.map(({ item }) => namedPicture({ document, pictures }, item)),
        ),
      };
    }),
  );
}

function counted(count: number, of: number): Counted {
  return { count, of, ...wilsonInterval(count, of) };
}
