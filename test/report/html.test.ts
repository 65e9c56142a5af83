/** The page: hostile text stays text, nothing is loaded, both languages say all, numbers are the report's. */
import { describe, expect, it } from "vitest";
import {
  type Report,
  renderReport,
  reportLimits,
  withoutPictures,
} from "../../src/report/index.ts";
import { languages, sentence } from "../../src/words/index.ts";
import { makeReport } from "./fixture.ts";
import { hostileReport } from "./hostile.ts";

const report = makeReport();
const page = renderReport(report);

describe("hostile text", () => {
  const rendered = renderReport(hostileReport());

  it("opens no element and no attribute", () => {
    expect(rendered).not.toMatch(/<img src=x/);
    expect(rendered).not.toContain("<script>alert");
    expect(rendered.match(/<script/g)).toHaveLength(3);
    expect(rendered.match(/<\/script>/g)).toHaveLength(3);
    expect(tags(rendered).filter((tag) => /\son\w+=/i.test(tag))).toEqual([]);
  });

  it("lets only inline raster images into sources", () => {
    const sources = [...rendered.matchAll(/<img[^>]* src="([^"]*)"/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/^$|^data:image\/png;base64,[\w+/=]+$/);
  });

  it("makes control and direction characters visible", () => {
    expect(rendered).not.toContain("\u202e");
    expect(rendered).toContain("\\u202e");
  });
});

