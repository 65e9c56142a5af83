/** What is exported computes what the product computes, and what cannot be exported is said. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStoredPictures } from "../../../src/app/dataset.ts";
import { openReadingDesk } from "../../../src/app/desk.ts";
import { modelBytes } from "../../../src/app/export/export.ts";
import { exportModel } from "../../../src/app/export/index.ts";
import { exportSubject } from "../../../src/app/export/subject.ts";
import { compareModel } from "../../../src/app/export/verify.ts";
import { encoderOf } from "../../../src/app/subjects.ts";
import { openWrittenModel, ortExecutor } from "../../../src/engine/index.ts";
import { decodeModel } from "../../../src/formats/onnx/index.ts";
import { readSafetensors } from "../../../src/formats/safetensors/index.ts";
import { refusal } from "../place.ts";
import { machine, openShelf, type Shelf, writeEncoder } from "./shelf.ts";

describe("an export", () => {
  let shelf: Shelf;
  const run = (options: Parameters<typeof exportModel>[0]) =>
    exportModel({ ...machine, ...options }, shelf.place.work());
  const at = (name: string) => join(shelf.place.cwd, name);
  const left = (folder: string) => readdirSync(folder).filter((name) => name.includes("aside"));

  beforeAll(async () => {
    shelf = await openShelf();
  });
  afterAll(() => shelf[Symbol.dispose]());

  it("of a head gives the product's probabilities, in standard operators alone", async () => {
    const found = await run({ what: "kind" });
    expect(found).toMatchObject({ to: "onnx", reference: "kind@1", file: at("kind-1.onnx") });
    const { stored, whole } = found.comparison ?? {};
    expect(stored?.pictures).toBeGreaterThan(8);
    expect(stored?.embedding).toBeLessThan(1e-4);
    expect(stored?.probability).toBeLessThan(1e-4);
    expect(stored?.agreeing).toBe(stored?.pictures);
    // The files are at the working resolution, so that nothing is resized.
    expect(whole?.probability).toBeLessThan(1e-4);

    const model = decodeModel(readFileSync(found.file));
    expect(model.opsets).toEqual([{ domain: "", version: 20 }]);
    expect([...new Set(model.graph?.nodes.map(({ domain }) => domain))]).toEqual([""]);
    const texts = new Map(model.metadata?.map(({ key, value }) => [key, value]));
    expect(JSON.parse(texts.get("classes") ?? "")).toEqual(found.classes);
    expect(texts.get("tanafuda.reference")).toBe("kind@1");
    const [input] = model.graph?.inputs ?? [];
    expect(input.type.tensor.shape.dimensions.map(({ name, size }) => name ?? size)).toEqual([
      "batch",
      "height",
      "width",
      3,
    ]);
  });

  it("takes any number of pictures of any size", async () => {
    const found = await run({ what: "kind", out: "sizes.onnx" });
    await using model = await openWrittenModel(found.file);
    expect(model.outputs).toEqual(["embedding", "probabilities", "label"]);
    for (const shape of [
      [1, 16, 16, 3],
      [5, 40, 23, 3],
      [2, 7, 30, 3],
    ]) {
      const values = new Uint8Array(shape.reduce((a, b) => a * b)).map((_, i) => (i * 37) % 251);
      const { embedding, probabilities, label } = await model.run({ pictures: { shape, values } });
      expect(embedding.shape).toEqual([shape[0], 16]);
      expect(probabilities.shape).toEqual([shape[0], 3]);
      expect(label.shape).toEqual([shape[0]]);
      const own = Array.from(probabilities.values, Number);
      for (const [i, code] of [...label.values].entries()) {
        const row = own.slice(3 * i, 3 * i + 3);
        expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
        expect(Number(code)).toBe(row.indexOf(Math.max(...row)));
      }
    }
  });

  it("as safetensors holds every weight bit for bit, and the head's numbers", async () => {
    const found = await run({ what: "kind", to: "safetensors" });
    const { representation, head } = exportSubject(shelf.place.store(), "kind", {
      cwd: shelf.place.cwd,
      needsHead: false,
    });
    const own = readSafetensors(representation.weights);
    const file = readSafetensors(found.file);
    for (const name of own.names) expect(file.float32(name)).toEqual(own.float32(name));
    expect(found.weights?.tensors).toBe(own.names.length + (head?.tensors().names.length ?? 0));
    expect(file.has("head.frame.means")).toBe(true);
    expect(file.metadata["tanafuda.weights"]).toBe(representation.document.weights.digest);
  });

  it("that computes something else is refused", async () => {
    await writeEncoder(shelf.place, "other", 6);
    const { cwd } = shelf.place;
    const subjectOf = (name: string) =>
      exportSubject(shelf.place.store(), name, { cwd, needsHead: false });
    const file = at("wrong.onnx");
    writeFileSync(file, modelBytes(subjectOf("other")));
    const desk = openReadingDesk(shelf.place.work());
    const subject = subjectOf("plain");
    using pictures = openStoredPictures(desk.store, subject.dataset.document);
    const executor = await ortExecutor({ threads: 1 });
    const encoder = encoderOf(subject.representation);
    const { code, values } = await refusal(
      compareModel(file, { subject, encoder, executor, pictures, desk }),
    );
    await executor.dispose();
    expect(code).toBe("app/export-differs");
    expect(values.embedding).toBeGreaterThan(0.1);
  });

  it("says what stands in its way, and leaves nothing behind", async () => {
    const codeOf = async (options: Parameters<typeof exportModel>[0]) =>
      (await refusal(run(options))).code;
    mkdirSync(at("folder.onnx"), { recursive: true });
    writeFileSync(at("taken.onnx"), "before");
    expect(await codeOf({ what: "plain", to: "onxx" })).toBe("app/export-format-unknown");
    expect((await refusal(run({ what: "plain", to: "onxx" }))).values.nearest).toBe("onnx");
    expect(await codeOf({ what: "plian" })).toBe("app/export-unknown");
    expect(await codeOf({ what: "plain", to: "page" })).toBe("app/export-needs-head");
    expect(await codeOf({ what: "plain", out: "folder.onnx" })).toBe("app/export-onto-folder");
    expect(await codeOf({ what: "plain", out: "taken.onnx" })).toBe("app/export-exists");
    expect(readFileSync(at("taken.onnx"), "utf8")).toBe("before");
    expect(await codeOf({ what: "plain", out: "taken.onnx/inside.onnx" })).toBe(
      "registry/not-writable",
    );
    expect(await codeOf({ what: "shelf", to: "label-studio", labels: "no" })).toBe(
      "app/label-set-unknown",
    );
    expect(left(shelf.place.cwd)).toEqual([]);
  });

  it("of changed weights is refused, for the encoder and for the head on it", async () => {
    await writeEncoder(shelf.place, "plain-too");
    const { representation } = exportSubject(shelf.place.store(), "plain", {
      cwd: shelf.place.cwd,
      needsHead: false,
    });
    const before = readFileSync(representation.weights);
    appendFileSync(representation.weights, "x");
    try {
      expect((await refusal(run({ what: "plain", out: "a.onnx" }))).code).toBe(
        "app/weights-changed",
      );
      expect((await refusal(run({ what: "kind", out: "b.onnx" }))).code).toBe(
        "app/encoder-changed",
      );
    } finally {
      writeFileSync(representation.weights, before);
    }
    expect(existsSync(at("a.onnx")) || existsSync(at("b.onnx"))).toBe(false);
  });

  it("for Label Studio has a task for each labelled picture", async () => {
    const labels = shelf.place.store().dataset("shelf").document.labelSets[0].name;
    const found = await run({ what: "shelf", to: "label-studio", labels });
    expect(found.tasks).toMatchObject({ tasks: 60, annotations: 60, labelSet: labels });
    const [first] = JSON.parse(readFileSync(found.file, "utf8"));
    expect(shelf.paths).toContain(first.data.path);
  });
});
