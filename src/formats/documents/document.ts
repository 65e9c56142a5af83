/** From text to a checked document and back; what is wrong is said with file, version and place. */
import type { z } from "zod";
import { Problem } from "../../base/index.ts";
import { datasetSummary, datasetVersion } from "./dataset.ts";
import { embeddingDocument } from "./embedding.ts";
import { headDocument } from "./head.ts";
import { measurementDocument } from "./measurement.ts";
import { aliasDocument, representationDocument } from "./representation.ts";
import { outcomeDocument, runDocument } from "./run.ts";

/** Every kind of stored document. A kind's version grows when old readers would misread it. */
const kinds = {
  dataset: { version: 1, schema: datasetVersion },
  "dataset-summary": { version: 1, schema: datasetSummary },
  run: { version: 1, schema: runDocument },
  outcome: { version: 1, schema: outcomeDocument },
  representation: { version: 1, schema: representationDocument },
  alias: { version: 1, schema: aliasDocument },
  embedding: { version: 1, schema: embeddingDocument },
  head: { version: 1, schema: headDocument },
  measurement: { version: 1, schema: measurementDocument },
} as const;

export type DocumentKind = keyof typeof kinds;
export type DocumentOf<K extends DocumentKind> = z.infer<(typeof kinds)[K]["schema"]>;

/** The document in `text`; `file` is only named in what goes wrong. */
export function parseDocument<K extends DocumentKind>(
  kind: K,
  text: string,
  file: string,
): DocumentOf<K> {
  return checkDocument(kind, parseJson(text, { file, kind }), file);
}

/** `value`, if it is a document of this kind. Members that the kind does not have are left out. */
export function checkDocument<K extends DocumentKind>(
  kind: K,
  value: unknown,
  file: string,
): DocumentOf<K> {
  const expected = kinds[kind].version;
  const found = formatOf(value);
  if (found !== expected) {
    const age = typeof found !== "number" ? "none" : found > expected ? "newer" : "older";
    throw new Problem("formats/document-version", { file, kind, found, expected, age });
  }
  const result = kinds[kind].schema.safeParse(value);
  if (result.success) return result.data as DocumentOf<K>;
  const issue = result.error.issues[0];
  throw new Problem(
    "formats/document-invalid",
    { file, kind, place: issue.path.join(".") || "(top)", found: issue.message },
    { cause: result.error },
  );
}

/** The text to store: checked first, one line, so that what is written can be read. */
export function documentText<K extends DocumentKind>(kind: K, value: DocumentOf<K>): string {
  return `${JSON.stringify(checkDocument(kind, value, "(to be written)"))}\n`;
}

function parseJson(text: string, { file, kind }: { file: string; kind: string }): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const bytes = Buffer.byteLength(text);
    throw new Problem("formats/document-cut-short", { file, kind, bytes }, { cause });
  }
}

function formatOf(value: unknown): string | number {
  if (typeof value !== "object" || value === null || !("format" in value)) return "none";
  const { format } = value;
  return typeof format === "number" ? format : JSON.stringify(format);
}
