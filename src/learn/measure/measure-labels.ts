/** Everything that one label set says about one matrix of features. */
import { fork, type Key } from "../../base/index.ts";
import { bootstrapScores } from "./bootstrap.ts";
import { cdnv, type PairMeasure } from "./cdnv.ts";
import { classStatistics } from "./class-statistics.ts";
import { crossFittedCdnv } from "./cross-fitted-cdnv.ts";
import { deltaInterval } from "./delta-interval.ts";
import { directionalCdnv } from "./directional-cdnv.ts";
import { fewShotDefaults, fewShotNcc } from "./few-shot-ncc.ts";
import { knnDefaults, knnPredictions } from "./knn.ts";
import { type Groups, numberGroups, type UsableLabels } from "./labels.ts";
import { fitProbe, probeDefaults } from "./linear-probe.ts";
import type { Matrix, Product } from "./matrix.ts";
import { finite, type Measurement, type MeasureName, type Taken } from "./measurement.ts";
import { nccPredictions } from "./ncc.ts";
import { permuteLabels } from "./permuted-labels.ts";
import { type Features, protocolId } from "./protocol.ts";
import { majorityPredictions, scorePredictions } from "./scores.ts";
import { withinClassVariance } from "./within-class-variance.ts";

export interface LabelOptions {
  readonly key: Key;
  readonly features: Features;
  readonly measures: ReadonlySet<MeasureName>;
  readonly shots: readonly number[];
  readonly repeats: number;
  readonly neighbours: readonly number[];
  readonly bootstrap: number;
  readonly product: Product;
}

/** Prepared features of both splits, usable labels, and the groups of the rows. */
export interface LabelledFeatures {
  readonly train: Matrix;
  readonly test: Matrix;
  readonly labels: UsableLabels;
  readonly groups?: { readonly train: Groups; readonly test: Groups } | undefined;
}

type Split = "train" | "test";
type Settings = Readonly<Record<string, string | number>>;

export async function measureLabels(
  data: LabelledFeatures,
  options: LabelOptions,
): Promise<Taken[]> {
  const { labels, train, test } = data;
  const { measures, product } = options;
  const key = fork(options.key, labels.name);
  const classes = labels.classes.length;
  const bank = { matrix: train, codes: labels.train, classes };
  const taker = new Taker(data, options);
  const taken: Taken[] = [];
  if (measures.has("majority")) {
    const predicted = majorityPredictions(labels.train, test.rows, classes);
    taken.push(...taker.scores("majority", predicted, "test", {}));
  }
  if (measures.has("ncc")) {
    const [onTrain, onTest] = [
      await nccPredictions(bank, train, { product }),
      await nccPredictions(bank, test, { product }),
    ];
    taken.push(
      ...taker.scores("ncc", onTrain, "train", { centres: "train" }),
      ...taker.scores("ncc", onTest, "test", { centres: "train" }),
    );
    const shuffled = permutedBank(data, fork(key, "permuted"));
    const predicted = await nccPredictions(shuffled.bank, test, { product });
    taken.push(
      ...taker.scores(
        "ncc",
        predicted,
        "test",
        { centres: "train" },
        {
          codes: shuffled.test,
          rest: { control: "permuted-labels" },
        },
      ),
    );
  }
  if (measures.has("few-shot-ncc")) {
    for (const shots of options.shots) {
      taken.push(...(await taker.fewShot(shots, fork(key, "shots", shots))));
    }
  }
  for (const split of ["train", "test"] as const) {
    taken.push(...(await taker.geometry(split, fork(key, split))));
  }
  if (measures.has("knn")) {
    const { neighbours } = options;
    for (const answer of await knnPredictions(bank, test, { neighbours, product })) {
      const settings = { k: answer.asked, vote: `exp(s/${knnDefaults.temperature})` };
      const rest = { details: { neighbours: answer.neighbours } };
      taken.push(...taker.scores("knn", answer.predicted, "test", settings, { rest }));
    }
  }
  if (measures.has("linear-probe")) {
    const probe = await fitProbe(bank, {
      key: fork(key, "probe"),
      groups: data.groups?.train,
      product,
    });
    const { penalty, gradientNorm, iterations } = probe;
    const settings = { cv: `${probeDefaults.folds}x${probeDefaults.validationRows}` };
    const validation = probe.validation.map(({ penalty, loss }) => ({ penalty, loss }));
    taken.push(
      ...taker.scores("linear-probe", await probe.predict(test), "test", settings, {
        rest: { details: { penalty, gradientNorm, iterations, validation } },
      }),
    );
  }
  return taken;
}

