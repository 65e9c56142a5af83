/** A pilot in its stages: what is there when, what is not done twice, and what arrives later. */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awaitPictures } from "../../src/app/await-pictures.ts";
import { followUp, type PilotOptions, type PilotReport, pilot } from "../../src/app/pilot/index.ts";
import type { Event } from "../../src/base/index.ts";
import type { Report } from "../../src/report/index.ts";
import { writePicture, writePictures } from "./picture-folder.ts";
import { openPlace, type Place, refusal } from "./place.ts";

const quick = { epochs: 2, batch: 16, size: 16, backbone: "res-2-16", threads: 1 };
const asked: PilotOptions = { data: "photos", language: "en", ...quick };
let place: Place;
let photos: string;
let first: PilotReport;
/** The stage that the page told of whenever it had been written. */
const stages: string[] = [];
let firstNotice = -1;

const page = (): Report =>
  JSON.parse(readFileSync(join(place.cwd, "tanafuda-report/report.json"), "utf8"));

async function report(options: PilotOptions = asked): Promise<PilotReport> {
  const result = await pilot(options, place.work());
  if (result.outcome !== "reported") throw new Error(result.outcome);
  return result;
}

/** What was told from here on. */
function telling(): () => { phases: string[]; codes: string[] } {
  const from = place.events.length;
  return () => {
    const events = place.events.slice(from);
    return {
      phases: events.flatMap((event) => (event.type === "phase" ? [event.phase] : [])),
      codes: events.flatMap((event) => (event.type === "notice" ? [event.code] : [])),
    };
  };
}

beforeAll(async () => {
  place = openPlace();
  photos = join(place.cwd, "photos");
  mkdirSync(photos);
  await writePictures(photos, { count: 60, classes: 3 });
  const emit = (event: Event) => {
    place.events.push(event);
    if (event.type === "phase-end" && event.phase === "report") stages.push(page().stage);
    const isFirst = event.type === "notice" && event.code === "app/report-begun";
    if (isFirst) firstNotice = stages.length;
  };
  const result = await pilot(asked, { ...place.work(), emit });
  if (result.outcome !== "reported") throw new Error(result.outcome);
  first = result;
}, 60_000);
afterAll(() => place[Symbol.dispose]());

describe("the report", () => {
  it("is there before training and is rewritten after each stage", () => {
    expect(stages).toEqual(["data", "untrained", "trained", "measured"]);
    // Told right after it was there for the first time, and once.
    expect(firstNotice).toBe(1);
    expect(place.codes().filter((code) => code === "app/report-begun")).toHaveLength(1);
    expect(place.codes()).toContain("app/workspace-begun");
    expect(place.codes()).toContain("app/path-became-dataset");
  });

  it("holds everything in the end, and no time is left", () => {
    expect(page()).toMatchObject({ stage: "measured", map: { encoder: "trained" } });
    expect(page().timeLeft).toBeUndefined();
    expect(first.representation).toBe("photos-simclr-res-2-16@1");
  });
});

describe("run again", () => {
  it("names a wrong path before it looks at the report that is there", async () => {
    const wrong = pilot({ ...asked, data: "photo" }, place.work());
    await expect(wrong).rejects.toMatchObject({ code: "data/path-missing" });
  });

  it("does nothing but write the page, with what is asked of the page alone", async () => {
    const told = telling();
    const again = await report({ ...asked, volume: 1000 });
    expect(again).toMatchObject({ run: first.run, representation: first.representation });
    expect(told().phases).toEqual(["scan", "ingest", "report"]);
    expect(told().codes).toContain("app/nothing-new");
    expect(page().cost?.volume).toBe(1000);
    await report();
    expect(page().cost).toBeNull();
  });

  it("with labels, checks and measures, and does not train", async () => {
    const list = join(place.cwd, "list.csv");
    const rows = Array.from({ length: 60 }, (_, i) => `kind-${i % 3}/${i}.png,${i % 2}`);
    writeFileSync(list, ["path,half", ...rows, ""].join("\n"));
    const told = telling();
    const again = await report({ ...asked, labels: [list] });
    expect(again.representation).toBe(first.representation);
    expect(again.run).not.toBe(first.run);
    expect(told().phases).not.toContain("pretrain");
    expect(told().phases).toContain("measure");
    expect(told().codes).toContain("app/training-kept");
    expect(page().data.labelSets.map(({ name }) => name)).toContain("half");
    // The labels' version follows the one before; both as children of nothing, chance would choose.
    const [before, labelled] = place.store().datasetVersions("photos");
    expect(labelled.parent).toBe(before.version);
  });

  it("after a stop, goes on by itself from the checkpoint", async () => {
    const longer = { ...asked, epochs: 4 };
    const stopped = await place.until(
      (event) => event.type === "progress" && event.phase === "pretrain" && event.done === 5,
      (work) => pilot(longer, work),
    );
    expect(stopped).toMatchObject({ outcome: "interrupted", step: 5 });
    expect(page()).toMatchObject({ stage: "untrained", map: { encoder: "untrained" } });
    const told = telling();
    const again = await report(longer);
    expect(again.run).toBe(stopped.run);
    expect(told().codes).toContain("train/resumed");
    expect(told().phases).not.toContain("check");
  });
});

