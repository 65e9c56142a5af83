/** The headline's rule table, the findings' rules and the next steps, at and beside each threshold. */
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Estimate,
  findings,
  headline,
  limits,
  nextSteps,
  type PilotNumbers,
  type VerdictCode,
} from "../../src/decide/index.ts";
import { languages, sentence, type VerdictId } from "../../src/words/index.ts";

const good = {
  labelSet: "category",
  evaluationItems: 1500,
  trained: around(0.6, 0.02),
  untrained: around(0.3, 0.02),
  simple: { name: "pca", estimate: around(0.35, 0.02) },
  majority: 0.1,
  gain: around(0.3, 0.02),
  gainOverSimple: around(0.25, 0.02),
} as const satisfies PilotNumbers["labelled"];

describe("headline", () => {
  const cases: [string, Partial<typeof good | Record<string, unknown>>, string, string][] = [
    ["all good", {}, "verdict/works", "works"],
    ["29 pictures", { evaluationItems: 29 }, "verdict/unknown-few", "unknown"],
    ["30 pictures", { evaluationItems: 30 }, "verdict/works", "works"],
    ["worse than untrained", { gain: around(-0.03, 0.02) }, "verdict/failed-harmed", "failed"],
    ["narrow around 0", { gain: around(0.01, 0.05) }, "verdict/failed-no-gain", "failed"],
    ["wide around 0", { gain: around(0.01, 0.051) }, "verdict/unknown-wide", "unknown"],
    ["at chance", { trained: around(0.11, 0.01) }, "verdict/failed-chance", "failed"],
    ["above chance", { trained: around(0.12, 0.01) }, "verdict/works", "works"],
    [
      "simple is better",
      { gainOverSimple: around(-0.05, 0.02) },
      "verdict/failed-simple-better",
      "failed",
    ],
    [
      "simple is as good",
      { gainOverSimple: around(0.01, 0.02) },
      "verdict/partly-simple-as-good",
      "partly",
    ],
    ["nothing simple measured", { gainOverSimple: undefined }, "verdict/works", "works"],
    ["small but sure", { gain: around(0.019, 0.01) }, "verdict/partly-small-gain", "partly"],
    ["just useful", { gain: around(0.02, 0.01) }, "verdict/works", "works"],
  ];
  it.each(cases)("%s", (_name, change, id, outcome) => {
    const labelled = { ...good, ...change };
    expect(headline({ collapse: "none", labelled })).toMatchObject({ id, outcome });
  });

  it("puts complete collapse before everything", () => {
    expect(headline({ collapse: "complete", labelled: good }).id).toBe("verdict/failed-collapsed");
    expect(headline({ collapse: "dimensional", labelled: good }).id).toBe("verdict/works");
  });

  it("says that there are no labels, with what can be said", () => {
    const sample = { trained: around(0.8, 0.02), untrained: around(0.5, 0.02) };
    expect(headline({ collapse: "none", sample }).id).toBe("verdict/unlabelled");
    const same = { trained: around(0.52, 0.02), untrained: around(0.5, 0.02) };
    expect(headline({ collapse: "none", sample: same }).id).toBe("verdict/unlabelled-no-gain");
    const none = headline({ collapse: "none" });
    expect(sentence(none.id, none.values, "en").trim()).toBe(
      "There are no usable labels, so it cannot be judged yet how useful this is.",
    );
  });

  it("says failure plainly, in both languages", () => {
    const verdict = headline({ collapse: "none", labelled: { ...good, gain: around(0, 0.01) } });
    expect(sentence(verdict.id, verdict.values, "en")).toMatch(/^It did not work:/);
    expect(sentence(verdict.id, verdict.values, "ja")).toMatch(/^うまくいきませんでした。/);
  });
});

