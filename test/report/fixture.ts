/** A report as a real pilot would leave it: machine parts from three lines, some with defects. */
import { fork, keyFromSeed, normal, uniform } from "../../src/base/index.ts";
import type {
  Difference,
  LayerFacts,
  Measured,
  MeasureName,
  Report,
  Statistic,
  Subject,
  TrainingRow,
} from "../../src/report/index.ts";
import { altered, defects, drawPart, parts, png, sheet } from "./pictures.ts";

const key = keyFromSeed(7);

const fine = parts.flatMap((part) => defects.map((defect) => `${part}/${defect}`));
const fineCounts = [2210, 96, 71, 58, 1640, 84, 33, 41, 905, 44, 61, 27, 688, 52, 39, 24];
const partCounts = sumBy(fineCounts, (i) => Math.floor(i / 4));
const defectCounts = sumBy(fineCounts, (i) => i % 4);

export function makeReport(points = 1200): Report {
  return {
    format: 2,
    stage: "measured",
    created: "2026-11-24T09:30:00.000Z",
    product: { name: "tanafuda", version: "0.1.0" },
    title: "line3-camera",
    verdict: {
      outcome: "works",
      headline: {
        id: "verdict/works",
        values: { labelSet: "part", trained: 0.913, untrained: 0.524, simpleName: "pca" },
      },
      findings: [
        { id: "verdict/finding-of-hundred", values: { trained: 91, untrained: 52 } },
        {
          id: "verdict/finding-imbalance",
          values: { className: "good", share: 0.8963 },
        },
        { id: "verdict/finding-control-holds", values: { value: 0.254, chance: 0.25 } },
        {
          id: "verdict/finding-coarser-easier",
          values: { coarseSet: "part", coarse: 0.913, fineSet: "part-defect", fine: 0.486 },
        },
        {
          id: "verdict/finding-layer-last",
          values: { tap: "pool", best: 0.913, last: 0.913, first: 0.561 },
        },
        {
          id: "verdict/finding-regularisation-drives",
          values: { invarianceFall: 0.87, later: 0.41 },
        },
        {
          id: "verdict/finding-labels-pay",
          values: { probe: 0.612, ncc: 0.486 },
        },
        {
          id: "verdict/finding-stable",
          values: { count: 3, deviation: 0.008, gain: 0.389 },
        },
      ],
      headlineMeasures: [
        { labelSet: "part", measure: "ncc", statistic: "balanced-accuracy" },
        { labelSet: "part-defect", measure: "ncc", statistic: "balanced-accuracy" },
        { labelSet: "part", measure: "directional-cdnv", statistic: "value" },
      ],
      change: [
        { id: "verdict/change-gain-gone", values: { low: 0.368 } },
        { id: "verdict/change-break-even", values: { volume: 2000, ratio: 0.207 } },
      ],
    },
    headlineFeatures: "l2",
    data: {
      dataset: "line3-camera",
      version: "4f9c21ab77d0",
      source: "/srv/cameras/line3",
      resolution: 48,
      size: 32,
      items: 6073,
      train: 4859,
      evaluation: 1214,
      groups: { count: 412, by: "column:lot" },
      rejected: [
        {
          code: "data/empty-file",
          count: 2,
          examples: [{ path: "2024/03/IMG_0031.jpg", values: { path: "2024/03/IMG_0031.jpg" } }],
        },
      ],
      labelSets: [
        labelSet("part", parts, partCounts),
        { ...labelSet("part-defect", fine, fineCounts), parent: "part" },
        labelSet("defect", defects, defectCounts),
        {
          ...labelSet("担当ライン", ["第一", "第二", "夜勤"], [2100, 1890, 640]),
          unlabelled: 1443,
        },
      ],
    },
    doubtful: [
      {
        code: "data/found-blank",
        count: 4,
        values: { count: 4, first: "lot-3/cam1_0012.png" },
        pictures: [picture(1, 0, "blank-1"), picture(2, 0, "blank-2")],
      },
    ],
    resolution: [
      {
        labelSet: "defect",
        protocol: "edges/1 cells=4 lda=0.2 folds=5",
        items: 480,
        working: 32,
        sides: [16, 32, 64, 128].map((side, i) => ({
          side,
          ...around([0.44, 0.52, 0.66, 0.71][i], 0.041),
        })),
        pairs: [
          {
            classes: ["scratch", "dent"],
            items: 96,
            atWorking: around(0.53, 0.097),
            enough: { side: 64, ...around(0.86, 0.071) },
          },
        ],
        better: 64,
      },
    ],
    pictures: Array.from({ length: 6 }, (_, i) => {
      const drawing = drawPart(i % 4, (i * 3) % 4, fork(key, "seen", i));
      return {
        path: `lot-${20 + i}/cam2_${1000 + i * 37}.png`,
        image: png(drawing),
        input: png(drawing),
        views: [
          png(altered(drawing, fork(key, "view", i, 0))),
          png(altered(drawing, fork(key, "view", i, 1))),
        ],
      };
    }),
    training: {
      rows: trainingRows(),
      nccOf: { kind: "labels", labelSet: "part" },
      collapse: "none",
    },
    measures: measures(),
    differences: [
      difference("part", "ncc", "balanced-accuracy", 0.389, 0.021),
      difference("part-defect", "ncc", "balanced-accuracy", 0.241, 0.033),
      difference("part", "directional-cdnv", "value", -0.099, 0.018),
    ],
    layers: [
      layers(
        "part",
        [0.561, 0.642, 0.738, 0.829, 0.887, 0.913],
        [0.5, 0.51, 0.53, 0.52, 0.53, 0.524],
      ),
      layers(
        "part-defect",
        [0.26, 0.3, 0.35, 0.41, 0.46, 0.486],
        [0.22, 0.23, 0.24, 0.25, 0.24, 0.245],
      ),
      layers("defect", [0.31, 0.34, 0.39, 0.45, 0.52, 0.541], [0.29, 0.3, 0.31, 0.32, 0.31, 0.312]),
    ],
    seeds: [
      spread("part", "ncc", "balanced-accuracy", "trained", [0.913, 0.905, 0.921]),
      spread("part", "ncc", "balanced-accuracy", "untrained", [0.524, 0.531, 0.519]),
      spread("part-defect", "ncc", "balanced-accuracy", "trained", [0.486, 0.471, 0.493]),
    ],
    splits: (["knn", "ncc"] as const).map((head, i) => ({
      labelSet: "part",
      facet: "day",
      values: 14,
      items: 4630,
      unjudged: 12,
      head,
      random: around([0.941, 0.918][i], 0.009),
      byFacet: around([0.807, 0.842][i], 0.047),
      difference: around([-0.134, -0.076][i], 0.04),
      worst: { value: "2026-03-14", right: 41, of: 96 },
    })),
    errors: {
      labelSet: "defect",
      wrong: { count: 36, of: 1214, low: 0.0215, high: 0.0408 },
      classes: [
        { name: "good", count: 24, of: 1089, low: 0.0149, high: 0.0326 },
        { name: "scratch", count: 3, of: 41, low: 0.0252, high: 0.1943 },
        { name: "dent", count: 5, of: 45, low: 0.0484, high: 0.235 },
        { name: "stain", count: 4, of: 39, low: 0.0406, high: 0.2364 },
      ],
      confusions: [
        {
          truth: "scratch",
          answer: "good",
          count: 3,
          of: 41,
          pictures: [1, 2, 3].map((n) => picture(n, 1, `missed-${n}`)),
        },
        {
          truth: "good",
          answer: "stain",
          count: 24,
          of: 1089,
          pictures: [0, 1, 2, 3, 0, 1].map((n, i) => picture(n, 0, `alarm-${i}`)),
        },
      ],
      inspection: {
        good: "good",
        missed: { count: 9, of: 125, low: 0.0383, high: 0.1313 },
        falseAlarms: { count: 24, of: 1089, low: 0.0149, high: 0.0326 },
      },
    },
    curve: {
      labelSet: "defect",
      head: "ridge",
      training: 768,
      judged: 1000,
      guessedBeyond: 6144,
      points: [6, 12, 24, 48, 96, 192, 384, 768].map((labels, i) => {
        const error = 0.42 * 0.75 ** i;
        return { labels, error, low: 0.8 * error, high: Math.min(1, 1.25 * error) };
      }),
      band: [1, 2, 4, 8].map((times, i) => {
        const error = 0.056 * 0.8 ** i;
        return { labels: 768 * times, error, low: 0.7 * error, high: 1.3 * error };
      }),
      goals: [
        { target: 0.95, state: "forecast", labels: 1030, low: 840, high: 1900 },
        { target: 0.98, state: "guess", labels: 9000, low: 3100, high: null },
        { target: 0.99, state: "unreachable", labels: null, low: null, high: null },
      ],
      check: { said: 0.061, error: 0.056 },
    },
    labelling: {
      dataset: "castings",
      labelSet: "defect",
      purpose: "train",
      labelled: 120,
      before: 0.41,
      covered: [1, 5, 10, 20, 50].map((count, i) => ({ count, share: 0.43 + 0.05 * i })),
      page: "to-label.html",
      saves: "labels-defect.csv",
      pictures: [0, 1, 2, 3].map((n) => picture(n, 2, `chosen-${n}`)),
    },
    head: {
      labelSet: "defect",
      kind: "logistic",
      setting: 0.01,
      split: "evaluation@4f9c21ab",
      labels: { training: 3000, calibration: 1000, evaluation: 1214, of: 4630 },
      accuracy: around(0.962, 0.011),
      commonest: 0.897,
      calibrationError: 0.021,
      reliability: [0.45, 0.55, 0.65, 0.75, 0.86, 0.98].map((confidence, i) => ({
        confidence,
        count: [6, 9, 22, 41, 96, 994][i],
        of: [14, 18, 35, 57, 117, 1011][i],
        low: Math.max(0, confidence - [0.25, 0.2, 0.15, 0.1, 0.08, 0.01][i]),
        high: Math.min(1, confidence + [0.25, 0.2, 0.15, 0.1, 0.08, 0.01][i]),
      })),
      coverage: {
        promised: 0.9,
        all: { count: 1040, of: 1214, value: 0.857, low: 0.836, high: 0.876 },
        meanSize: 1.4,
        classes: [{ name: "scratch", count: 33, of: 41, value: 0.805, low: 0.651, high: 0.912 }],
        slices: [{ name: "2026-03-14", count: 71, of: 96, value: 0.74, low: 0.64, high: 0.824 }],
      },
      answered: {
        target: 0.05,
        given: { count: 1101, of: 1214, value: 0.907, low: 0.889, high: 0.923 },
        wrong: { count: 31, of: 1101, value: 0.028, low: 0.019, high: 0.04 },
      },
      unlike: {
        alpha: 0.1,
        flagged: { count: 131, of: 1214, value: 0.108, low: 0.091, high: 0.127 },
      },
      refused: [
        {
          code: "heads/too-few-to-promise",
          values: { items: 200, needed: 299, target: 0.01 },
        },
      ],
      confusions: [
        {
          truth: "stain",
          answer: "dent",
          count: 6,
          of: 39,
          pictures: [1, 2, 3].map((n) => picture(n, 1, `taken-${n}`)),
        },
      ],
    },
    cost: {
      volume: 2000,
      defectShare: 0.103,
      wrong: { value: 54.3, low: 34.6, high: 85.5 },
      missed: { value: 14.8, low: 7.9, high: 27 },
      falseAlarms: { value: 39.5, low: 26.7, high: 58.5 },
      breakEven: 0.207,
    },
    clusters: {
      encoder: "trained",
      items: 6073,
      protocol: "k-means/1 l2 k=12 starts=4",
      groups: [2210, 1640, 905, 688, 400, 230].map((size, i) => ({
        size,
        spread: [0.05, 0.12, 0.2, 0.28, 0.36, 0.41][i],
        typical: [0, 1, 2, 3].map((n) => picture(i % 4, 0, `typical-${i}-${n}`)),
        odd: [0, 1].map((n) => picture(i % 4, n + 1, `odd-${i}-${n}`)),
        leastAlike: [0, 1].map((n) => picture((i + n) % 4, n, `apart-${i}-${n}`)),
        nearest: (i + 1) % 6,
        labels: {
          of: size - 12,
          classes: [
            { name: parts[i % 4], count: size - 20 },
            { name: parts[(i + 1) % 4], count: 8 },
          ],
        },
      })),
      members: {
        path: Array.from({ length: 40 }, (_, i) => `lot-${i}/cam1_${i}.png`),
        group: Array.from({ length: 40 }, (_, i) => i % 6),
      },
    },
    map: shelfMap(points),
    neighbours: Array.from({ length: 4 }, (_, row) => ({
      query: picture(row, (row * 3) % 4, `q${row}`),
      nearest: Array.from({ length: 6 }, (_, rank) => ({
        ...picture(row, rank === 4 ? (row + 2) % 4 : (row * 3) % 4, `n${row}-${rank}`),
        similarity: 0.973 - 0.011 * rank - 0.013 * row,
      })),
    })),
    run: {
      id: "20261124-093000-pilot-3f1c",
      method: "SimCLR",
      backbone: "res-5-128",
      trained: {
        representation: "line3-camera-simclr-res-5-128@1",
        dimensions: 128,
        batch: 256,
        steps: 1140,
        epochs: 60,
        seconds: 1843,
      },
      seeds: [0, 1, 2],
      executor: "ort (CPU, 2 threads)",
      host: "Intel Xeon 2.6 GHz, 2 cores, Linux x64",
      peakMemory: 1_310_000_000,
      configuration: {
        method: { name: "simclr", temperature: 0.2, projector: [2048, 128] },
        backbone: { name: "res", depth: 5, width: 128 },
        optimiser: { name: "sgd", learningRate: 0.12, momentum: 0.9, weightDecay: 0.0001 },
        plan: { convolution: "NCHW float32", threads: 2 },
      },
    },
    next: [
      {
        id: "verdict/next-search",
        values: {},
        hours: { low: 0.25, high: 0.5 },
        command: "tanafuda search line3-camera-simclr-res-5-128@1 photos/new.jpg",
      },
      {
        id: "verdict/next-longer",
        values: {},
        command: "tanafuda pretrain line3-camera --from @last --epochs 120",
      },
    ],
  };
}

