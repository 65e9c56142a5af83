/** What is written comes back: datasets and their newest version, runs, representations, features. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestJson, type Event, keyFromSeed } from "../../src/base/index.ts";
import { readSafetensors } from "../../src/formats/safetensors/index.ts";
import { openStore, type Store, type Writer } from "../../src/registry/index.ts";
import { codeOf, problemOf } from "../code-of.ts";
import {
  hex,
  sampleDataset,
  sampleRepresentation,
  sampleRun,
  sampleTensors,
  tickingClock,
} from "./samples.ts";

let workspace = "";
let store: Store;
let writer: Writer;
let events: Event[] = [];
const clock = tickingClock();

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), "store-"));
  events = [];
  clock.set("2026-01-31T09:30:00.000Z");
  store = openStore(workspace, { emit: (event) => events.push(event) });
  writer = await store.writer({ clock, key: keyFromSeed(7), command: ["test"] });
});

afterEach(() => {
  writer.release();
  rmSync(workspace, { recursive: true });
});

describe("datasets", () => {
  it("come back whole, under the digest of their contents without the time", () => {
    const document = sampleDataset(10);
    const version = writer.writeDataset(document);
    const { created: _, ...contents } = document;
    expect(version).toBe(digestJson(contents));
    expect(store.dataset("photos")).toEqual({ version, document });
    expect(store.dataset("photos", version.slice(0, 6)).version).toBe(version);
    expect(existsSync(join(workspace, `.tanafuda/datasets/photos/${version}.json`))).toBe(true);
    const later = { ...document, created: "2026-02-01T00:00:00.000Z" };
    expect(writer.writeDataset(later)).toBe(version);
    expect(store.dataset("photos").document.created).toBe(document.created);
  });

  it("are summed up for lists, also where the summary is missing or damaged", () => {
    const version = writer.writeDataset(sampleDataset(10));
    const summary = {
      version,
      items: 10,
      evaluation: 2,
      rejected: 1,
      // Codes -1 0 1 2 -1 0 1 2 -1 0: seven labels.
      labelSets: [
        { name: "fine", classes: 3, labelled: 7, parent: "coarse" },
        { name: "coarse", classes: 2, labelled: 7 },
      ],
    };
    expect(store.datasets()).toMatchObject([summary]);
    const file = join(workspace, `.tanafuda/datasets/photos/${version}.summary.json`);
    writeFileSync(file, '{"format":1,');
    expect(store.datasets()).toMatchObject([summary]);
    rmSync(file);
    expect(store.datasets()).toMatchObject([summary]);
  });

  it("have as their newest version the one that is nobody's parent, whatever the clock said", () => {
    const first = writer.writeDataset(sampleDataset(4, { created: "2026-05-01T00:00:00.000Z" }));
    const second = writer.writeDataset(
      sampleDataset(5, { parent: first, created: "2026-04-01T00:00:00.000Z" }),
    );
    const third = writer.writeDataset(
      sampleDataset(6, { parent: second, created: "2026-03-01T00:00:00.000Z" }),
    );
    expect(store.dataset("photos").version).toBe(third);
    expect(store.datasetVersions("photos").at(-1)?.items).toBe(6);
    // Two that are nobody's parent: then the later one.
    const other = writer.writeDataset(sampleDataset(7, { created: "2026-06-01T00:00:00.000Z" }));
    expect(store.dataset("photos").version).toBe(other);
  });

  it("that do not exist are named with what is near", () => {
    expect(problemOf(() => store.dataset("photos")).code).toBe("registry/nothing-yet");
    writer.writeDataset(sampleDataset(3));
    writer.writeDataset(sampleDataset(3, { name: "棚札の写真" }));
    expect(problemOf(() => store.dataset("potos"))).toMatchObject({
      code: "registry/unknown-dataset",
      values: { name: "potos", nearest: "photos" },
      exit: 4,
    });
    expect(problemOf(() => store.dataset("棚の写真")).values.nearest).toBe("棚札の写真");
    expect(problemOf(() => store.dataset("xyzzy")).values.nearest).toBe("none");
    expect(codeOf(() => store.dataset("photos", "ffffff"))).toBe("registry/unknown-version");
  });

  it("are refused where a name would be one folder with another's, or columns do not fit", () => {
    writer.writeDataset(sampleDataset(3, { name: "Cafe\u0301" }));
    expect(store.datasetNames()).toEqual(["Caf\u00e9"]);
    expect(store.dataset("Cafe\u0301").document.name).toBe("Caf\u00e9");
    const write = (name: string) => () => writer.writeDataset(sampleDataset(3, { name }));
    expect(codeOf(write("caf\u00e9"))).toBe("registry/name-collides");
    expect(codeOf(write("../elsewhere"))).toBe("registry/name-unusable");
    const short = sampleDataset(3);
    short.items.path.pop();
    expect(problemOf(() => writer.writeDataset(short)).values).toMatchObject({
      place: "items.path",
      found: "2 entries for 3 items",
    });
  });

  it("of which one is damaged leave the others in the list, with a notice", () => {
    const version = writer.writeDataset(sampleDataset(3));
    writer.writeDataset(sampleDataset(3, { name: "other" }));
    const file = join(workspace, `.tanafuda/datasets/photos/${version}.json`);
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    rmSync(file.replace(".json", ".summary.json"));
    expect(store.datasets().map(({ name }) => name)).toEqual(["other"]);
    expect(events).toMatchObject([
      {
        type: "notice",
        code: "registry/left-out",
        values: { code: "formats/document-cut-short", file },
      },
    ]);
    expect(problemOf(() => store.dataset("photos", version)).values).toMatchObject({ file });
  });
});

describe("runs", () => {
  it("are named so that names sort by time, and keep what they set out to do", () => {
    const first = writer.createRun(sampleRun);
    const second = writer.createRun({ ...sampleRun, kind: "measure", parent: first.id });
    expect(first.id).toMatch(/^20260131-0930\d\d-000-pretrain-[a-z2-9]{4}$/);
    expect(store.runs().map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(store.run(first.id).document).toMatchObject({ ...sampleRun, format: 1, id: first.id });
    expect(store.run("@last").id).toBe(second.id);
    expect(store.run(first.id.slice(0, 16)).id).toBe(first.id);
    expect(store.parts(first.id).map(({ id }) => id)).toEqual([second.id]);
    expect(codeOf(() => store.run("20260131"))).toBe("registry/unknown-run");
    expect(codeOf(() => store.run("x"))).toBe("registry/unknown-run");
  });

  it("end once, and may be taken up again unless they are finished", () => {
    const run = writer.createRun(sampleRun);
    expect(store.run(run.id).state()).toBe("running");
    run.log("one");
    run.log("two\n");
    expect(run.read("train.log")).toBe("one\ntwo\n");
    run.finish({ state: "interrupted", steps: 40 });
    expect(store.run(run.id).outcome()).toMatchObject({ state: "interrupted", steps: 40 });
    expect(codeOf(() => run.finish({ state: "finished" }))).toBe("registry/exists");

    const again = writer.resumeRun(run.id);
    expect(again.state()).toBe("running");
    again.keep("report.json", { value: 1 });
    expect(codeOf(() => again.keep("report.json", { value: 2 }))).toBe("registry/exists");
    expect(again.read("report.json")).toBe('{"value":1}\n');
    again.finish({ state: "finished", steps: 100 });
    expect(store.run(run.id).state()).toBe("finished");
    expect(readdirSync(run.folder).sort()).toEqual([
      "checkpoints",
      "outcome-1.json",
      "outcome.json",
      "process.json",
      "report.json",
      "run.json",
      "train.log",
    ]);
    expect(problemOf(() => writer.resumeRun(run.id)).values).toEqual({
      run: run.id,
      state: "finished",
    });
  });

  it("have died where their process is gone without an outcome", () => {
    const run = writer.createRun(sampleRun);
    const file = join(run.folder, "process.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), start: "1" }));
    expect(store.run(run.id).state()).toBe("died");
    expect(writer.resumeRun(run.id).state()).toBe("running");
  });
});

describe("representations", () => {
  const write = (changes = {}) =>
    writer.writeRepresentation(sampleRepresentation(changes), sampleTensors);

  it("are numbered by name and found by version, alias, newest and path", () => {
    const one = write();
    const two = write();
    const other = write({ name: "棚" });
    writer.setAlias("photos-vicreg@1", "pilot");
    expect([one, two, other].map(({ reference }) => reference)).toEqual([
      "photos-vicreg@1",
      "photos-vicreg@2",
      "棚@1",
    ]);
    const found = (text: string, cwd?: string) => store.resolve(text, cwd).reference;
    expect(found("photos-vicreg@1")).toBe("photos-vicreg@1");
    expect(found("photos-vicreg@v2")).toBe("photos-vicreg@2");
    expect(found("photos-vicreg@pilot")).toBe("photos-vicreg@1");
    expect(found("photos-vicreg@last")).toBe("photos-vicreg@2");
    expect(found("photos-vicreg")).toBe("photos-vicreg@2");
    expect(found("@last")).toBe("棚@1");
    expect(found(one.folder)).toBe("photos-vicreg@1");
    expect(found("./photos-vicreg/1", join(workspace, ".tanafuda/representations"))).toBe(
      "photos-vicreg@1",
    );
    expect(readSafetensors(one.weights).float32("stem.weight")).toEqual(
      sampleTensors.tensors["stem.weight"].values,
    );
    expect(store.representations()).toHaveLength(3);

    writer.setAlias("photos-vicreg@2", "pilot");
    expect(found("photos-vicreg@pilot")).toBe("photos-vicreg@2");
    expect([...store.aliases("photos-vicreg")]).toEqual([["pilot", "2"]]);
    for (const alias of ["7", "v7", "last"]) {
      expect(codeOf(() => writer.setAlias("棚@1", alias))).toBe("registry/alias-reserved");
    }
  });

  it("that do not exist are named with what there is", () => {
    expect(codeOf(() => store.resolve("@last"))).toBe("registry/nothing-yet");
    write();
    writer.setAlias("photos-vicreg@1", "pilot");
    expect(problemOf(() => store.resolve("photos-vicreg@9")).values).toEqual({
      name: "photos-vicreg",
      version: "9",
      found: "1, pilot",
    });
    expect(problemOf(() => store.resolve("photo-vicreg@1")).values.nearest).toBe("photos-vicreg");
    expect(codeOf(() => store.resolve("../.."))).toBe("registry/unknown-representation");
    expect(codeOf(() => store.resolve("/"))).toBe("registry/unknown-representation");
  });
});

describe("features", () => {
  it("are kept under what decides them", () => {
    const key = {
      representation: { name: "photos-vicreg", version: "1", digest: hex("b") },
      layer: "block1",
      dataset: { name: "photos", version: hex("1") },
      variant: null,
    };
    const values = Float32Array.from([1, 2, 3, 4, 5, 6]);
    const digest = writer.writeEmbedding(key, { values, columns: 2, ids: ["a", "b", "c"] });
    const found = store.embeddings(digest);
    expect(found?.document).toMatchObject({ ...key, rows: 3, columns: 2 });
    expect(found?.values()).toEqual(values);
    expect(found?.ids()).toEqual(["a", "b", "c"]);
    expect(store.embeddings(hex("0"))).toBeUndefined();
    // The same weights under another name are the same features; another layer is not.
    const renamed = { ...key, representation: { ...key.representation, name: "x", version: "9" } };
    expect(writer.writeEmbedding(renamed, { values, columns: 2, ids: ["a", "b", "c"] })).toBe(
      digest,
    );
    expect(
      writer.writeEmbedding({ ...key, layer: "stem" }, { values, columns: 3, ids: ["a", "b"] }),
    ).not.toBe(digest);
    const file = join(found?.folder ?? "", "values.f32");
    writeFileSync(file, readFileSync(file).subarray(1));
    expect(problemOf(() => found?.values()).values).toMatchObject({ file });
  });
});

it("writes nothing after it was released", () => {
  writer.release();
  expect(codeOf(() => writer.writeDataset(sampleDataset(3)))).toBe("registry/writer-closed");
});