describe("findings", () => {
  it("is silent without numbers", () => {
    expect(findings({})).toEqual([]);
  });

  const cases: [Parameters<typeof findings>[0], VerdictCode[]][] = [
    [{ majority: { className: "a", share: 0.5 } }, []],
    [{ majority: { className: "a", share: 0.51 } }, ["verdict/finding-imbalance"]],
    [
      { permuted: { estimate: around(0.11, 0.01), chance: 0.1 } },
      ["verdict/finding-control-holds"],
    ],
    [
      { permuted: { estimate: around(0.12, 0.01), chance: 0.1 } },
      ["verdict/finding-control-fails"],
    ],
    ...([0.7, 0.58] as const).map((low): [Parameters<typeof findings>[0], VerdictCode[]] => [
      {
        ncc: { trained: 0.55, untrained: 0.55 },
        outlines: { estimate: { value: 0.8, low, high: 0.9 }, side: 32 },
      },
      low === 0.7
        ? ["verdict/finding-of-hundred", "verdict/finding-outlines-better"]
        : ["verdict/finding-of-hundred"],
    ]),
    ...(
      [
        [0.11, "verdict/finding-control-equal"],
        [0.2, "verdict/finding-control-holds"],
      ] as const
    ).map(([trained, expected]): [Parameters<typeof findings>[0], VerdictCode[]] => [
      {
        permuted: { estimate: around(0.11, 0.015), chance: 0.1 },
        ncc: { trained, untrained: trained },
      },
      ["verdict/finding-of-hundred", expected],
    ]),
    [
      {
        layers: [
          { tap: "a", value: 0.2 },
          { tap: "b", value: 0.3 },
        ],
      },
      ["verdict/finding-layer-last"],
    ],
    [
      {
        layers: [
          { tap: "a", value: 0.4 },
          { tap: "b", value: 0.3 },
        ],
      },
      ["verdict/finding-layer-earlier"],
    ],
    [{ layers: [{ tap: "a", value: 0.4 }] }, []],
    [
      {
        levels: [
          { labelSet: "c", value: 0.4 },
          { labelSet: "f", value: 0.3 },
        ],
      },
      ["verdict/finding-coarser-easier"],
    ],
    [
      {
        levels: [
          { labelSet: "c", value: 0.2 },
          { labelSet: "f", value: 0.3 },
        ],
      },
      ["verdict/finding-finer-easier"],
    ],
    [
      { firstThird: { invarianceFall: 0.85, nccGain: 0.6 } },
      ["verdict/finding-regularisation-drives"],
    ],
    [{ firstThird: { invarianceFall: 0.79, nccGain: 0.6 } }, []],
    [{ firstThird: { invarianceFall: 0.85, nccGain: 0.9 } }, []],
    [{ rank: { value: 12, dimensions: 128 } }, ["verdict/finding-low-rank"]],
    [{ rank: { value: 13, dimensions: 128 } }, []],
    [{ seeds: { count: 3, deviation: 0.02, gain: 0.03 } }, ["verdict/finding-luck"]],
    [{ seeds: { count: 3, deviation: 0.01, gain: 0.03 } }, ["verdict/finding-stable"]],
    [{ seeds: { count: 1, deviation: 0, gain: 0.03 } }, []],
    [{ pictures: { total: 100, rejected: 1 } }, []],
    [{ pictures: { total: 100, rejected: 2 } }, ["verdict/finding-rejected"]],
    [{ smallClasses: 0 }, []],
    [{ smallClasses: 3 }, ["verdict/finding-small-classes"]],
    [
      { ncc: { trained: 0.614, untrained: 0.2, training: 0.77 }, probe: 0.72 },
      ["verdict/finding-of-hundred", "verdict/finding-training-gap", "verdict/finding-labels-pay"],
    ],
    [
      { ncc: { trained: 0.614, untrained: 0.2, training: 0.76 }, probe: 0.71 },
      ["verdict/finding-of-hundred"],
    ],
  ];
  it.each(cases)("%j", (numbers, ids) => {
    const found = findings(numbers);
    expect(found.map(({ id }) => id)).toEqual(ids);
    for (const { id, values } of found) {
      for (const language of languages) expect(sentence(id, values, language)).not.toMatch(/[{}]/);
    }
  });
});

describe("next steps", () => {
  const calm = { trainingPictures: limits.fewPictures, stillRising: false };

  it("follows the headline", () => {
    const works = headline({ collapse: "none", labelled: good });
    expect(nextSteps(works, calm).map(({ id }) => id)).toEqual(["verdict/next-search"]);
    expect(
      nextSteps(works, { trainingPictures: 1999, stillRising: true }).map(({ id }) => id),
    ).toEqual(["verdict/next-search", "verdict/next-longer", "verdict/next-more-pictures"]);
    const collapsed = headline({ collapse: "complete" });
    expect(nextSteps(collapsed, { ...calm, stillRising: true }).map(({ id }) => id)).toEqual([
      "verdict/next-against-collapse",
    ]);
  });

  it("says how many pictures would narrow the interval enough", () => {
    const wide = { ...good, evaluationItems: 100, gain: around(0.05, 0.1) };
    const [step] = nextSteps(headline({ collapse: "none", labelled: wide }), calm);
    expect(step).toEqual({ id: "verdict/next-more-evaluation", values: { items: 400 } });
  });
});

it("has words for every verdict and no other", () => {
  expectTypeOf<VerdictCode>().toEqualTypeOf<VerdictId>();
});

function around(value: number, half: number): Estimate {
  return { value, low: value - half, high: value + half };
}
