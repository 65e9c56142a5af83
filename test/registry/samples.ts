/** Small documents to store, and a clock that can be set. */
import type { Clock } from "../../src/base/index.ts";
import type { DatasetVersion, RepresentationDocument } from "../../src/formats/documents/index.ts";
import type { RepresentationDraft, RunDraft } from "../../src/registry/index.ts";

/** Every reading is one second after the one before. */
export function tickingClock(
  start = "2026-01-31T09:30:00.000Z",
): Clock & { set(at: string): void } {
  let at = Date.parse(start);
  return {
    monotonic: () => at,
    now: () => {
      at += 1000;
      return new Date(at - 1000);
    },
    set: (text) => {
      at = Date.parse(text);
    },
  };
}

export const hex = (digit: string) => digit.repeat(64);

export function sampleDataset(
  count: number,
  changes: Partial<DatasetVersion> = {},
): DatasetVersion {
  const indexes = Array.from({ length: count }, (_, i) => i);
  return {
    format: 1,
    name: "photos",
    kind: "pictures",
    source: { kind: "folder", path: "/photos" },
    resolution: 32,
    group: { by: "item" },
    evaluationShare: 0.2,
    created: "2026-01-31T09:30:00.000Z",
    packs: [hex("a")],
    items: {
      id: indexes.map((i) => `item-${i}`),
      path: indexes.map((i) => `class/${i}.png`),
      digest: indexes.map((i) => i.toString(16).padStart(64, "0")),
      pack: indexes.map(() => 0),
      index: indexes,
      group: indexes.map((i) => `group-${i >> 1}`),
      split: indexes.map((i) => (i % 5 === 0 ? "evaluation" : "train")),
    },
    labelSets: [
      {
        name: "fine",
        classes: ["a", "b", "c"],
        codes: indexes.map((i) => (i % 4) - 1),
        source: "folder names",
        parent: "coarse",
      },
      {
        name: "coarse",
        classes: ["x", "y"],
        codes: indexes.map((i) => Math.min((i % 4) - 1, 1)),
        source: "folder names",
      },
    ],
    rejected: [{ path: "broken.png", code: "data/cut-short", values: { bytes: 12 } }],
    ...changes,
  };
}

export const sampleRun: RunDraft = {
  kind: "pretrain",
  command: ["tanafuda", "pretrain", "photos"],
  seeds: [7],
  configuration: { method: "vicreg", batch: 256 },
  datasets: [{ name: "photos", version: hex("1") }],
  representations: [],
  code: { version: "0.1.0" },
  host: {
    name: "bench",
    platform: "linux",
    architecture: "x64",
    processor: "test",
    cores: 2,
    memory: 8e9,
    node: "20.20.2",
  },
};

export function sampleRepresentation(
  changes: Partial<RepresentationDocument> = {},
): RepresentationDraft {
  return {
    name: "photos-vicreg",
    run: "20260131-093000-000-pretrain-aaaa",
    seed: 7,
    dataset: { name: "photos", version: hex("1") },
    method: "vicreg",
    backbone: { kind: "res", depth: 2, width: 64 },
    preprocessing: { size: 32 },
    input: { channels: 3, height: 32, width: 32 },
    layers: [{ name: "block1", width: 64 }],
    layer: "block1",
    steps: 100,
    ...changes,
  };
}

export const sampleTensors = {
  tensors: { "stem.weight": { shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, 6]) } },
};
