/** Labels put to work from end to end: a head is fitted, kept, read back, and put to pictures. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adapt } from "../../src/app/adapt/index.ts";
import { addData } from "../../src/app/add-data.ts";
import { addLabels } from "../../src/app/add-labels.ts";
import { budget } from "../../src/app/budget/index.ts";
import { listWorkspace } from "../../src/app/list-workspace.ts";
import { predict, predictionIn, unreadIn } from "../../src/app/predict/index.ts";
import { pretrain } from "../../src/app/pretrain.ts";
import { select } from "../../src/app/select/index.ts";
import type { Event } from "../../src/base/index.ts";
import { writePicture, writePictures } from "./picture-folder.ts";
import { openPlace, type Place, refusal } from "./place.ts";

const machine = { executor: "ort", threads: 1 } as const;
let place: Place;
let paths: string[];

beforeAll(async () => {
  place = openPlace();
  const photos = join(place.cwd, "photos");
  paths = await writePictures(photos, { count: 150 });
  await addData({ path: "photos", share: 0.3 }, place.work());
  const training = { epochs: 2, batch: 16, size: 16, backbone: "res-2-16", name: "shelf" };
  await pretrain({ data: "photos", ...training, ...machine }, place.work());
});
afterAll(() => place[Symbol.dispose]());

const asked = { representation: "shelf", labels: "folder", ...machine };

function predictionsIn(events: readonly Event[]) {
  return events.flatMap((event) => predictionIn(event) ?? []);
}

async function labelled(set: string, labels: ReadonlyMap<string, string>): Promise<void> {
  const rows = [...labels].map(([path, label]) => `${path},${label}`);
  writeFileSync(join(place.cwd, `${set}.csv`), `path,${set}\n${rows.join("\n")}\n`);
  await addLabels({ dataset: "photos", file: `${set}.csv`, set }, place.work());
}

function sideOf(side: "train" | "evaluation"): string[] {
  const { items } = place.store().dataset("photos").document;
  return items.path.filter((_, i) => items.split[i] === side);
}

const kind = (path: string) => path.split("/")[0];

describe("adapt and predict", () => {
  it("fits a head with its promises, keeps it, and answers with it as it answered then", async () => {
    const result = await adapt({ ...asked, sets: "all" }, place.work());
    const { labels, judged, classes, split } = result;
    expect(result.head).toBe("folder@1");
    expect(classes).toEqual(["kind-0", "kind-1", "kind-2"]);
    expect(labels.training + labels.calibration + labels.evaluation).toBe(150);
    expect(labels.evaluation).toBe(split.labelled);
    expect(split.name).toMatch(/^evaluation@[0-9a-f]{8}$/);
    expect(judged?.accuracy.value).toBeGreaterThan(judged?.commonest ?? 1);
    expect(listWorkspace(place.cwd).heads).toMatchObject([
      { head: "folder@1", representation: "shelf@1", accuracy: judged?.accuracy.value },
    ]);

    const before = place.events.length;
    const found = await predict({ head: "folder", files: ["photos"], ...machine }, place.work());
    expect(found).toMatchObject({ head: "folder@1", predicted: 150, unread: 0 });
    const answers = new Map(
      predictionsIn(place.events.slice(before)).map((one) => [one.path, one]),
    );
    const document = place.store().dataset("photos").document;
    const aside = paths.filter(
      (path) => document.items.split[document.items.path.indexOf(path)] === "evaluation",
    );
    const right = aside.filter(
      (path) => answers.get(join("photos", path))?.label === path.split("/")[0],
    );
    expect(right.length / aside.length).toBeCloseTo(judged?.accuracy.value ?? -1, 12);
    const covered = aside.filter((path) =>
      answers.get(join("photos", path))?.set?.includes(path.split("/")[0]),
    );
    expect(covered.length).toBe(judged?.coverage?.all.count);
    // A training picture's nearest example is itself.
    const own = place.store().head("folder").examples().path[0];
    const [nearest] = answers.get(join("photos", own))?.nearest ?? [];
    expect(nearest.path).toBe(own);
    expect(nearest.similarity).toBeCloseTo(1, 4);
  });

  it("raises alarms by costs, and judges them on the pictures set aside", async () => {
    const costs = { defect: "kind-1", missedCosts: 50, falseAlarmCosts: 1 };
    const { alarm } = await adapt({ ...asked, ...costs, name: "alarm" }, place.work());
    if (!alarm || "refused" in alarm) throw new Error("no alarm");
    expect(alarm.class).toBe("kind-1");
    expect(alarm.cost).toBeLessThanOrEqual(Math.min(alarm.never, alarm.always));
    expect((alarm.missed?.of ?? 0) + (alarm.falseAlarm?.of ?? 0)).toBe(48);
    const picture = join("photos", paths[1]);
    const { alarms } = await predict({ head: "alarm", files: [picture], ...machine }, place.work());
    expect([0, 1]).toContain(alarms);
  });

  it("tells a bad file and goes on; writes lists as they come, and replaces none unasked", async () => {
    const folder = join(place.cwd, "mixed");
    mkdirSync(folder);
    writeFileSync(join(folder, "broken.png"), "no picture");
    writeFileSync(join(folder, "empty.jpg"), "");
    copyFileSync(join(place.cwd, "photos", paths[0]), join(folder, "=good, one.png"));
    const before = place.events.length;
    const options = { head: "@last", files: ["gone.png", "mixed"], out: "list.csv", ...machine };
    const found = await predict(options, place.work());
    expect(found).toMatchObject({ predicted: 1, unread: 3 });
    const unread = place.events.slice(before).flatMap((event) => unreadIn(event) ?? []);
    expect(unread.map(({ path, code }) => [path, code])).toEqual([
      ["gone.png", "data/path-missing"],
      [join("mixed", "broken.png"), "formats/picture-broken"],
      [join("mixed", "empty.jpg"), "data/empty-file"],
    ]);
    const lines = readFileSync(join(place.cwd, "list.csv"), "utf8").trimEnd().split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(
      "\ufeffpath,label,probability,set,answer,unlike,alarm,nearest,nearest_label,state,why",
    );
    const states = lines.slice(1).map((line) => /,(predicted|unread),/.exec(line)?.[1]);
    expect(states.toSorted()).toEqual(["predicted", "unread", "unread", "unread"]);
    const good = lines.find((line) => line.includes("good"));
    expect(good).toMatch(/^"mixed\/=good, one\.png",kind-\d,[01]\.\d{4},.*,predicted,$/);
    const gone = lines.find((line) => line.startsWith("gone.png"));
    expect(gone).toMatch(/^gone\.png,,,,,,,,,unread,"?.*gone\.png/);
    expect((await refusal(predict(options, place.work()))).code).toBe("app/list-exists");
    const nothing = { head: "@last", files: [], ...machine };
    expect((await refusal(predict(nothing, place.work()))).code).toBe("app/nothing-to-predict");
  });

  it("watches a folder until it is told to stop", async () => {
    const folder = join(place.cwd, "inbox");
    mkdirSync(folder);
    copyFileSync(join(place.cwd, "photos", paths[0]), join(folder, "first.png"));
    const stop = new AbortController();
    const before = place.events.length;
    const seen = () => predictionsIn(place.events.slice(before)).map(({ path }) => path);
    const options = { head: "@last", files: [], watch: "inbox", quietMilliseconds: 100 };
    const watching = predict(
      { ...options, out: "seen.jsonl", ...machine },
      place.work(stop.signal),
    );
    while (seen().length < 1) await pause(50);
    await writePicture(join(folder, "second.png"), 1, 900);
    while (seen().length < 2) await pause(50);
    stop.abort();
    expect(await watching).toMatchObject({ predicted: 2, unread: 0 });
    expect(seen()).toEqual([join("inbox", "first.png"), join("inbox", "second.png")]);
    const lines = readFileSync(join(place.cwd, "seen.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).path)).toEqual(seen());
  });
});

describe("labels that are not as they should be", () => {
  /** A label set of the training pictures named, and of all pictures set aside where `aside` says. */
  it("refuses none, one class, unknown names, and what cannot be promised, each with a sentence", async () => {
    const [train, aside] = [sideOf("train"), sideOf("evaluation")];
    await labelled("aside", new Map(aside.map((path) => [path, kind(path)])));
    const code = async (changes: object) =>
      (await refusal(adapt({ ...asked, ...changes }, place.work()))).code;
    expect(await code({ labels: "aside" })).toBe("app/no-training-labels");
    await labelled("one", new Map(train.map((path) => [path, "same"])));
    expect(await code({ labels: "one" })).toBe("heads/one-class");
    expect(await code({ labels: "colour" })).toBe("app/label-set-unknown");
    expect(await code({ heads: ["nnc"] })).toBe("app/head-kind-unknown");
    expect(await code({ missedCosts: 3 })).toBe("app/defect-missing");
    expect(await code({ defect: "kind-9" })).toBe("app/class-unknown");
    expect(await code({ alpha: 0.001 })).toBe("heads/too-few-to-calibrate");
    expect(await code({ target: 0.001 })).toBe("heads/too-few-to-promise");
    expect(await code({ representation: "self" })).toBe("registry/unknown-representation");
  });

  it("tells classes that training lacks, classes of one label, and labels that look wrong", async () => {
    const [train, aside] = [sideOf("train"), sideOf("evaluation")];
    const known = train.filter((path) => kind(path) !== "kind-2");
    const single = train.find((path) => kind(path) === "kind-2") ?? "";
    const labels = new Map([...known, ...aside].map((path) => [path, kind(path)]));
    labels.set(single, "rare");
    const wrong = known.slice(0, 3);
    for (const path of wrong) labels.set(path, kind(path) === "kind-0" ? "kind-1" : "kind-0");
    await labelled("mixed", labels);
    const before = place.events.length;
    const result = await adapt({ ...asked, labels: "mixed" }, place.work());
    const told = place.events
      .slice(before)
      .flatMap((event) => (event.type === "notice" ? [event.code] : []));
    expect(told).toContain("app/classes-unlabelled");
    expect(told).toContain("app/classes-with-one-label");
    const missing = aside.filter((path) => kind(path) === "kind-2").length;
    expect(result.labelling.unknown).toEqual([{ name: "kind-2", items: missing }]);
    expect(result.labelling.single).toEqual(["rare"]);
    expect(result.classes).toEqual(["kind-0", "kind-1", "rare"]);
    expect(result.judged?.classes.find(({ name }) => name === "kind-2")?.found.count).toBe(0);
  });

  it("without labels to judge by it says so, and keeps the head", async () => {
    await labelled("unjudged", new Map(sideOf("train").map((path) => [path, kind(path)])));
    const result = await adapt({ ...asked, labels: "unjudged" }, place.work());
    expect(result.judged).toBeUndefined();
    expect(place.codes()).toContain("app/head-not-judged");
    expect(place.store().head("unjudged").reference).toBe("unjudged@1");
  });
});

