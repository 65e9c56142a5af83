/** Answers of people, one by one: added to what is there, all kept, disagreement told. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Event } from "../../../src/base/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";
import { labelSetOf } from "../../../src/learn/data/attach-labels.ts";
import { attachAnswers, disagreements, readLabelList } from "../../../src/learn/data/index.ts";
import { codeOf } from "../../code-of.ts";
import { versionOf } from "./version-of.ts";

const folder = mkdtempSync(join(tmpdir(), "answers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const now = "2026-03-01T00:00:00.000Z";
const paths = ["a.png", "b.png", "c.png", "d.png"];

function answered(version: DatasetVersion, rows: readonly string[], set?: string) {
  const events: Event[] = [];
  const file = join(folder, "labels.csv");
  writeFileSync(file, ["path,defect,labelled_by,labelled_at", ...rows].join("\r\n"));
  const emit = (event: Event) => void events.push(event);
  const next = attachAnswers(version, readLabelList(file), {
    now,
    emit,
    ...(set !== undefined && { set }),
  });
  const notices = events.flatMap((event) =>
    event.type === "notice" ? [[event.code, event.values] as const] : [],
  );
  return { next, notices, file };
}

/** The label of each item, "–" for none. */
function labelsOf({ labelSets }: DatasetVersion, name = "defect"): string {
  const set = labelSets.find((one) => one.name === name);
  return set?.codes.map((code) => set.classes[code] ?? "–").join(" ") ?? "";
}