/** Turns results into measurements of one label set and one kind of features. */
class Taker {
  readonly #data: LabelledFeatures;
  readonly #options: LabelOptions;

  constructor(data: LabelledFeatures, options: LabelOptions) {
    this.#data = data;
    this.#options = options;
  }

  /** Accuracy and balanced accuracy of predictions, with bootstrap intervals. */
  scores(
    measure: MeasureName,
    predicted: Int32Array,
    split: Split,
    settings: Settings,
    { codes, rest }: { readonly codes?: Int32Array; readonly rest?: Partial<Measurement> } = {},
  ): Taken[] {
    const { labels, groups } = this.#data;
    const scores = scorePredictions(predicted, codes ?? labels[split], labels.classes.length);
    const ofRows = groups && groupCodes(groups[split], scores.rows);
    const intervals = bootstrapScores(scores.correct, scores.codes, {
      key: fork(this.#options.key, "intervals", split),
      groups: ofRows,
      repeats: this.#options.bootstrap,
    });
    const evidence = {
      kind: "scores",
      rows: scores.rows,
      codes: scores.codes,
      scores: scores.correct,
      ...(ofRows && { groups: ofRows }),
    } as const;
    const common = { ...this.#common(measure, split, settings), items: scores.items, ...rest };
    const perClass = labels.classes.map((name, c) => ({
      class: name,
      items: scores.counts[c],
      found: finite(scores.perClass[c]),
    }));
    return [
      {
        measurement: {
          ...common,
          statistic: "accuracy",
          value: finite(scores.accuracy),
          interval: intervals.accuracy,
        },
        evidence,
      },
      {
        measurement: {
          ...common,
          statistic: "balanced-accuracy",
          value: finite(scores.balanced),
          interval: intervals.balanced,
          details: { ...common.details, perClass },
        },
        evidence,
      },
    ];
  }

  async fewShot(shots: number, key: Key): Promise<Taken[]> {
    const { train, test, labels } = this.#data;
    const { repeats, product } = this.#options;
    const found = await fewShotNcc(
      { matrix: train, codes: labels.train, classes: labels.classes.length },
      { matrix: test, codes: labels.test },
      { key, shots, repeats, product },
    );
    const settings = { shots, repeats, judged: fewShotDefaults.judged };
    const short = found.short.map((c) => labels.classes[c]);
    return (["accuracy", "balanced"] as const).map((which) => {
      const { mean, deviation, ...interval } = found[which];
      return {
        measurement: {
          ...this.#common("few-shot-ncc", "test", settings),
          statistic: which === "accuracy" ? "accuracy" : "balanced-accuracy",
          value: finite(mean),
          ...(repeats > 1 && { interval }),
          items: found.items,
          details: { deviation: finite(deviation), short },
        },
      };
    });
  }

  /** Variances and distances of the classes of one split. */
  async geometry(split: Split, key: Key): Promise<Taken[]> {
    const { labels, groups } = this.#data;
    const { measures, product } = this.#options;
    const matrix = this.#data[split];
    const codes = labels[split];
    const classes = labels.classes.length;
    const taken: Taken[] = [];
    const wanted = [
      "within-class-variance",
      "cdnv",
      "directional-cdnv",
      "cross-fitted-cdnv",
    ] as const;
    if (!wanted.some((measure) => measures.has(measure))) return taken;
    const statistics = classStatistics(matrix, codes, classes);
    if (measures.has("within-class-variance")) {
      const within = withinClassVariance(matrix, codes, statistics);
      const common = this.#common("within-class-variance", split, {});
      const found = this.#influenced(within.mean, within.influence, split);
      const total = { total: within.total };
      taken.push({
        measurement: { ...common, statistic: "class-mean", ...found.number, details: total },
        evidence: found.evidence,
      });
      taken.push({
        measurement: {
          ...common,
          statistic: "share",
          value: finite(within.share),
          items: found.number.items,
          details: total,
        },
      });
    }
    if (measures.has("cdnv")) {
      taken.push(this.#pairs("cdnv", cdnv(matrix, codes, statistics), split));
      if (split === "test") {
        const shuffled = permuteLabels(codes, { key: fork(key, "permuted") });
        const control = cdnv(matrix, shuffled, classStatistics(matrix, shuffled, classes));
        taken.push(this.#pairs("cdnv", control, split, { control: "permuted-labels" }));
      }
    }
    if (measures.has("directional-cdnv")) {
      const pairs = await directionalCdnv(matrix, codes, statistics, { product });
      taken.push(this.#pairs("directional-cdnv", pairs, split));
    }
    if (measures.has("cross-fitted-cdnv")) {
      const found = await crossFittedCdnv(
        matrix,
        { codes, classes },
        { key: fork(key, "cross-fit"), groups: groups?.[split], product },
      );
      taken.push({
        measurement: {
          ...this.#common("cross-fitted-cdnv", split, { folds: 2 }),
          statistic: "pair-mean",
          value: finite(found.mean),
          items: countLabelled(codes),
          details: {
            median: finite(found.median),
            inseparable: found.inseparable,
            leftOut: found.leftOut.map((c) => labels.classes[c]),
            hardest: hardestPairs(found.pairs, labels.classes),
          },
        },
      });
    }
    return taken;
  }

  #pairs(
    measure: MeasureName,
    found: PairMeasure,
    split: Split,
    rest: Partial<Measurement> = {},
  ): Taken {
    const { classes } = this.#data.labels;
    const { number, evidence } = this.#influenced(found.mean, found.influence, split);
    return {
      measurement: {
        ...this.#common(measure, split, {}),
        statistic: "pair-mean",
        ...number,
        details: {
          median: finite(found.median),
          coincident: found.coincident,
          hardest: hardestPairs(found.pairs, classes),
        },
        ...rest,
      },
      ...(rest.control === undefined && { evidence }),
    };
  }

  #influenced(value: number, influence: Float64Array, split: Split) {
    const { labels, groups } = this.#data;
    const codes = labels[split];
    const ofRows = groups && groupCodes(groups[split]);
    const interval =
      value > 0 && Number.isFinite(value)
        ? deltaInterval(value, influence, codes, { groups: ofRows })
        : undefined;
    return {
      number: {
        value: finite(value),
        ...(interval && { interval }),
        items: countLabelled(codes),
      },
      evidence: {
        kind: "influence",
        codes,
        influence,
        ...(ofRows && { groups: ofRows }),
      } as const,
    };
  }

  #common(measure: MeasureName, split: Split, settings: Settings) {
    const { features } = this.#options;
    const protocol = protocolId(measure, features, settings);
    return { measure, protocol, features, split, labelSet: this.#data.labels.name };
  }
}

function permutedBank({ train, labels }: LabelledFeatures, key: Key) {
  const codes = permuteLabels(labels.train, { key: fork(key, "train") });
  return {
    bank: { matrix: train, codes, classes: labels.classes.length },
    test: permuteLabels(labels.test, { key: fork(key, "test") }),
  };
}

/** The pairs of classes that are told apart worst. */
function hardestPairs(pairs: Float64Array, classes: readonly string[], count = 5) {
  return Array.from(pairs.keys())
    .filter((at) => !Number.isNaN(pairs[at]))
    .sort((a, b) => pairs[b] - pairs[a])
    .slice(0, count)
    .map((at) => ({
      classes: [classes[Math.floor(at / classes.length)], classes[at % classes.length]],
      value: pairs[at],
    }));
}

function groupCodes(groups: Groups, rows?: Uint32Array): Int32Array {
  return numberGroups(groups, rows).codes;
}

function countLabelled(codes: Int32Array): number {
  return codes.reduce((count, code) => count + (code >= 0 ? 1 : 0), 0);
}