describe("alone in a file", () => {
  it("refers to nothing outside", () => {
    const text = page.replace(/data:image\/png;base64,[A-Za-z0-9+/=]+/g, "");
    expect(text.replaceAll('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|\/\/\w/);
    expect(text).not.toMatch(/<(?:link|iframe|object|embed|base|form|audio|video)\b/);
    expect(text).not.toMatch(/@import|url\((?!#)/);
  });

  it("forbids everything but itself", () => {
    expect(page).toContain(
      `content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
  });

  it("has ids that are unique and references that exist", () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const references = [
      ...page.matchAll(/\s(?:popovertarget|aria-labelledby|for)="([^"]+)"/g),
      ...page.matchAll(/href="#([^"]+)"/g),
      ...page.matchAll(/url\(#([^)]+)\)/g),
    ].map(([, id]) => id);
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("is the same for the same report", () => {
    expect(renderReport(makeReport())).toBe(page);
  });
});

describe("languages", () => {
  it("says everything twice", () => {
    const count = (language: string) =>
      page.match(new RegExp(`<span class="${language}" lang="${language}">`, "g"))?.length;
    expect(count("en")).toBeGreaterThan(300);
    expect(count("ja")).toBe(count("en"));
  });

  it("leaves no placeholder unfilled", () => {
    const spans = [...page.matchAll(/<span class="(?:en|ja)"[^>]*>([^<]*)</g)].map(([, t]) => t);
    expect(spans.filter((text) => /[{}]/.test(text))).toEqual([]);
  });

  it.each(languages)("opens in %s and carries its sentences", (language) => {
    const opened = renderReport(report, { language });
    expect(opened).toContain(`<html lang="${language}">`);
    expect(opened).toMatch(new RegExp(`id="language-${language}" value="${language}" checked`));
    const { headline, findings } = report.verdict;
    for (const { id, values } of [headline, ...findings, ...report.next]) {
      expect(opened).toContain(sentence(id, values, language));
    }
  });

  it("says plainly that it did not work", () => {
    const failed: Report = {
      ...report,
      verdict: {
        ...report.verdict,
        outcome: "failed",
        headline: { id: "verdict/failed-no-gain", values: { labelSet: "part" } },
      },
    };
    const text = renderReport(failed);
    expect(text).toContain("It did not work: training did not improve the sorting by “part”");
    expect(text).toContain(
      "うまくいきませんでした。「part」の分かれ方は、学習前から良くなっていません。",
    );
    expect(text).toContain('class="tag tag-failed"');
  });
});

describe("numbers", () => {
  const shown = new Set([...page.matchAll(/<data value="([^"]+)">/g)].map(([, v]) => Number(v)));

  it("shows every measured value and interval", () => {
    const all = report.measures.flatMap(({ value, low, high }) => [value, low, high]);
    expect(all.filter((v) => v !== undefined && !shown.has(v))).toEqual([]);
    expect(shown).toContain(report.data.items);
    for (const { values, mean } of report.seeds) {
      for (const value of [...values, mean]) expect(shown).toContain(value);
    }
  });

  it("keeps measures apart that differ in their count alone", () => {
    const tables = page.slice(
      page.indexOf('<table class="measures">'),
      page.indexOf('id="training"'),
    );
    const of = (count: number) =>
      report.measures.find((row) => row.measure === "ncc-shots" && row.count === count)?.value;
    for (const count of [1, 5]) expect(tables).toContain(`<data value="${of(count)}">`);
    expect(tables).toContain("5 labels per class");
  });

  it("shows no number that the report does not have", () => {
    const known = new Set(numbersOf(report));
    for (const bar of [...report.splits, ...report.resolution]) known.add(bar.items);
    const { rejected } = report.data;
    known.add(rejected.reduce((sum, { count }) => sum + count, 0));
    const ends = [...page.matchAll(/end-1"><data value="([^"]+)"/g)].map(([, v]) => Number(v));
    expect([...shown].filter((value) => !known.has(value) && !ends.includes(value))).toEqual([]);
  });

  it("writes a number as a person reads it", () => {
    expect(page).toContain('<data value="0.913">91.3%</data>');
    expect(page).toContain('<data value="6073">6,073</data>');
  });
});

describe("size", () => {
  it("stays under the limit by showing fewer thumbnails, and says so", () => {
    const limit = 1_000_000;
    const small = renderReport(report, { bytes: limit });
    expect(Buffer.byteLength(page)).toBeLessThan(reportLimits.bytes);
    expect(Buffer.byteLength(page)).toBeGreaterThan(limit);
    expect(Buffer.byteLength(small)).toBeLessThanOrEqual(limit);
    expect(small).toContain("Thumbnails for 400 of them, to keep this file small.");
    expect(small).toContain('id="map-canvas"');
  });

  it("gives up pictures, then the map, before it gives up numbers", () => {
    const smallest = renderReport(report, { bytes: 1 });
    expect(smallest.includes('id="map-canvas"')).toBe(false);
    expect(smallest.includes("data:image")).toBe(false);
    expect(smallest).toContain('<data value="0.913">91.3%</data>');
  });
});

describe("the copy that may leave the company", () => {
  const copy = renderReport(withoutPictures(hostileReport()));
  const own = renderReport(withoutPictures(report));

  it("has no picture, no file name and no place, and says so", () => {
    expect(own).toContain("This copy holds no pictures, no file names and no places");
    expect(own).not.toContain("data:image");
    expect(copy).not.toContain("onerror=alert(1)&gt;.jpg");
    const paths = new Set(own.match(/lot-\d+\/|\/srv\/cameras|cam\d_\d+|IMG_\d+|Xeon/g));
    expect([...paths]).toEqual([]);
  });

  it("keeps every number of the verdict and the counts", () => {
    expect(own).toContain('<data value="0.913">91.3%</data>');
    expect(own).toContain("9 of 125 defects missed");
    expect(own).toContain("3 of 41");
  });
});

describe("chapters", () => {
  it("counts mistakes instead of giving rates alone", () => {
    expect(page).toContain("9 of 125 defects missed");
    expect(page).toContain("欠陥 125 件中 9 件を見逃し");
    expect(page).toContain("“scratch” taken for “good”");
  });

  it("warns of classes that the pixels do not show, and names the resolution that would", () => {
    expect(page).toContain("“scratch” and “dent” cannot be told apart at 32 px: 53%");
    expect(page).toContain("At 64 px they can: 86%.");
    expect(page).toContain("--resolution 64 --size 64");
  });

  it("puts splits by day beside random ones", () => {
    expect(page).toContain("On a day it has not seen: 81%, not the 94% of a random split.");
    expect(page).toContain("Worst: 2026-03-14, 41 of 96 right");
  });

  it("says what a day costs, what it assumes, and what would change the verdict", () => {
    expect(page).toContain("At 2,000 pictures a day");
    expect(page).toContain("Assumes 10.3% defects");
    expect(page).toContain("It is at least 36.8 points now.");
  });

  it("tells the next step with hours of a person's work", () => {
    expect(page).toContain("0.25–0.5 person-hours");
  });

  it("says that distances between groups mean nothing", () => {
    expect(page).toContain("Distances between groups mean nothing");
    expect(page).toContain("かたまりどうしの距離に意味はありません");
  });
});

describe("little to say", () => {
  it("renders a report without labels, training, map or next steps", () => {
    const bare: Report = {
      ...report,
      verdict: {
        outcome: "unlabelled",
        headline: { id: "verdict/unlabelled", values: { measured: "no" } },
        findings: [],
        headlineMeasures: [],
        change: [],
      },
      data: { ...report.data, labelSets: [], rejected: [] },
      pictures: [],
      training: null,
      measures: [],
      differences: [],
      layers: [],
      seeds: [],
      map: null,
      neighbours: [],
      next: [],
      doubtful: [],
      resolution: [],
      splits: [],
      errors: null,
      cost: null,
      clusters: null,
    };
    const text = renderReport(bare);
    expect(text).toContain("No labels are attached");
    expect(text).toContain("Nothing was trained for this report.");
    expect(text).not.toContain('href="#map"');
  });
});

describe("stages", () => {
  const { head: _, ...withoutHead } = report;
  const pending: Report = {
    ...withoutHead,
    stage: "data",
    timeLeft: 540,
    verdict: {
      outcome: "pending",
      headline: { id: "verdict/pending-data", values: {} },
      findings: [],
      headlineMeasures: [],
      change: [],
    },
    training: null,
    measures: [],
    differences: [],
    layers: [],
    seeds: [],
    splits: [],
    errors: null,
    cost: null,
    clusters: null,
    map: null,
    neighbours: [],
    next: [],
  };
  const shelf = { map: report.map, neighbours: report.neighbours, clusters: report.clusters };
  const cases: [Report["stage"], Partial<Report>, string[]][] = [
    [
      "data",
      {},
      ["errors", "head", "cost", "splits", "clusters", "map", "neighbours", "sorting", "training"],
    ],
    ["untrained", shelf, ["errors", "head", "cost", "splits", "sorting", "training"]],
    [
      "trained",
      { ...shelf, training: report.training },
      ["errors", "head", "cost", "splits", "sorting"],
    ],
    ["measured", report, []],
  ];
  it.each(cases)("after %s says which chapters are still to come", (stage, known, missing) => {
    const text = renderReport({ ...pending, ...known, stage });
    const parts = [...text.matchAll(/<section id="([a-z]+)"[\s\S]*?<\/section>/g)];
    const due = parts.filter(([part]) => part.includes('class="to-come"')).map(([, id]) => id);
    expect(due).toEqual(missing);
    expect(text.includes("About 9 minutes to go.")).toBe(stage !== "measured");
  });
});

function tags(text: string): string[] {
  const bare = text.replace(/<script[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>/g, "");
  return [...bare.matchAll(/<[a-z](?:[^>"]|"[^"]*")*>/gi)].map(([tag]) =>
    tag.replace(/"[^"]*"/g, ""),
  );
}

function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(numbersOf);
}
