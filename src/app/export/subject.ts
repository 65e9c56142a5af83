/** What is exported: a representation, or a head with the representation that it was fitted on. */
import { Problem } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import {
  type Head,
  nearest,
  type Representation,
  type Store,
  type StoredDataset,
} from "../../registry/index.ts";
import { encoderFor } from "../predict/index.ts";
import { requireWeights } from "../training-choices.ts";

export interface ExportSubject {
  /** `NAME@VERSION` of what was asked for. */
  readonly reference: string;
  readonly representation: Representation;
  readonly head?: Head;
  readonly dataset: StoredDataset;
}

/**
 * By the name of a head or of a representation (or its folder); `@last` is the newest representation,
 * and with `needsHead` the newest head. Throws where the encoder is not the one that the head knows.
 */
export function exportSubject(
  store: Store,
  asked: string,
  { cwd, needsHead }: { readonly cwd: string; readonly needsHead: boolean },
): ExportSubject {
  const name = asked.slice(0, asked.lastIndexOf("@") + 1 || undefined).replace(/@$/, "");
  const heads = new Set(store.heads().map(({ document }) => document.name));
  const representations = new Set(store.representations().map(({ document }) => document.name));
  if (heads.has(name) || (needsHead && asked === "@last")) return ofHead(store, store.head(asked));
  const isPath = /[/\\]/.test(asked);
  if (asked !== "@last" && !isPath && !representations.has(name) && heads.size > 0) {
    const near = nearest(name, [...heads, ...representations]);
    throw new Problem("app/export-unknown", { name: asked, nearest: near });
  }
  const representation = store.resolve(asked, cwd);
  if (needsHead) {
    throw new Problem("app/export-needs-head", { representation: representation.reference });
  }
  requireWeights(representation);
  const { reference } = representation;
  return { reference, representation, dataset: datasetOf(store, representation) };
}

function ofHead(store: Store, head: Head): ExportSubject {
  const representation = encoderFor(head, store);
  const { reference } = head;
  return { reference, representation, head, dataset: datasetOf(store, representation) };
}

function datasetOf(store: Store, { document, reference }: Representation): StoredDataset {
  const { name } = document.dataset;
  if (store.datasetNames().includes(name)) return store.dataset(name);
  throw new Problem("app/export-dataset-gone", { representation: reference, dataset: name });
}

/** How files become stored pictures: as the head knows it, else as the dataset does. */
export function formOf({ head, dataset: { document } }: ExportSubject): PictureForm {
  return head?.document.pictures ?? { resolution: document.resolution, ...document.decoding };
}

export interface PictureForm {
  readonly resolution: number;
  readonly background?: string | undefined;
  readonly white?: number | undefined;
}

/** Positions of pictures to compare on: from those set aside, where there are any, evenly spread. */
export function sampleOf({ items }: DatasetVersion, count: number): Uint32Array {
  const aside = [...items.split.keys()].filter((i) => items.split[i] === "evaluation");
  const from = aside.length > 0 ? aside : [...items.split.keys()];
  const most = Math.min(count, from.length);
  return Uint32Array.from({ length: most }, (_, k) => from[Math.floor((k * from.length) / most)]);
}
