/** Every problem and notice code there is. The compiler asks `words` for a sentence for each. */
import type { ExitKind } from "./problem.ts";

/** Problem codes → the kind that decides the exit code. Sections by room, names by what was found. */
export const codes = {
  "internal/defect": "internal",
  "usage/unknown-option": "usage",
  // formats: documents and numeric files
  "formats/document-cut-short": "input",
  "formats/document-invalid": "input",
  "formats/document-version": "input",
  "formats/npy-cut-short": "input",
  "formats/npy-fortran-order": "input",
  "formats/npy-header": "input",
  "formats/npy-type": "input",
  "formats/npy-version": "input",
  "formats/not-npy": "input",
  "formats/not-parquet": "input",
  "formats/parquet-column-missing": "input",
  "formats/parquet-no-matrix": "input",
  "formats/parquet-null": "input",
  "formats/parquet-ragged": "input",
  "formats/parquet-type": "input",
  "formats/safetensors-cut-short": "input",
  "formats/safetensors-header": "input",
  "formats/safetensors-type": "input",
  // registry
  "registry/alias-reserved": "usage",
  "registry/ambiguous-version": "usage",
  "registry/config-invalid": "usage",
  "registry/disk-full": "resource",
  "registry/exists": "state",
  "registry/locked": "busy",
  "registry/locked-elsewhere": "busy",
  "registry/lock-unreadable": "busy",
  "registry/name-unusable": "usage",
  "registry/nothing-yet": "state",
  "registry/not-writable": "resource",
  "registry/run-finished": "state",
  "registry/run-unfinished": "state",
  "registry/unknown-dataset": "state",
  "registry/unknown-embedding": "state",
  "registry/unknown-representation": "state",
  "registry/unknown-run": "state",
  "registry/unknown-version": "state",
  "registry/writer-closed": "internal",

  // engine
  "engine/shape-amounts": "internal",
  "engine/shape-axes": "internal",
  "engine/shape-batch": "internal",
  "engine/shape-broadcast": "internal",
  "engine/shape-channels": "internal",
  "engine/shape-dtypes": "internal",
  "engine/shape-empty": "internal",
  "engine/shape-forward": "internal",
  "engine/shape-indexes": "internal",
  "engine/shape-inner": "internal",
  "engine/shape-inputs": "internal",
  "engine/shape-kernel": "internal",
  "engine/shape-parts": "internal",
  "engine/shape-permutation": "internal",
  "engine/shape-range": "internal",
  "engine/shape-size": "internal",
  "engine/shape-sizes": "internal",
  "engine/shape-target": "internal",
  "engine/shape-values": "internal",
  "engine/not-differentiable": "internal",
  "engine/invalid-program": "internal",
  "engine/missing-input": "internal",
  "engine/unknown-state": "internal",
  "engine/library-missing": "resource",
  // augment
  "augment/no-pictures": "input",
  "augment/out-of-range": "usage",
  "augment/pixels-do-not-fit": "internal",
  "augment/range-reversed": "usage",
  "augment/size-not-whole": "usage",
  "augment/sizes-differ": "usage",
  "augment/worker-stopped": "resource",
  "augment/workers-need-built-code": "internal",
} as const satisfies Record<string, ExitKind>;

export type Code = keyof typeof codes;

/** Notices (info and warnings) that travel in events and never stop anything. */
export const noticeCodes = ["data/items-set-aside"] as const;

export type NoticeCode = (typeof noticeCodes)[number];