function measures(): Measured[] {
  const subjects: readonly [Subject, number][] = [
    ["trained", 1],
    ["untrained", 0.35],
    ["raw-pixels", 0.28],
    ["pca", 0.42],
    ["permuted-labels", 0.01],
  ];
  /** Name, classes' chance, the best NCC, labelled items, share of the commonest class. */
  const sets: readonly [string, number, number, number, number][] = [
    ["part", 0.25, 0.913, 1214, 0.401],
    ["part-defect", 1 / 16, 0.486, 1214, 0.364],
    ["defect", 0.25, 0.541, 1214, 0.896],
    ["担当ライン", 1 / 3, 0.402, 926, 0.454],
  ];
  const found: Measured[] = [];
  for (const [set, chance, best, items, share] of sets) {
    for (const [subject, reach] of subjects) {
      const at = (top: number, bottom = chance) => bottom + (top - bottom) * reach;
      const row = (measure: MeasureName, statistic: Statistic, value: number, count?: number) => {
        const half =
          statistic === "value" ? 0.06 * value : 1.96 * Math.sqrt((value * (1 - value)) / items);
        found.push({
          subject,
          labelSet: set,
          measure,
          statistic,
          features: "l2",
          split: "evaluation",
          ...(count === undefined ? {} : { count }),
          protocol: `${measure}/1 b1000`,
          value,
          low: Math.max(0, value - half),
          high: value + half,
        });
      };
      row("ncc", "balanced-accuracy", at(best));
      row("ncc", "accuracy", at(Math.min(0.97, best + 0.02), chance * 0.9));
      row("knn", "balanced-accuracy", at(best + 0.03), 20);
      if (subject === "trained") {
        row("ncc-shots", "balanced-accuracy", at(best * 0.72), 1);
        row("ncc-shots", "balanced-accuracy", at(best * 0.9), 5);
      }
      row("linear-probe", "balanced-accuracy", at(Math.min(0.97, best + 0.126)));
      row("cdnv", "value", ((1.4 - best) * 0.5) / (0.1 + reach));
      row("directional-cdnv", "value", ((1.4 - best) * 0.22) / (0.35 + reach) ** 1.3);
    }
    for (const [statistic, value] of [
      ["balanced-accuracy", chance],
      ["accuracy", share],
    ] as const) {
      found.push({
        subject: "majority",
        labelSet: set,
        measure: "ncc",
        statistic,
        features: "l2",
        split: "evaluation",
        protocol: "majority/1",
        value,
      });
    }
  }
  for (const [subject, sample, rank] of [
    ["trained", 0.942, 71.3],
    ["untrained", 0.418, 9.6],
  ] as const) {
    const shared = { subject, labelSet: null, features: "l2", split: "evaluation" } as const;
    found.push({
      ...shared,
      measure: "sample-ncc",
      statistic: "accuracy",
      protocol: "sample-ncc/1 500x20",
      value: sample,
      low: sample - 0.006,
      high: sample + 0.006,
    });
    found.push({
      ...shared,
      measure: "rankme",
      statistic: "value",
      protocol: "rankme/1",
      value: rank,
    });
  }
  return found;
}