describe("what arrives", () => {
  it("is waited for until it is whole, then set on the shelf without training", async () => {
    await writePicture(join(photos, "kind-1/new.png"), 1, 700);
    await writePicture(join(photos, "kind-2/growing.png"), 2, 701);
    const looks = awaitPictures(
      { dataset: "photos", quietMilliseconds: 1500 },
      place.work(AbortSignal.timeout(30_000)),
    );
    // Grows at every look until it has been waited for.
    const grow = setInterval(() => {
      const file = join(photos, "kind-2/growing.png");
      writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(10)]));
    }, 300);
    setTimeout(() => clearInterval(grow), 4000);
    const found = await looks;
    clearInterval(grow);
    if (found.outcome !== "arrived") throw new Error(found.outcome);
    expect(found.arrived.map(({ path }) => path)).toEqual(["kind-1/new.png", "kind-2/growing.png"]);

    const told = telling();
    const added = await followUp({ ...asked, leave: ["kind-2/growing.png"] }, place.work());
    expect(added).toMatchObject({ added: 1, rejected: 0, counts: { total: 61 } });
    expect(told().phases).not.toContain("pretrain");
    // Only the new one goes through the trained encoder.
    const embedded = place.events.filter(
      (event) => event.type === "phase" && event.phase === "embed" && event.label === "trained",
    );
    expect(embedded.at(-1)).toMatchObject({ total: 1 });
    expect(page()).toMatchObject({ stage: "measured", data: { items: 61 } });
    expect(page().map?.path).toContain("kind-1/new.png");
    // It has no label of “half” yet: the page on which to give it one lies beside the report.
    const { labelling } = page();
    expect(labelling).toMatchObject({ dataset: "photos", labelSet: "half" });
    const sheet = readFileSync(join(dirname(first.report), labelling?.page ?? ""), "utf8");
    expect(sheet).toContain("new.png");
    expect(await followUp({ ...asked, leave: ["kind-2/growing.png"] }, place.work())).toEqual({
      outcome: "unchanged",
    });
  });

  it("is not waited for once asked to stop", async () => {
    rmSync(join(photos, "kind-2/growing.png"));
    const waiting = awaitPictures({ dataset: "photos" }, place.work(AbortSignal.timeout(100)));
    expect(await waiting).toEqual({ outcome: "stopped" });
  });
});

it("a report of other pictures is not replaced unasked", async () => {
  const other = join(place.cwd, "other");
  mkdirSync(other);
  copyFileSync(join(photos, "kind-0/0.png"), join(other, "0.png"));
  const before = statSync(join(place.cwd, "tanafuda-report/report.html")).mtimeMs;
  const found = await refusal(pilot({ ...asked, data: "other" }, place.work()));
  expect(found).toMatchObject({ code: "app/output-exists", exit: 4 });
  expect(statSync(join(place.cwd, "tanafuda-report/report.html")).mtimeMs).toBe(before);
});

it("of a dataset, under another name, takes its pictures in once more", async () => {
  const renamed = { ...asked, name: "second", batch: 500, out: "second" };
  const found = await refusal(pilot(renamed, place.work()));
  expect(found.code).toBe("train/batch-too-large");
  const stored = readdirSync(join(place.cwd, ".tanafuda/datasets"));
  expect(stored.sort()).toEqual(["photos", "second"]);
});
