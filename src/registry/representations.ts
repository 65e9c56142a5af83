/** Representations: numbered versions of a name, and aliases that point to one of them. */
import { statSync } from "node:fs";
import { basename, join, resolve as resolvePath } from "node:path";
import { type Clock, Problem, startDigest } from "../base/index.ts";
import { startFolder, writeFileAtomically } from "../formats/atomic-file/index.ts";
import { documentText, type RepresentationDocument } from "../formats/documents/index.ts";
import { encodeSafetensors, type TensorsToStore } from "../formats/safetensors/index.ts";
import type { Shelf } from "./datasets.ts";
import { checkAlias, checkName, checkNoCollision } from "./names.ts";
import { nearest } from "./nearest.ts";
import { namesIn, readAll, readDocument } from "./stored.ts";
import { byTime, nextVersion, numbered } from "./versions.ts";

export interface Representation {
  /** `NAME@VERSION`. */
  readonly reference: string;
  readonly document: RepresentationDocument;
  readonly folder: string;
  /** The safetensors file of the weights. */
  readonly weights: string;
}

/** What a new representation says about itself; version, time and weights are added. */
export type RepresentationDraft = Omit<
  RepresentationDocument,
  "format" | "version" | "created" | "weights"
>;

/** Every version of every representation: by name, then by version. */
export function representations(shelf: Shelf): Representation[] {
  return representationNames(shelf).flatMap((name) =>
    readAll(versionsOf(shelf, name), {
      read: (version) => readFolder(shelf.layout.representation(name, version)),
      emit: shelf.emit,
    }),
  );
}

/**
 * `NAME@VERSION`, `NAME@ALIAS`, `NAME@last` or NAME (its newest), `@last` (the newest of all), or
 * the path of a representation's folder. A name goes before a path.
 */
export function resolveRepresentation(shelf: Shelf, asked: string, cwd = "."): Representation {
  if (asked === "@last") {
    const newest = representations(shelf).sort(byTime).at(-1);
    if (newest === undefined) throw nothingYet(shelf);
    return newest;
  }
  const at = asked.lastIndexOf("@");
  const name = (at < 0 ? asked : asked.slice(0, at)).normalize("NFC");
  const versions = /[/\\]/.test(name) ? [] : versionsOf(shelf, name);
  if (versions.length > 0) {
    const version = at < 0 ? "last" : asked.slice(at + 1);
    return readVersion(shelf, name, { asked: version, versions });
  }
  const folder = resolvePath(cwd, asked);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const found = isFolder ? readFolder(folder) : undefined;
  if (found !== undefined) return found;
  const names = representationNames(shelf);
  if (names.length === 0) throw nothingYet(shelf);
  const near = nearest(name, names);
  throw new Problem("registry/unknown-representation", { name: asked, nearest: near });
}

/** Aliases of a name and the versions that they point to. */
export function aliases(shelf: Shelf, name: string): ReadonlyMap<string, string> {
  const names = namesIn(shelf.layout.aliases(name), "files")
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"));
  const pairs = readAll(names, {
    read: (alias): [string, string] | undefined => {
      const document = readDocument("alias", shelf.layout.alias(name, alias));
      return document && [alias, document.version];
    },
    emit: shelf.emit,
  });
  return new Map(pairs);
}

/** Stores an encoder as the next version of its name. */
export function writeRepresentation(
  { layout }: Shelf,
  draft: RepresentationDraft,
  { tensors, clock }: { readonly tensors: TensorsToStore; readonly clock: Clock },
): Representation {
  const name = checkName("representation", draft.name);
  checkNoCollision(name, namesIn(layout.representations, "folders"));
  const version = nextVersion(join(layout.representations, name));
  const folder = layout.representation(name, version);
  const parts = encodeSafetensors(tensors);
  const digest = startDigest();
  for (const part of parts) digest.update(part);
  const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const document: RepresentationDocument = {
    ...draft,
    format: 1,
    name,
    version,
    created: clock.now().toISOString(),
    weights: { file: "weights.safetensors", digest: digest.digest("hex"), bytes },
  };
  using made = startFolder(folder);
  writeFileAtomically(join(made.folder, document.weights.file), parts);
  writeFileAtomically(
    join(made.folder, "representation.json"),
    documentText("representation", document),
  );
  made.finish();
  return { ...stored(document, folder) };
}

/** Points an alias to a version; it is replaced in one step. */
export function setAlias(
  shelf: Shelf,
  target: Representation,
  { alias, clock }: { readonly alias: string; readonly clock: Clock },
): void {
  const { name, version } = target.document;
  const checked = checkAlias(alias);
  checkNoCollision(checked, [...aliases(shelf, name).keys()]);
  const set = clock.now().toISOString();
  const text = documentText("alias", { format: 1, version, set });
  writeFileAtomically(shelf.layout.alias(name, checked), text);
}

function readVersion(
  shelf: Shelf,
  name: string,
  { asked, versions }: { asked: string; versions: string[] },
): Representation {
  const pointed = aliases(shelf, name);
  const number = /^v?(\d+)$/i.exec(asked)?.[1];
  const version =
    asked === "last" ? versions.at(-1) : (number ?? pointed.get(asked.normalize("NFC")));
  const found =
    version === undefined ? undefined : readFolder(shelf.layout.representation(name, version));
  if (found !== undefined) return found;
  const known = [...versions, ...pointed.keys()].join(", ");
  throw new Problem("registry/unknown-version", { name, version: asked, found: known });
}

function readFolder(folder: string): Representation | undefined {
  const document = readDocument("representation", join(folder, "representation.json"));
  return document && stored(document, folder);
}

function stored(document: RepresentationDocument, folder: string): Representation {
  const reference = `${document.name}@${document.version}`;
  return { reference, document, folder, weights: join(folder, document.weights.file) };
}

function representationNames(shelf: Shelf): string[] {
  return namesIn(shelf.layout.representations, "folders").filter(
    (name) => versionsOf(shelf, name).length > 0,
  );
}

function versionsOf({ layout }: Shelf, name: string): string[] {
  return numbered(join(layout.representations, name));
}

function nothingYet({ workspace }: Shelf): Problem {
  return new Problem("registry/nothing-yet", { kind: "representation", workspace });
}