function trainingRows(): TrainingRow[] {
  const noise = normal(fork(key, "curves"), 1200);
  return Array.from({ length: 115 }, (_, i) => {
    const step = i * 10;
    const t = step / 1140;
    const invariance = 0.9 * Math.exp(-9 * t) + 0.32 + 0.012 * noise[i];
    const regularisation = 5.1 * Math.exp(-2.2 * t) + 1.4 + 0.02 * noise[i + 300];
    return {
      step,
      epoch: step / 19,
      loss: invariance + regularisation,
      invariance,
      regularisation,
      learningRate: 0.12 * (t < 0.1 ? t / 0.1 : 0.5 * (1 + Math.cos(Math.PI * ((t - 0.1) / 0.9)))),
      ...(i % 6 === 0 ? { ncc: 0.913 - 0.389 * Math.exp(-3.4 * t) + 0.006 * noise[i + 600] } : {}),
    };
  });
}

function shelfMap(count: number): Report["map"] {
  const places = normal(fork(key, "map"), 2 * count);
  const draws = uniform(fork(key, "classes"), count);
  const total = fineCounts.reduce((a, b) => a + b, 0);
  const codes = Array.from(draws, (u) => {
    let rest = u * total;
    return fineCounts.findIndex((n) => {
      rest -= n;
      return rest < 0;
    });
  });
  const drawings = codes.map((code, i) =>
    drawPart(Math.floor(code / 4), code % 4, fork(key, "map", i), 32),
  );
  const centre = (code: number) => {
    const part = Math.floor(code / 4);
    const [x, y] = [
      [-6, 3],
      [4, 6],
      [7, -3],
      [-2, -6],
    ][part];
    const angle = ((code % 4) * Math.PI) / 2 + part;
    const away = code % 4 === 0 ? 0 : 2.6;
    return [x + away * Math.cos(angle), y + away * Math.sin(angle)];
  };
  return {
    method: "UMAP",
    encoder: "trained",
    of: 6073,
    x: codes.map((code, i) => centre(code)[0] + places[2 * i] * (code % 4 === 0 ? 1.25 : 0.6)),
    y: codes.map((code, i) => centre(code)[1] + places[2 * i + 1] * (code % 4 === 0 ? 0.9 : 0.6)),
    path: codes.map((code, i) => `lot-${i % 40}/${fine[code].replace("/", "_")}_${i}.png`),
    labels: [
      { labelSet: "part", codes: codes.map((code) => Math.floor(code / 4)) },
      { labelSet: "part-defect", codes },
      { labelSet: "defect", codes: codes.map((code) => code % 4) },
      { labelSet: "担当ライン", codes: codes.map((_, i) => (i % 4) - 1) },
    ],
    groups: codes.map((code) => Math.floor(code / 4)),
    sheets: Array.from({ length: Math.ceil(count / 400) }, (_, i) => {
      const part = drawings.slice(i * 400, (i + 1) * 400);
      return { image: png(sheet(part, 32, 20)), tile: 32, columns: 20, count: part.length };
    }),
  };
}