describe("what budget and select are asked in vain", () => {
  const goal = { representation: "shelf", target: 0.9, baselines: false, ...machine };
  const code = async (options: object) =>
    (await refusal(budget({ ...goal, ...options }, place.work()))).code;

  it("each has a sentence of its own", async () => {
    await labelled("all", new Map(paths.map((path) => [path, "ok"])));
    await labelled("judges", new Map(sideOf("evaluation").map((path) => [path, kind(path)])));
    expect(await code({ labels: "all" })).toBe("app/budget-one-class");
    expect(await code({ labels: "judges" })).toBe("app/budget-no-labels");
    expect(await code({ labels: "unjudged" })).toBe("app/budget-none-to-judge");
    expect(await code({ labels: "nothing" })).toBe("app/label-set-unknown");
    expect(await code({ labels: "folder", target: 1 })).toBe("app/goal-perfect");
    const asked = { representation: "shelf", labels: "all", count: 2, out: "more", ...machine };
    expect(await refusal(select(asked, place.work()))).toMatchObject({
      code: "select/count-unusable",
      values: { left: 0 },
    });
  });

  it("classes that cannot be judged are told and left out; a target below what is there is reached", async () => {
    const before = place.events.length;
    const found = await budget({ ...goal, labels: "mixed", target: 0.2 }, place.work());
    expect(found.classes).toEqual(["kind-0", "kind-1"]);
    expect(found.forecast.state).toBe("reached");
    expect(found.forecast.labels).toBeLessThanOrEqual(found.labels.training);
    const told = place.events.slice(before);
    expect(told).toContainEqual(expect.objectContaining({ code: "app/classes-left-out" }));
  });
});

