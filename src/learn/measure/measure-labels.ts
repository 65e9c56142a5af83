/** Everything that one label set says about one matrix of features. */
import { fork } from "../../base/index.ts";
import { fewShotDefaults, fewShotNcc } from "./few-shot-ncc.ts";
import { knnDefaults, knnPredictions } from "./knn.ts";
import { fitProbe, probeDefaults } from "./linear-probe.ts";
import { measureGeometry } from "./measure-geometry.ts";
import { finite, type MeasureName, type Taken } from "./measurement.ts";
import { nccPredictions, nccPredictionsOf } from "./ncc.ts";
import { permuteLabels } from "./permuted-labels.ts";
import { majorityPredictions } from "./scores.ts";
import { heading, type Task, takeScores } from "./taking.ts";

/** In the order of a report: baseline, centres, geometry, neighbours, probe. */
export async function measureLabels(task: Task): Promise<Taken[]> {
  const wanted = async (measure: MeasureName, take: (task: Task) => Promise<Taken[]>) =>
    task.measures.has(measure) ? take(task) : [];
  return [
    ...(await wanted("majority", takeMajority)),
    ...(await wanted("ncc", takeNcc)),
    ...(await wanted("few-shot-ncc", takeFewShot)),
    ...(await measureGeometry(task, "train")),
    ...(await measureGeometry(task, "test")),
    ...(await wanted("knn", takeKnn)),
    ...(await wanted("linear-probe", takeProbe)),
  ];
}

async function takeMajority(task: Task): Promise<Taken[]> {
  const { labels, test } = task;
  const predicted = majorityPredictions(labels.train, test.rows, labels.classes.length);
  return takeScores(task, { measure: "majority", split: "test", predicted });
}

async function takeNcc(task: Task): Promise<Taken[]> {
  const { product, key } = task;
  const bank = trainingBank(task);
  const common = { measure: "ncc", settings: { centres: "train" } } as const;
  const permuted = permuteLabels(bank.codes, { key: fork(key, "permuted", "train") });
  const control = { ...bank, codes: permuted };
  const [train, test] = await nccPredictionsOf(bank, [task.train, task.test], { product });
  return [
    ...takeScores(task, {
      ...common,
      split: "train",
      predicted: train,
    }),
    ...takeScores(task, {
      ...common,
      split: "test",
      predicted: test,
    }),
    ...takeScores(task, {
      ...common,
      split: "test",
      predicted: await nccPredictions(control, task.test, { product }),
      codes: permuteLabels(task.labels.test, { key: fork(key, "permuted", "test") }),
      rest: { control: "permuted-labels" },
    }),
  ];
}

async function takeFewShot(task: Task): Promise<Taken[]> {
  const { labels, repeats, product } = task;
  const taken: Taken[] = [];
  for (const shots of task.shots) {
    const found = await fewShotNcc(
      trainingBank(task),
      { matrix: task.test, codes: labels.test },
      { key: fork(task.key, "shots", shots), shots, repeats, product },
    );
    const settings = { shots, repeats, judged: fewShotDefaults.judged };
    const short = found.short.map((c) => labels.classes[c]);
    for (const which of ["accuracy", "balanced"] as const) {
      const { mean, deviation, ...interval } = found[which];
      taken.push({
        measurement: {
          ...heading(task, "few-shot-ncc", "test", settings),
          statistic: which === "accuracy" ? "accuracy" : "balanced-accuracy",
          value: finite(mean),
          ...(repeats > 1 && { interval }),
          items: found.items,
          details: { deviation: finite(deviation), short },
        },
      });
    }
  }
  return taken;
}

async function takeKnn(task: Task): Promise<Taken[]> {
  const { neighbours, product } = task;
  const answers = await knnPredictions(trainingBank(task), task.test, { neighbours, product });
  return answers.flatMap(({ asked, neighbours: used, predicted }) =>
    takeScores(task, {
      measure: "knn",
      split: "test",
      predicted,
      settings: { k: asked, vote: `exp(s/${knnDefaults.temperature})` },
      rest: { details: { neighbours: used } },
    }),
  );
}

async function takeProbe(task: Task): Promise<Taken[]> {
  const probe = await fitProbe(trainingBank(task), {
    key: fork(task.key, "probe"),
    groups: task.groups?.train,
    product: task.product,
  });
  const { penalty, gradientNorm, iterations, validation } = probe;
  const details = {
    penalty,
    gradientNorm,
    iterations,
    validation: validation.map((tried) => ({ ...tried })),
  };
  return takeScores(task, {
    measure: "linear-probe",
    split: "test",
    predicted: await probe.predict(task.test),
    settings: { cv: `${probeDefaults.folds}x${probeDefaults.validationRows}` },
    rest: { details },
  });
}

function trainingBank({ train, labels }: Task) {
  return { matrix: train, codes: labels.train, classes: labels.classes.length };
}