function around(value: number, half: number) {
  return { value, low: value - half, high: value + half };
}

function picture(part: number, defect: number, name: string) {
  return {
    path: `lot-${part}/${name}.png`,
    image: png(drawPart(part, defect, fork(key, "near", name))),
    label: `${parts[part]}/${defects[defect]}`,
  };
}

function labelSet(name: string, classes: readonly string[], counts: readonly number[]) {
  return {
    name,
    classes,
    counts,
    evaluationCounts: counts.map((n) => Math.round(n / 5)),
    unlabelled: 0,
  };
}

function layers(
  labelSet: string,
  trained: readonly number[],
  untrained: readonly number[],
): LayerFacts {
  return {
    labelSet,
    measure: "ncc",
    statistic: "balanced-accuracy",
    taps: trained.map((value, i) => ({
      tap: i === 5 ? "pool" : `block${i + 1}`,
      value,
      untrained: untrained[i],
    })),
  };
}

function difference(
  labelSet: string,
  measure: MeasureName,
  statistic: Statistic,
  value: number,
  half: number,
): Difference {
  const [low, high] = [value - half, value + half];
  return {
    from: "untrained",
    to: "trained",
    labelSet,
    measure,
    statistic,
    over: "seeds",
    value,
    low,
    high,
  };
}

function spread(
  labelSet: string,
  measure: MeasureName,
  statistic: Statistic,
  subject: Subject,
  values: readonly number[],
) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((a, b) => a + (b - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return { labelSet, measure, statistic, subject, values, mean, deviation };
}

function sumBy(values: readonly number[], group: (index: number) => number): number[] {
  const sums: number[] = [];
  values.forEach((value, i) => {
    sums[group(i)] = (sums[group(i)] ?? 0) + value;
  });
  return sums;
}
