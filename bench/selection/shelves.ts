/**
 * Shelves to label: features with a pool to choose from and items set apart to judge on. From a
 * workspace, as the product stored them, or made up.
 */
import { resolve } from "node:path";
import { fork, keyFromSeed, normal } from "../../src/base/index.ts";
import {
  headlineFeatures,
  type Matrix,
  pickRows,
  withFeatures,
} from "../../src/learn/measure/index.ts";
import { embeddingDigest, openStore } from "../../src/registry/index.ts";
import { Stop } from "../harness/index.ts";

export interface LabelledShelf {
  readonly name: string;
  readonly classes: number;
  readonly pool: Side;
  readonly judged: Side;
}

export interface Side {
  readonly matrix: Matrix;
  readonly codes: Int32Array;
}

/** `[WORKSPACE REPRESENTATION LABELS]…`; without them, blobs. */
export function shelvesAsked(rest: readonly string[]): LabelledShelf[] {
  if (rest.length === 0) return [blobs()];
  if (rest.length % 3 !== 0) {
    throw new Stop("usage", "Give a workspace, a representation and a label set, once or more.");
  }
  return Array.from({ length: rest.length / 3 }, (_, i) => {
    const [workspace, representation, labels] = rest.slice(3 * i);
    return storedShelf(workspace, { representation, labels });
  });
}

/** Features of unit length of the pictures that have a label of a class that both sides have. */
export function storedShelf(
  workspace: string,
  { representation, labels }: { readonly representation: string; readonly labels: string },
): LabelledShelf {
  const store = openStore(resolve(workspace));
  const { name, version, weights, layer, dataset } = store.resolve(representation).document;
  const { document } = store.dataset(dataset.name, dataset.version);
  const digest = embeddingDigest({
    representation: { name, version, digest: weights.digest },
    layer,
    dataset: { name: dataset.name, version: dataset.version },
    variant: null,
  });
  const found = store.embeddings(digest);
  const set = document.labelSets.find((one) => one.name === labels);
  if (!found || !set) {
    const known = document.labelSets.map((one) => one.name).join(", ");
    throw new Stop(
      "data-missing",
      `${workspace} has no stored features of ${representation} with labels ${labels}. ` +
        `Label sets are ${known}; "tanafuda measure ${representation}" stores features.`,
    );
  }
  const { rows, columns } = found.document;
  const matrix = withFeatures({ rows, columns, values: found.values() }, headlineFeatures);
  const split = document.items.split;
  const inBoth = set.classes.map((_, c) =>
    ["train", "evaluation"].every((side) =>
      set.codes.some((code, i) => code === c && split[i] === side),
    ),
  );
  const renumbered = new Map([...inBoth.keys()].filter((c) => inBoth[c]).map((c, i) => [c, i]));
  const sideOf = (side: string): Side => {
    const own = Uint32Array.from(
      [...set.codes.keys()].filter((i) => split[i] === side && renumbered.has(set.codes[i])),
    );
    const codes = Int32Array.from(own, (i) => renumbered.get(set.codes[i]) ?? -1);
    return { matrix: pickRows(matrix, own), codes };
  };
  return {
    name: `${dataset.name}, ${labels}, ${representation}`,
    classes: renumbered.size,
    pool: sideOf("train"),
    judged: sideOf("evaluation"),
  };
}

/** Twenty Gaussian classes in 64 dimensions, the commonest ten times as frequent as the rarest. */
export function blobs(): LabelledShelf {
  const [classes, columns] = [20, 64];
  const key = keyFromSeed(3);
  const centres = normal(fork(key, "centres"), classes * columns);
  const sideOf = (name: string, scale: number): Side => {
    const codes = Int32Array.from(
      Array.from({ length: classes }, (_, c) =>
        new Array<number>(Math.round(scale * 10 ** (-c / (classes - 1)))).fill(c),
      ).flat(),
    );
    const noise = normal(fork(key, name), codes.length * columns);
    const values = Float32Array.from(noise, (z, at) => {
      const c = codes[Math.floor(at / columns)];
      return z + 0.45 * centres[c * columns + (at % columns)];
    });
    return { matrix: { rows: codes.length, columns, values }, codes };
  };
  return { name: "blobs", classes, pool: sideOf("pool", 400), judged: sideOf("judged", 400) };
}