describe("answers", () => {
  it("add to what earlier lists said, and do not replace it", () => {
    const before = labelSetOf("defect", ["ok", "ok", undefined, undefined], "old.csv");
    const version = { ...versionOf(paths), labelSets: [before] };
    const { next, notices } = answered(version, ["c.png,scratch,Ada,2026-02-01T10:00:00Z"]);
    expect(labelsOf(next)).toBe("ok ok scratch –");
    expect(next.labelSets[0].answers).toEqual([
      { item: "c.png", label: "scratch", by: "Ada", at: "2026-02-01T10:00:00Z" },
    ]);
    expect(notices.map(([code]) => code)).not.toContain("data/answers-disagree");
  });

  it("that differ are both kept, the newest counts, and it is said", () => {
    const first = answered(versionOf(paths), [
      "a.png,ok,Ada,2026-02-02T10:00:00Z",
      "b.png,ok,Ada,2026-02-02T10:00:00Z",
    ]);
    const { next, notices } = answered(first.next, [
      "a.png,scratch,Bo,2026-02-03T10:00:00Z",
      "b.png,scratch,Bo,2026-02-01T10:00:00Z",
    ]);
    expect(labelsOf(next), "by time, not by the order of reading").toBe("scratch ok – –");
    expect(next.labelSets[0].answers).toHaveLength(4);
    expect(
      disagreements(next.labelSets[0])
        .map(({ item }) => item)
        .sort(),
    ).toEqual(["a.png", "b.png"]);
    expect(notices).toContainEqual([
      "data/answers-disagree",
      expect.objectContaining({ set: "defect", count: 2 }),
    ]);
  });

  it("against an earlier list keep that list's word as an answer, too", () => {
    const before = labelSetOf("defect", ["ok", undefined, undefined, undefined], "old.csv");
    const version = { ...versionOf(paths), labelSets: [before] };
    const { next } = answered(version, ["a.png,scratch,Ada,2026-02-01T10:00:00Z"]);
    expect(labelsOf(next)).toBe("scratch – – –");
    expect(next.labelSets[0].answers?.map(({ label, by }) => [label, by])).toEqual([
      ["ok", "old.csv"],
      ["scratch", "Ada"],
    ]);
  });

  it("of one person who thinks again are no disagreement", () => {
    const { next, notices } = answered(versionOf(paths), [
      "a.png,ok,Ada,2026-02-01T10:00:00Z",
      "a.png,scratch,Ada,2026-02-01T11:00:00Z",
    ]);
    expect(labelsOf(next)).toBe("scratch – – –");
    expect(notices.map(([code]) => code)).not.toContain("data/answers-disagree");
  });

  it("that cannot tell are kept, take no label away, and disagree with nobody", () => {
    const { next, notices } = answered(versionOf(paths), [
      "a.png,ok,Ada,2026-02-01T10:00:00Z",
      "a.png,,Bo,2026-02-02T10:00:00Z",
      "b.png,,Bo,2026-02-02T10:00:00Z",
      "c.png,,,",
    ]);
    expect(labelsOf(next)).toBe("ok – – –");
    expect(next.labelSets[0].answers?.map(({ item, label }) => [item, label])).toEqual([
      ["a.png", "ok"],
      ["a.png", ""],
      ["b.png", ""],
    ]);
    expect(notices.map(([code]) => code)).not.toContain("data/answers-disagree");
  });

  it("read twice change nothing the second time", () => {
    const rows = ["a.png,ok,Ada,2026-02-01T10:00:00Z", "b.png,'=dent,,"];
    const first = answered(versionOf(paths), rows).next;
    expect(labelsOf(first), "an apostrophe that made a cell harmless is taken off").toBe(
      "ok =dent – –",
    );
    expect(first.labelSets[0].answers?.[1]).toMatchObject({
      by: join(folder, "labels.csv"),
      at: now,
    });
    expect(answered(first, rows).next).toEqual(first);
  });

  it("find items whose names look like formulas, which lists write with an apostrophe", () => {
    const { next } = answered(versionOf(["-1.png", "=x.png"]), ["'-1.png,ok,,", "'=x.png,dent,,"]);
    expect(labelsOf(next)).toBe("ok dent");
  });

  it("whose classes differ in spelling alone are doubtful", () => {
    const { notices } = answered(versionOf(paths), [
      "a.png,Scratch,Ada,2026-02-01T10:00:00Z",
      "b.png,scratch,Ada,2026-02-01T10:00:00Z",
    ]);
    expect(notices).toContainEqual([
      "data/classes-alike",
      { set: "defect", label: "scratch", meant: "Scratch" },
    ]);
  });

  it.each([
    ["no item is named", "data/labels-match-nothing", ["z.png,ok,Ada,2026-02-01T10:00:00Z"]],
    ["nothing is answered", "data/labels-all-empty", ["a.png,,,"]],
  ])("%s: refused", (_, code, rows) => {
    expect(() => answered(versionOf(paths), rows)).toThrow(expect.objectContaining({ code }));
  });

  it("come from Label Studio with who and when; two on one picture are both kept", () => {
    const file = join(folder, "tasks.json");
    const annotation = (by: number, label: string, at: string) => ({
      completed_by: by,
      result: [{ from_name: "defect", type: "choices", value: { choices: [label] } }],
      created_at: at,
    });
    const tasks = [
      {
        data: { image: "/data/upload/3/0a1b2c3d-a.png" },
        annotations: [
          annotation(1, "scratch", "2026-02-02T10:00:00Z"),
          annotation(2, "ok", "2026-02-01T10:00:00Z"),
          { ...annotation(3, "ok", "2026-02-05T10:00:00Z"), was_cancelled: true },
        ],
      },
      { data: { image: "/data/local-files/?d=b.png" }, annotations: [] },
    ];
    writeFileSync(file, JSON.stringify(tasks));
    const events: Event[] = [];
    const emit = (event: Event) => void events.push(event);
    const next = attachAnswers(versionOf(paths), readLabelList(file, { emit }), { now, emit });
    expect(labelsOf(next), "the newest counts, not the last in the file").toBe("scratch – – –");
    expect(next.labelSets[0].answers?.map(({ by, label }) => `${by}: ${label}`)).toEqual([
      "annotator 2: ok",
      "annotator 1: scratch",
    ]);
    const notices = events.flatMap((event) => (event.type === "notice" ? [event] : []));
    expect(notices.map(({ code }) => code)).toEqual([
      "data/tasks-read",
      "data/answers-disagree",
      "data/one-class",
    ]);
    expect(notices[0].values).toMatchObject({ answers: 2, tasks: 2, skipped: 1, unanswered: 1 });
  });

  it("to several questions wait for one to be named, and others do not count as untold", () => {
    const file = join(folder, "several.json");
    const result = [
      { from_name: "defect", type: "choices", value: { choices: ["ok"] } },
      { from_name: "shift", type: "choices", value: { choices: ["night"] } },
    ];
    writeFileSync(file, JSON.stringify([{ data: { image: "a.png" }, annotations: [{ result }] }]));
    const list = readLabelList(file);
    expect(codeOf(() => attachAnswers(versionOf(paths), list, { now }))).toBe(
      "data/labels-column-missing",
    );
    const next = attachAnswers(versionOf(paths), list, { now, set: "shift" });
    expect(next.labelSets[0].answers).toHaveLength(1);
    expect(labelsOf(next, "shift")).toBe("night – – –");
    writeFileSync(file, JSON.stringify([{ data: { image: "a.png" }, annotations: [] }]));
    expect(codeOf(() => readLabelList(file))).toBe("data/tasks-unanswered");
  });
});
