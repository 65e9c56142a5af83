/** The names that options and arguments take, for completion and for "did you mean". */
import { openStore } from "../registry/index.ts";
import { precisions } from "./machine.ts";

export interface KnownNames {
  readonly datasets: readonly string[];
  /** `NAME@VERSION`, and `@last` where there is one. */
  readonly representations: readonly string[];
  /** `NAME@VERSION`, and `@last` where there is one. */
  readonly heads: readonly string[];
  readonly methods: readonly string[];
  readonly augmentations: readonly string[];
  readonly backbones: readonly string[];
  readonly optimizers: readonly string[];
  readonly executors: readonly string[];
  readonly precisions: readonly string[];
  readonly devices: readonly string[];
}

export async function knownNames(workspace: string): Promise<KnownNames> {
  const store = openStore(workspace);
  const representations = store.representations().map(({ reference }) => reference);
  const heads = store.heads().map(({ reference }) => reference);
  const [{ methods }, { augmentPresets }, { backboneNames }, { optimisers }] = await Promise.all([
    import("../learn/methods/index.ts"),
    import("../learn/augment/index.ts"),
    import("../learn/backbones/index.ts"),
    import("../learn/optim/index.ts"),
  ]);
  return {
    datasets: store.datasetNames(),
    representations: representations.length > 0 ? ["@last", ...representations] : [],
    heads: heads.length > 0 ? ["@last", ...heads] : [],
    methods: Object.keys(methods),
    augmentations: Object.keys(augmentPresets),
    backbones: backboneNames,
    optimizers: Object.keys(optimisers),
    executors: ["onednn", "ort", "torch", "reference"],
    precisions,
    devices: ["cpu", "cuda", "xpu", "mps", "webgpu"],
  };
}
