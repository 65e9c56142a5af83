/** Answers of a person: understood in both languages, refused in whole where one is wrong. */
import { describe, expect, it } from "vitest";
import { answerWords } from "../../../src/app/check-list.ts";
import { Problem } from "../../../src/base/index.ts";
import { readCells } from "../../../src/formats/csv/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";
import { applyAnswers, readAnswers } from "../../../src/learn/check/index.ts";
import { labelSetOf } from "../../../src/learn/data/index.ts";
import { versionOf } from "../data/version-of.ts";

const paths = ["ok/a.png", "ok/b.png", "ng/c.png", "ng/d.png", "ng/é.png"];
const version: DatasetVersion = {
  ...versionOf(paths),
  labelSets: [labelSetOf("defect", ["OK", "OK", "NG", "NG", undefined], "folder")],
  facets: [{ name: "line", values: ["A", "B"], codes: [0, 1, 0, 1, -1], source: "path" }],
};
const now = "2026-02-01T00:00:00.000Z";

function read(text: string | Buffer, of = version) {
  return readAnswers(readCells(Buffer.from(text), "list.csv"), of, {
    file: "list.csv",
    words: answerWords,
  });
}

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error("no problem");
}

describe("reading answers", () => {
  it("takes keep, remove and relabel, and leaves empty rows open", () => {
    const list =
      "\ufefffinding,group,item,answer\r\nblank,blank-1,ok/a.png,Remove\r\n" +
      "near-duplicates,near-duplicates-1,ok/b.png,keep\r\n" +
      "doubtful labels,doubtful-labels-defect-1,ng/c.png,relabel: OK\r\n,,ng/d.png,\r\n";
    expect(read(list)).toEqual({
      answers: [
        { item: "ok/a.png", finding: "blank", line: 2, do: "remove" },
        { item: "ok/b.png", finding: "near-duplicates", line: 3, do: "keep" },
        {
          item: "ng/c.png",
          finding: "doubtful-labels",
          line: 4,
          do: "relabel",
          set: "defect",
          class: "OK",
        },
      ],
      open: 1,
    });
  });

  it("reads what Excel on Japanese Windows saves: Shift_JIS, semicolons, full-width letters", () => {
    // "指摘;組;画像;回答" and "無地;blank-1;ok/a.png;外す" in Shift_JIS.
    const head = [0x8e, 0x77, 0x93, 0x45, 0x3b, 0x91, 0x67, 0x3b, 0x89, 0xe6, 0x91, 0x9c, 0x3b];
    const answer = [0x89, 0xf1, 0x93, 0x9a, 0x0d, 0x0a];
    const row = [
      0x96,
      0xb3,
      0x92,
      0x6e,
      ...Buffer.from(";blank-1;ok/a.png;"),
      0x8a,
      0x4f,
      0x82,
      0xb7,
    ];
    const lost = Buffer.from("\r\n;;ng/?.png;");
    const label = [0x83, 0x89, 0x83, 0x78, 0x83, 0x8b, 0x95, 0xcf, 0x8d, 0x58, 0x81, 0x46];
    const bytes = Buffer.from([
      ...head,
      ...answer,
      ...row,
      ...lost,
      ...label,
      ...Buffer.from("NG\r\n"),
    ]);
    expect(read(bytes).answers).toEqual([
      { item: "ok/a.png", finding: "blank", line: 2, do: "remove" },
      { item: "ng/é.png", finding: "", line: 3, do: "relabel", set: "defect", class: "NG" },
    ]);
  });

  it.each([
    [
      "item,answer\nok/x.png,keep\n",
      "data/answers-item-unknown",
      { line: 2, item: "ok/x.png", count: 1 },
    ],
    [
      "item,answer\nok/a.png,maybe\nok/b.png,perhaps\n",
      "data/answers-unreadable",
      { line: 2, answer: "maybe", count: 2 },
    ],
    ["item,answer\nok/a.png,relabel\n", "data/answers-unreadable", { answer: "relabel" }],
    [
      "item,answer\nok/a.png,relabel:Ok\n",
      "data/answers-class-unknown",
      { class: "Ok", classes: "NG, OK" },
    ],
    [
      "item,answer\nok/a.png,keep\nok/a.png,remove\n",
      "data/answers-contradict",
      { firstLine: 2, line: 3, first: "keep", second: "remove" },
    ],
    [
      "item,answer\nok/a.png,relabel:NG\nok/a.png,relabel:OK\n",
      "data/answers-contradict",
      { first: "relabel:NG" },
    ],
    ["item,answer\nok/a.png,\n", "data/answers-empty", { rows: 1 }],
    ["item,label\nok/a.png,x\n", "data/answers-column-missing", { column: "answer" }],
  ])("refuses %j with %s", (list, code, values) => {
    expect(problemOf(() => read(list))).toMatchObject({ code, values });
  });

  it("asks which set is meant where two have the class", () => {
    const two = {
      ...version,
      labelSets: [...version.labelSets, labelSetOf("line", ["OK", "B", "B", "B", "B"], "list.csv")],
    };
    const { code } = problemOf(() => read("item,answer\nng/c.png,relabel:OK\n", two));
    expect(code).toBe("data/answers-set-unclear");
    expect(read("item,answer\nng/c.png,relabel:line=OK\n", two).answers[0]).toMatchObject({
      set: "line",
    });
  });
});

describe("applying answers", () => {
  const list =
    "group,item,answer\nblurred-1,ok/b.png,remove\ndoubtful-labels-defect-1,ng/c.png,relabel:OK\ndark-1,ng/d.png,keep\n";
  const applied = applyAnswers(version, read(list).answers, { now });

  it("takes items out with all they have, and says why", () => {
    const { version: made, counts } = applied;
    expect(counts).toEqual({ removed: 1, restored: 0, relabelled: 1, kept: 1 });
    expect(made.items.id).toEqual(["ok/a.png", "ng/c.png", "ng/d.png", "ng/é.png"]);
    expect(made.items.index).toEqual([0, 2, 3, 4]);
    expect(made.facets?.[0].codes).toEqual([0, 0, 1, -1]);
    expect(made.labelSets[0].codes.map((code) => made.labelSets[0].classes[code])).toEqual([
      "OK",
      "OK",
      "NG",
      undefined,
    ]);
    expect(made.excluded).toMatchObject([
      { id: "ok/b.png", reason: "blurred", decided: now, index: 1, labels: { defect: "OK" } },
    ]);
    expect(made.corrections).toEqual([
      { id: "ng/c.png", set: "defect", from: "NG", to: "OK", decided: now },
    ]);
    expect(made.accepted).toEqual([{ id: "ng/d.png", finding: "dark", decided: now }]);
    expect(version.items.id).toHaveLength(5);
  });

  it("changes nothing when the same list comes again", () => {
    const again = applyAnswers(applied.version, read(list, applied.version).answers, { now });
    expect(again.version).toBe(applied.version);
    expect(again.counts).toEqual({ removed: 0, restored: 0, relabelled: 0, kept: 0 });
  });

  it("brings an item back as it was", () => {
    const back = read("item,answer\nok/b.png,restore\n", applied.version).answers;
    const { version: made, counts } = applyAnswers(applied.version, back, { now });
    expect(counts.restored).toBe(1);
    expect(made.items.id.at(-1)).toBe("ok/b.png");
    expect(made.items.index.at(-1)).toBe(1);
    expect(made.facets?.[0].codes).toEqual([0, 0, 1, -1, 1]);
    expect(made.labelSets[0].codes.at(-1)).toBe(made.labelSets[0].classes.indexOf("OK"));
    expect(made.excluded).toEqual([]);
  });
});
