/** Pictures, labels and folders that are not as they should be: what is said, and what goes on. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { addData } from "../../src/app/add-data.ts";
import { addLabels } from "../../src/app/add-labels.ts";
import { checkData } from "../../src/app/check-data.ts";
import { measure } from "../../src/app/measure.ts";
import { type PilotOptions, type PilotReport, pilot } from "../../src/app/pilot/index.ts";
import { pretrain } from "../../src/app/pretrain.ts";
import { search } from "../../src/app/search.ts";
import { writePicture, writePictures } from "./picture-folder.ts";
import { openPlace, type Place, refusal } from "./place.ts";

const quick = { epochs: 1, batch: 8, size: 16, backbone: "res-2-16", threads: 1 };
const asked: PilotOptions = { data: "photos", language: "en", ...quick };
let place: Place;
let photos: string;
beforeEach(() => {
  place = openPlace();
  photos = join(place.cwd, "photos");
  mkdirSync(photos);
  return () => place[Symbol.dispose]();
});

async function report(options: PilotOptions = asked): Promise<PilotReport> {
  const result = await pilot(options, place.work());
  if (result.outcome !== "reported") throw new Error(result.outcome);
  return result;
}

describe("folders that hold nothing to learn from", () => {
  const cases: Record<string, { fill: () => Promise<unknown>; code: string }> = {
    "an empty folder": { fill: async () => {}, code: "data/folder-empty" },
    "no pictures": {
      fill: async () => {
        writeFileSync(join(photos, "notes.txt"), "hello");
        writeFileSync(join(photos, "fake.png"), "no picture");
      },
      code: "data/no-pictures",
    },
    "a folder that is missing": {
      fill: async () => rmSync(photos, { recursive: true }),
      code: "data/path-missing",
    },
    "one picture": {
      fill: () => writePicture(join(photos, "one.png"), 0, 1),
      code: "app/too-few-pictures",
    },
    "equal pictures": {
      fill: async () => {
        await writePicture(join(photos, "one.png"), 0, 1);
        for (let i = 0; i < 20; i++)
          copyFileSync(join(photos, "one.png"), join(photos, `${i}.png`));
      },
      code: "app/all-pictures-equal",
    },
    "a batch larger than the dataset": {
      fill: () => writePictures(photos, { count: 30 }),
      code: "train/batch-too-large",
    },
  };
  it.each(Object.entries(cases))("%s", async (_, { fill, code }) => {
    await fill();
    const found = await refusal(pilot({ ...asked, batch: 500 }, place.work()));
    expect(found.code).toBe(code);
    expect([2, 3]).toContain(found.exit);
    const report = join(place.cwd, "tanafuda-report");
    // A path that is mistyped leaves nothing behind.
    expect(existsSync(report)).toBe(code !== "data/path-missing");
    if (code === "data/path-missing") return;
    // What was read can be looked at, even where there is nothing to train with it.
    const isRead = code === "train/batch-too-large";
    expect(readdirSync(report).sort()).toEqual(isRead ? ["report.html", "report.json"] : []);
  });
});

describe("single files that cannot be used", () => {
  it("are listed with their reasons, and the others go on", async () => {
    await writePictures(photos, { count: 40, classes: 1 });
    writeFileSync(join(photos, "zero.png"), "");
    copyFileSync(join(photos, "0.png"), join(photos, "cut.png"));
    truncateSync(join(photos, "cut.png"), 60);
    writeFileSync(join(photos, "huge.png"), hugePng());
    symlinkSync("/etc/hostname", join(photos, "out.png"));
    symlinkSync("nowhere", join(photos, "broken.png"));
    renameSync(join(photos, "1.png"), join(photos, "new\nline.png"));
    mkdirSync(join(place.cwd, "other"));
    renameSync(join(photos, "2.png"), join(place.cwd, "other/2.png"));
    symlinkSync("../other/2.png", join(photos, "..2.png"));
    const { rejected, counts } = await addData({ path: "photos" }, place.work());
    expect(Object.fromEntries(rejected.map(({ path, code }) => [path, code]))).toEqual({
      "zero.png": "data/empty-file",
      "cut.png": "formats/picture-broken",
      "huge.png": "formats/picture-too-large",
      "out.png": "data/link-leaves-folder",
      "broken.png": "data/link-broken",
    });
    expect(counts.total).toBe(39);
    const { counts: judged } = await report();
    expect(judged.total).toBe(39);
    expect(place.store().dataset("photos").document.items.path).toContain("new\nline.png");
  });
});

describe("labels", () => {
  const list = (text: string) => {
    writeFileSync(join(place.cwd, "list.csv"), text);
    return ["list.csv"];
  };
  beforeEach(() => writePictures(photos, { count: 40, classes: 1 }));

  it("for files that are not there are told, the others count", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i}.png,${i % 2 ? "odd" : "even"}`);
    const labels = list(`path,kind\n${rows.join("\n")}\nmissing.png,odd\n`);
    const { headlineSets } = await report({ ...asked, labels });
    expect(headlineSets).toEqual(["kind"]);
    expect(place.codes()).toContain("data/labels-without-item");
  });

  it("that contradict each other are refused; the pictures need not be read again", async () => {
    const labels = list("path,kind\n0.png,a\n0.png,b\n");
    const found = await refusal(pilot({ ...asked, labels }, place.work()));
    expect(found).toMatchObject({ code: "data/labels-contradict", exit: 3 });
    expect(place.store().dataset("photos").document.items.id).toHaveLength(40);
    const { counts } = await addData({ path: "photos" }, place.work());
    expect(counts).toMatchObject({ added: 0, unchanged: 40 });
  });

  it("of one class, or of one item each, leave a report that judges without labels", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i}.png,same,lot-${i},`);
    const labels = list(`path,single,each,remarks\n${rows.join("\n")}\n`);
    const { headlineSets, measures, verdict } = await report({ ...asked, labels });
    expect(headlineSets).toEqual([]);
    expect(measures.filter(({ measure }) => measure === "sample-ncc")).toHaveLength(2);
    expect(verdict.id).toMatch(/^verdict\/unlabelled/);
    expect(place.codes().filter((code) => code === "app/label-set-not-measured")).toHaveLength(1);
    expect(place.codes()).toContain("data/columns-left-out");
    expect(place.codes()).toContain("data/columns-empty");
  });

  it("are taken when a pilot is repeated by the folder's name", async () => {
    await report();
    const rows = Array.from({ length: 40 }, (_, i) => `${i}.png,${i % 2 ? "odd" : "even"}`);
    const labels = list(`path,kind\n${rows.join("\n")}\n`);
    const { headlineSets } = await report({ ...asked, labels, overwrite: true });
    expect(headlineSets).toEqual(["kind"]);
    const missing = { ...asked, labels: ["missing.csv"], overwrite: true };
    expect(await refusal(pilot(missing, place.work()))).toMatchObject({ exit: 3 });
  });

  it("can be attached later, and name what to measure", async () => {
    const { representation } = await report();
    const rows = Array.from({ length: 40 }, (_, i) => `${i}.png,${i % 2 ? "odd" : "even"}`);
    list(`path,kind\n${rows.join("\n")}\n`);
    const added = await addLabels({ dataset: "photos", file: "list.csv" }, place.work());
    expect(added).toMatchObject({ attached: ["kind"], representation });
    const unknown = measure({ representations: ["@last"], labels: ["x"] }, place.work());
    expect(await refusal(unknown)).toMatchObject({ code: "app/label-set-unknown", exit: 2 });
  });
});

describe("no picture set aside", () => {
  it("leaves a report without judgement, and says so", async () => {
    mkdirSync(join(photos, "a"));
    await writePictures(join(photos, "a"), { count: 30, classes: 1 });
    const { counts, headlineSets, measures } = await report({ ...asked, group: "folder" });
    expect(counts).toEqual({ total: 30, evaluation: 0 });
    expect(headlineSets).toEqual([]);
    expect(measures.map(({ measure }) => measure)).toContain("rankme");
    expect(place.codes()).toContain("app/nothing-set-aside");
    const again = await measure({ representations: ["@last"] }, place.work());
    expect(again.columns[0].measurements.length).toBeGreaterThan(0);
  });
});

describe("output", () => {
  it("that cannot be written is refused before any work", async () => {
    await writePictures(photos, { count: 10 });
    writeFileSync(join(place.cwd, "file"), "");
    for (const out of ["file/report", "/proc/none/report"]) {
      const found = await refusal(pilot({ ...asked, out }, place.work()));
      expect(found).toMatchObject({ code: "registry/not-writable", exit: 6 });
    }
    expect(place.store().datasetNames()).toEqual([]);
  });

  it("that exists is refused before any work", async () => {
    await writePictures(photos, { count: 10 });
    mkdirSync(join(place.cwd, "tanafuda-report"));
    writeFileSync(join(place.cwd, "tanafuda-report/report.html"), "mine");
    const found = await refusal(pilot(asked, place.work()));
    expect(found).toMatchObject({ code: "app/output-exists", exit: 4 });
    expect(readFileSync(join(place.cwd, "tanafuda-report/report.html"), "utf8")).toBe("mine");
    expect(place.store().datasetNames()).toEqual([]);
  });
});

describe("a run that stopped", () => {
  const stopped = { data: "photos", ...quick, epochs: 6 };
  async function interrupted(): Promise<string> {
    await writePictures(photos, { count: 40 });
    const result = await place.until(
      (event) => event.type === "progress" && event.phase === "pretrain" && event.done === 3,
      (work) => pretrain(stopped, work),
    );
    if (result.outcome !== "interrupted") throw new Error(result.outcome);
    return result.run;
  }
  const checkpoint = (run: string) =>
    join(place.store().run(run).folder, "checkpoints/last.safetensors");

  it("is not taken up with a checkpoint that is cut short", async () => {
    const run = await interrupted();
    truncateSync(checkpoint(run), 1000);
    const found = await refusal(pretrain({ resume: true }, place.work()));
    expect(found).toMatchObject({ code: "train/checkpoint-cut-short", exit: 3 });
    expect(found.values.file).toBe(checkpoint(run));
  });

  it("is not taken up with a checkpoint of another version", async () => {
    const run = await interrupted();
    const bytes = readFileSync(checkpoint(run), "latin1");
    // The header is JSON within JSON.
    const other = bytes.replace('\\"format\\":1', '\\"format\\":9');
    expect(other).not.toBe(bytes);
    writeFileSync(checkpoint(run), other, "latin1");
    const found = await refusal(pretrain({ resume: run }, place.work()));
    expect(found).toMatchObject({ code: "train/checkpoint-version", exit: 3 });
  });

  it("is not taken up with other options or threads, and the options are named", async () => {
    await interrupted();
    const found = await refusal(pretrain({ resume: true, batch: 10, epochs: 6 }, place.work()));
    expect(found.code).toBe("app/configuration-differs");
    expect(found.values.fields).toBe("batch");
    const other = await refusal(pretrain({ resume: true, threads: 2 }, place.work()));
    expect(other).toMatchObject({ code: "engine/plan-differs", exit: 4 });
    expect(other.values.reason).toBe("threads 1 → 2");
    expect(await pretrain({ resume: true }, place.work())).toMatchObject({ outcome: "trained" });
    const none = await refusal(pretrain({ resume: true }, place.work()));
    expect(none).toMatchObject({ code: "app/nothing-to-resume", exit: 4 });
  });
});

describe("matrices and pictures from elsewhere", () => {
  it("are refused with their name where they cannot be read", async () => {
    await writePictures(photos, { count: 20 });
    await pretrain({ data: "photos", ...quick }, place.work());
    writeFileSync(join(place.cwd, "bad.npy"), "nothing");
    writeFileSync(join(place.cwd, "list.csv"), "kind\na\nb\n");
    const bad = measure({ representations: ["bad.npy"], list: "list.csv" }, place.work());
    expect(await refusal(bad)).toMatchObject({ code: "formats/not-npy", exit: 3 });
    const picture = search({ representation: "@last", picture: "bad.npy" }, place.work());
    const found = await refusal(picture);
    expect(found.values.path).toBe(join(place.cwd, "bad.npy"));
    const none = search({ representation: "@last", picture: "none.png" }, place.work());
    expect(await refusal(none)).toMatchObject({ code: "app/file-unreadable", exit: 3 });
  });
});

it("goes on from a representation with that representation's network", async () => {
  await writePictures(photos, { count: 20 });
  const first = await pretrain({ data: "photos", ...quick }, place.work());
  if (first.outcome !== "trained") throw new Error(first.outcome);
  const { epochs, batch, threads } = quick;
  const next = { data: "photos", epochs, batch, threads, from: "@last" };
  expect(await pretrain(next, place.work())).toMatchObject({ outcome: "trained", version: "2" });
  expect(await pretrain({ ...next, dryRun: true }, place.work())).toMatchObject({
    outcome: "estimated",
    steps: 2,
  });
});

it("checks without the lock, beside a writer", async () => {
  await writePictures(photos, { count: 20 });
  await addData({ path: "photos" }, place.work());
  const options = { clock: place.work().clock, key: { high: 0, low: 0 }, command: ["other"] };
  using _ = await place.store().writer(options);
  expect((await checkData({ dataset: "photos" }, place.work())).name).toBe("photos");
});

/** Thirty thousand pixels each way, in a header without a picture. */
function hugePng(): Buffer {
  const bytes = Buffer.alloc(64);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(bytes);
  bytes.writeUInt32BE(30_000, 16);
  bytes.writeUInt32BE(30_000, 20);
  bytes.set([8, 2], 24);
  return bytes;
}
