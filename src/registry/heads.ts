/**
 * Heads: numbered versions of a name, each a classifier on a representation's features that is read back
 * without fitting anything. What lies in a head's folder is said in `formats/documents/head.ts`.
 */
import { join } from "node:path";
import { type Clock, digestBytes, Problem, startDigest } from "../base/index.ts";
import { startFolder, writeFileAtomically } from "../formats/atomic-file/index.ts";
import { documentText, type HeadDocument } from "../formats/documents/index.ts";
import {
  encodeSafetensors,
  readSafetensors,
  type Safetensors,
  type TensorsToStore,
} from "../formats/safetensors/index.ts";
import type { Shelf } from "./datasets.ts";
import { checkName, checkNoCollision } from "./names.ts";
import { nearest } from "./nearest.ts";
import { namesIn, readAll, readDocument, readText } from "./stored.ts";
import { byTime, nextVersion, numbered } from "./versions.ts";

export interface Head {
  /** `NAME@VERSION`. */
  readonly reference: string;
  readonly document: HeadDocument;
  readonly folder: string;
  tensors(): Safetensors;
  examples(): HeadExamples;
}

/** The labelled training items, a column each; `code` is a position in the document's `classes`. */
export interface HeadExamples {
  readonly id: readonly string[];
  readonly path: readonly string[];
  readonly code: readonly number[];
}

/** What a new head says about itself; version, time and files are added. */
export type HeadDraft = Omit<
  HeadDocument,
  "format" | "version" | "created" | "tensors" | "examples"
>;

export interface HeadContent extends TensorsToStore {
  readonly examples: HeadExamples;
}

/** Every version of every head: by name, then by version. */
export function heads(shelf: Shelf): Head[] {
  return headNames(shelf).flatMap((name) =>
    readAll(versionsOf(shelf, name), {
      read: (version) => readFolder(shelf.layout.head(name, version)),
      emit: shelf.emit,
    }),
  );
}

/** `NAME@VERSION`, `NAME@last` or NAME (its newest), or `@last` (the newest of all). */
export function resolveHead(shelf: Shelf, asked: string): Head {
  if (asked === "@last") {
    const newest = heads(shelf).sort(byTime).at(-1);
    if (newest === undefined) throw nothingYet(shelf);
    return newest;
  }
  const at = asked.lastIndexOf("@");
  const name = (at < 0 ? asked : asked.slice(0, at)).normalize("NFC");
  const versions = /[/\\]/.test(name) ? [] : versionsOf(shelf, name);
  if (versions.length === 0) {
    const names = headNames(shelf);
    if (names.length === 0) throw nothingYet(shelf);
    throw new Problem("registry/unknown-head", { name: asked, nearest: nearest(name, names) });
  }
  const wanted = at < 0 ? "last" : asked.slice(at + 1);
  const version = wanted === "last" ? versions.at(-1) : /^v?(\d+)$/i.exec(wanted)?.[1];
  const found = version === undefined ? undefined : readFolder(shelf.layout.head(name, version));
  if (found !== undefined) return found;
  const values = { name, version: wanted, found: versions.join(", ") };
  throw new Problem("registry/unknown-version", values);
}

/** Stores a head as the next version of its name. */
export function writeHead(
  { layout }: Shelf,
  draft: HeadDraft,
  { examples, clock, ...content }: HeadContent & { readonly clock: Clock },
): Head {
  const name = checkName("head", draft.name);
  checkNoCollision(name, namesIn(layout.heads, "folders"));
  const version = nextVersion(join(layout.heads, name));
  const folder = layout.head(name, version);
  const parts = encodeSafetensors(content);
  const digest = startDigest();
  for (const part of parts) digest.update(part);
  const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const listed = JSON.stringify(examples);
  const document: HeadDocument = {
    ...draft,
    format: 1,
    name,
    version,
    created: clock.now().toISOString(),
    tensors: { file: "head.safetensors", digest: digest.digest("hex"), bytes },
    examples: {
      file: "examples.json",
      digest: digestBytes(listed),
      count: examples.code.length,
    },
  };
  using made = startFolder(folder);
  writeFileAtomically(join(made.folder, document.tensors.file), parts);
  writeFileAtomically(join(made.folder, document.examples.file), listed);
  writeFileAtomically(join(made.folder, "head.json"), documentText("head", document));
  made.finish();
  return stored(document, folder);
}

function readFolder(folder: string): Head | undefined {
  const document = readDocument("head", join(folder, "head.json"));
  return document && stored(document, folder);
}

function stored(document: HeadDocument, folder: string): Head {
  return {
    reference: `${document.name}@${document.version}`,
    document,
    folder,
    tensors: () => readSafetensors(join(folder, document.tensors.file)),
    examples: () => {
      const text = readText(join(folder, document.examples.file));
      const listed: HeadExamples = JSON.parse(text ?? '{"id":[],"path":[],"code":[]}');
      return listed;
    },
  };
}

function headNames(shelf: Shelf): string[] {
  return namesIn(shelf.layout.heads, "folders").filter(
    (name) => versionsOf(shelf, name).length > 0,
  );
}

function versionsOf({ layout }: Shelf, name: string): string[] {
  return numbered(join(layout.heads, name));
}

function nothingYet({ workspace }: Shelf): Problem {
  return new Problem("registry/nothing-yet", { kind: "head", workspace });
}