describe("judging where a class is rare", () => {
  const rare = { representation: "shelf", labels: "rare", ...machine };
  const labelOf = (path: string) => (path.startsWith("kind-0") ? "defect" : "ok");
  const strata = { ...rare, strata: "defect", count: 20, out: "to-judge" };

  it("pictures drawn in strata count in budget and adapt for as many as they stand for", async () => {
    const { items } = place.store().dataset("photos").document;
    const aside = items.path.filter((_, i) => items.split[i] === "evaluation");
    const train = paths.filter((path) => !aside.includes(path));
    // A random sample of nine was judged by before.
    const before = aside.slice(0, 9);
    const list = ["path,rare", ...[...train, ...before].map((path) => `${path},${labelOf(path)}`)];
    writeFileSync(join(place.cwd, "rare.csv"), `${list.join("\n")}\n`);
    await addLabels({ dataset: "photos", file: "rare.csv" }, place.work());

    const chosen = await select(strata, place.work());
    expect(chosen).toMatchObject({ strategy: "strata", labelled: 9, candidates: aside.length - 9 });
    const standing = chosen.items.reduce((sum, { standsFor = 0 }) => sum + standsFor, 0);
    expect(standing).toBeCloseTo(aside.length - 9, 9);
    const [head, ...rows] = readFileSync(chosen.list, "utf8").trimEnd().split("\r\n");
    const filled = rows.map((row) => row.replace(",,", `,${labelOf(row)},`));
    writeFileSync(join(place.cwd, "filled.csv"), [head, ...filled].join("\r\n"));
    await addLabels({ dataset: "photos", file: "filled.csv" }, place.work());

    const goal = { class: "defect", missed: 0.2, falseAlarm: 0.3, baselines: false };
    const { labels, need } = await budget({ ...rare, ...goal }, place.work());
    expect(labels).toMatchObject({ evaluation: 29, isWeighted: true });
    const judged = [...before, ...chosen.items.map(({ path }) => path)];
    const weightOf = (path: string) =>
      chosen.items.find((one) => one.path === path)?.standsFor ?? 1;
    const sum = (own: readonly string[]) => own.reduce((total, path) => total + weightOf(path), 0);
    const defects = judged.filter((path) => labelOf(path) === "defect");
    expect(need.share).toBeCloseTo(sum(defects) / aside.length, 9);
    const adapted = await adapt(rare, place.work());
    expect(adapted.labelling.standFor).toBeCloseTo(aside.length, 9);
    const found = adapted.judged?.classes.find(({ name }) => name === "defect")?.found;
    expect(found?.of).toBeCloseTo(sum(defects), 9);
    expect(adapted.judged?.commonest).toBeCloseTo(1 - sum(defects) / aside.length, 9);
  });

  it("a second draw is refused, in strata or not: the first stands for those pictures already", async () => {
    const again = { ...strata, overwrite: true };
    expect(await refusal(select(again, place.work()))).toMatchObject({
      code: "app/strata-drawn-before",
      values: { count: 20, labels: "rare" },
    });
    const alike = { ...rare, evaluation: true, count: 3, out: "alike" };
    expect((await refusal(select(alike, place.work()))).code).toBe("app/strata-drawn-before");
  });

  it("strata need labels of the class to go by", async () => {
    const other = { ...strata, out: "other" };
    const unknown = await refusal(
      select({ ...other, strata: "kind-O", labels: "unjudged" }, place.work()),
    );
    expect(unknown).toMatchObject({
      code: "app/strata-class-unknown",
      values: { nearest: expect.stringContaining("kind-0") },
    });
    const none = await refusal(select({ ...other, labels: "nothing" }, place.work()));
    expect(none.code).toBe("app/strata-unlabelled");
    const chosen = { ...other, strategy: "typiclust" };
    expect((await refusal(select(chosen, place.work()))).code).toBe("app/evaluation-drawn");
  });
});

