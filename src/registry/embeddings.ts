/** Features that were computed once, kept under the digest of what decides them. */
import { join } from "node:path";
import { type Clock, digestBytes, digestJson, type Json, Problem } from "../base/index.ts";
import { startFolder, writeFileAtomically } from "../formats/atomic-file/index.ts";
import { bytesOf, numbersAt, readBytes } from "../formats/bytes/index.ts";
import { documentText, type EmbeddingDocument } from "../formats/documents/index.ts";
import type { Shelf } from "./datasets.ts";
import { readDocument, readText } from "./stored.ts";

/** What decides the numbers: equal keys, equal features. */
export type EmbeddingKey = Pick<
  EmbeddingDocument,
  "representation" | "layer" | "dataset" | "variant"
>;

export interface Embedding {
  readonly document: EmbeddingDocument;
  readonly folder: string;
  /** Rows are items, in the order of `ids()`. */
  values(): Float32Array;
  ids(): string[];
}

export interface EmbeddingContent {
  readonly values: Float32Array;
  readonly columns: number;
  readonly ids: readonly string[];
}

/** Where an embedding is kept. The representation counts by its weights where they are known. */
export function embeddingDigest({ representation, layer, dataset, variant }: EmbeddingKey): string {
  const { name, version, digest } = representation;
  const weights: Json = digest ?? { name, version };
  return digestJson({ weights, layer, dataset: dataset.version, variant });
}

export function embeddings(shelf: Shelf, digest: string): Embedding | undefined {
  const folder = shelf.layout.embedding(digest);
  const document = readDocument("embedding", join(folder, "embedding.json"));
  if (document === undefined) return undefined;
  return {
    document,
    folder,
    values() {
      const file = join(folder, document.values.file);
      const bytes = readBytes(file);
      const expected = document.rows * document.columns * 4;
      if (bytes.byteLength !== expected) {
        const found = `${bytes.byteLength} bytes, not ${expected}`;
        throw new Problem("formats/document-invalid", {
          file,
          kind: "embedding",
          place: "values",
          found,
        });
      }
      return numbersAt(Float32Array, bytes, { offset: 0, length: expected / 4 });
    },
    ids: () => {
      const ids: string[] = JSON.parse(readText(join(folder, document.ids.file)) ?? "[]");
      return ids;
    },
  };
}

export function writeEmbedding(
  shelf: Shelf,
  key: EmbeddingKey,
  { values, columns, ids, clock }: EmbeddingContent & { readonly clock: Clock },
): string {
  if (values.length !== ids.length * columns) {
    throw new RangeError(`${ids.length} × ${columns} features, but ${values.length} values`);
  }
  const digest = embeddingDigest(key);
  const bytes = bytesOf(values);
  const names = JSON.stringify(ids);
  const document: EmbeddingDocument = {
    format: 1,
    created: clock.now().toISOString(),
    ...key,
    rows: ids.length,
    columns,
    values: {
      file: "values.f32",
      type: "float32",
      digest: digestBytes(bytes),
      bytes: bytes.byteLength,
    },
    ids: { file: "ids.json", digest: digestBytes(names) },
  };
  using made = startFolder(shelf.layout.embedding(digest), { existing: "keep" });
  writeFileAtomically(join(made.folder, document.values.file), bytes);
  writeFileAtomically(join(made.folder, document.ids.file), names);
  writeFileAtomically(join(made.folder, "embedding.json"), documentText("embedding", document));
  made.finish();
  return digest;
}
