/** A head that is read back answers what it answered before, whatever its kind. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fittedOf, headTensors, openHead } from "../../src/app/stored-head.ts";
import { keyFromSeed } from "../../src/base/index.ts";
import {
  type Classifier,
  fitClassifier,
  fitConformal,
  fitNovelty,
  headKinds,
} from "../../src/learn/heads/index.ts";
import { pickRows } from "../../src/learn/measure/index.ts";
import { type HeadDraft, openStore, type Store, type Writer } from "../../src/registry/index.ts";
import { codeOf } from "../code-of.ts";
import { gaussians } from "../learn/measure/gaussians.ts";
import { hex, tickingClock } from "../registry/samples.ts";

const spec = { classes: 3, perClass: 20, columns: 5, apart: 0.8, offset: 1 };
const train = gaussians({ seed: 1, ...spec });
const asked = gaussians({ seed: 2, ...spec });
const [known, calibration] = [0, 1].map((half) =>
  Uint32Array.from(train.codes.keys()).filter((row) => row % 2 === half),
);

let workspace: string;
let store: Store;
let writer: Writer;

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), "tanafuda-heads-"));
  store = openStore(workspace);
  writer = await store.writer({ clock: tickingClock(), key: keyFromSeed(1), command: [] });
});

afterEach(() => {
  writer.release();
  rmSync(workspace, { recursive: true, force: true });
});

describe("a stored head", () => {
  it.each(headKinds.map(({ name }) => name))("%s answers as the fitted one", async (kind) => {
    const codes = train.codes.map((code, row) => (row % 2 === 0 ? code : -1));
    const labelled = { matrix: train.matrix, codes, classes: 3 };
    const fitted = await fitClassifier(labelled, { key: keyFromSeed(3), kinds: [kind] });
    const held = pickRows(train.matrix, calibration);
    const heldCodes = Int32Array.from(calibration, (row) => train.codes[row]);
    const sets = fitConformal(await fitted.probabilities(held), heldCodes, { alpha: 0.1 });
    const examples = pickRows(train.matrix, known);
    const novelty = await fitNovelty(examples, held, { alpha: 0.1 });
    const { alpha, neighbours, distance } = novelty;
    const draft = {
      ...draftOf(fitted),
      sets: { ...sets, thresholds: [...sets.thresholds] },
      novelty: { alpha, neighbours, distance },
    };
    const made = writer.writeHead(draft, {
      tensors: headTensors({ classifier: fitted, examples, novelty }),
      examples: { id: ["a"], path: ["a.jpg"], code: [0] },
    });
    expect(made.reference).toBe("grade@1");
    const opened = openHead(store.head("grade"));
    const before = await fitted.probabilities(asked.matrix);
    expect(await opened.probabilities(asked.matrix)).toEqual(before);
    expect(await opened.predict(asked.matrix)).toEqual(await fitted.predict(asked.matrix));
    expect(opened.sets?.sets(before)).toEqual(sets.sets(before));
    expect(await opened.novelty?.judge(asked.matrix)).toEqual(await novelty.judge(asked.matrix));
    expect(opened.novelty?.distance).toBe(distance);
    const { head, setting, temperature, frame, form } = fitted;
    expect(fittedOf(made)).toEqual({
      head,
      setting,
      temperature,
      frame,
      form,
      classes: [0, 1, 2],
    });
  });

  it("is found by name, version and as the newest, and is said where it is not", async () => {
    expect(codeOf(() => store.head("@last"))).toBe("registry/nothing-yet");
    const codes = train.codes.map((code, row) => (row % 2 === 0 ? code : -1));
    const options = { key: keyFromSeed(3), kinds: ["ncc"] } as const;
    const classifier = await fitClassifier({ matrix: train.matrix, codes, classes: 3 }, options);
    const content = {
      tensors: headTensors({ classifier, examples: pickRows(train.matrix, known) }),
      examples: { id: [], path: [], code: [] },
    };
    for (const name of ["grade", "grade", "defect"]) {
      writer.writeHead({ ...draftOf(classifier), name }, content);
    }
    const found = (text: string) => store.head(text).reference;
    expect(["grade", "grade@1", "grade@v2", "@last"].map(found)).toEqual([
      "grade@2",
      "grade@1",
      "grade@2",
      "defect@1",
    ]);
    expect(store.heads().map(({ reference }) => reference)).toEqual([
      "defect@1",
      "grade@1",
      "grade@2",
    ]);
    expect(codeOf(() => store.head("grades"))).toBe("registry/unknown-head");
    expect(codeOf(() => store.head("grade@9"))).toBe("registry/unknown-version");
    expect(codeOf(() => store.head("../grade"))).toBe("registry/unknown-head");
  });
});

function draftOf({ head, setting, temperature, form }: Classifier): HeadDraft {
  return {
    name: "grade",
    seed: 3,
    representation: { name: "photos", version: "1", digest: hex("b") },
    layer: "stage4",
    width: 5,
    pictures: { resolution: 64 },
    dataset: { name: "photos", version: hex("1") },
    labelSet: { name: "grade", digest: hex("c") },
    split: { name: "evaluation", digest: hex("d"), items: 20, labelled: 10 },
    labels: { training: 30, calibration: 30, evaluation: 10 },
    classes: ["a", "b", "c"],
    kind: head,
    setting,
    temperature,
    ...(form.kind === "neighbours" && { neighbours: form.count }),
    results: {},
  };
}