describe("what a head stands on", () => {
  it("changed or missing weights are refused, and so is a label set of another dataset", async () => {
    await writePictures(join(place.cwd, "others"), { count: 12, classes: 1 });
    await addData({ path: "others" }, place.work());
    writeFileSync(join(place.cwd, "grade.csv"), "path,grade\n0.png,a\n1.png,b\n2.png,a\n");
    await addLabels({ dataset: "others", file: "grade.csv", set: "grade" }, place.work());
    const elsewhere = await refusal(adapt({ ...asked, labels: "grade" }, place.work()));
    expect(elsewhere.code).toBe("app/label-set-elsewhere");
    expect(elsewhere.values).toMatchObject({ other: "others", dataset: "photos" });
    appendFileSync(place.store().resolve("shelf").weights, "x");
    const picture = join("photos", paths[0]);
    const changed = await refusal(
      predict({ head: "folder", files: [picture], ...machine }, place.work()),
    );
    expect(changed.code).toBe("app/encoder-changed");
    const { folder } = place.store().resolve("shelf");
    renameSync(folder, join(place.cwd, "elsewhere"));
    const gone = await refusal(
      predict({ head: "folder", files: [picture], ...machine }, place.work()),
    );
    expect(gone.code).toBe("app/head-without-encoder");
  });
});
