/** A dataset version of given paths, for tests that need no pictures. */
import { digestBytes } from "../../../src/base/index.ts";
import type { DatasetVersion } from "../../../src/formats/documents/index.ts";

export function versionOf(paths: readonly string[]): DatasetVersion {
  return {
    format: 1,
    name: "test",
    kind: "pictures",
    source: { kind: "folder", path: "/data" },
    resolution: 16,
    group: { by: "item" },
    evaluationShare: 0.2,
    created: "2026-01-31T09:30:00.000Z",
    packs: [digestBytes("pack")],
    items: {
      id: [...paths],
      path: [...paths],
      digest: paths.map(digestBytes),
      pack: paths.map(() => 0),
      index: paths.map((_, i) => i),
      group: [...paths],
      split: paths.map(() => "train" as const),
    },
    labelSets: [],
    rejected: [],
  };
}
