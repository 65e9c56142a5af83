/** The second half of an ingest: kept and fresh items become a dataset version. */
import { digestJson, Problem } from "../../base/index.ts";
import type { DatasetVersion, Split } from "../../formats/documents/index.ts";
import type { Decoding } from "../../formats/image/index.ts";
import { labelSetsOf } from "./carry-labels.ts";
import { corrected, decisionsOf } from "./decisions.ts";
import { facetsOf } from "./facets.ts";
import { groupsOf } from "./form-groups.ts";
import { type FreshItem, type Gathered, newPack } from "./gather.ts";
import { firstFolder, foldersAreSplit, sidesFromWords } from "./given-split.ts";
import { columnOf, type GroupRule } from "./groups.ts";
import type { IngestOptions } from "./ingest-options.ts";
import type { NewLooks } from "./new-looks.ts";
import { fileOfPage } from "./pages.ts";
import { assignSides } from "./sides.ts";
import type { Source } from "./source.ts";

/** What a first ingest freezes. */
export interface Settings {
  readonly resolution: number;
  readonly share: number;
  readonly rule: GroupRule;
  readonly ruleText: string;
  readonly decoding: Decoding;
}

interface Parts {
  readonly gathered: Gathered;
  readonly looks: NewLooks;
  readonly packs: readonly string[];
  readonly settings: Settings;
  readonly options: IngestOptions;
}

export async function assemble(
  source: Source,
  { gathered, looks, packs, settings, options }: Parts,
): Promise<DatasetVersion> {
  const { previous, name } = options;
  const { kept, fresh } = gathered;
  const before = previous?.items;
  const from = <T>(column: readonly T[] | undefined, added: (item: FreshItem) => T): T[] => [
    ...(column ? kept.map((i) => column[i]) : []),
    ...fresh.map(added),
  ];
  const path = from(before?.path, (item) => item.path);
  const digest = from(before?.digest, (item) => item.digest);
  const position = from(before?.pack, ({ place }) =>
    place.pack === newPack ? packs.length - 1 : place.pack,
  );
  const used = [...new Set(position)].sort((a, b) => a - b);
  const renumbered = new Map(used.map((old, now) => [old, now]));
  const items = {
    id: uniqueIds(path, digest, before ? kept.map((i) => before.id[i]) : []),
    path,
    digest,
    pack: position.map((old) => renumbered.get(old) ?? 0),
    index: from(before?.index, ({ place }) => place.index),
    modified: from(before?.modified, (item) => item.modified),
    bytes: from(before?.bytes, (item) => item.bytes),
  };
  const places = { ...items, packs: used.map((old) => packs[old]) };
  const facets = source.kind === "folder" ? facetsOf(path, { gathered, previous }) : [];
  const { rule } = settings;
  const formed = await groupsOf(places, {
    ...{ gathered, looks, facets, rule, options },
    root: source.path,
  });
  const group = withPagesTogether(path, formed, kept.length);
  const { given, isFolder } = givenSides(items, { source, gathered, options });
  const frozen = before ? kept.map((i) => before.split[i]) : [];
  const split = assignSides({ name, groups: group, share: settings.share, frozen, given });
  return {
    format: 1,
    name,
    kind: "pictures",
    ...(previous && { parent: digestJson({ ...previous, created: undefined }) }),
    source: { kind: source.kind, path: source.path },
    resolution: settings.resolution,
    ...(Object.keys(gathered.decoding).length > 0 && { decoding: gathered.decoding }),
    group: { by: settings.ruleText },
    evaluationShare: settings.share,
    created: options.clock.now().toISOString(),
    packs: places.packs,
    items: { ...items, group, split },
    labelSets: corrected(
      labelSetsOf(path, { gathered, previous, facets, skip: isFolder ? 1 : 0 }),
      { ids: items.id, corrections: previous?.corrections },
    ),
    ...(facets.length > 0 && { facets }),
    rejected: gathered.rejected.map(({ path, code, values }) => ({ path, code, values })),
    ...decisionsOf(previous),
  };
}

/** Pages of one file belong together, whatever the rule says of single pictures. */
function withPagesTogether(paths: readonly string[], groups: string[], frozen: number): string[] {
  if (!paths.some((path) => fileOfPage(path) !== undefined)) return groups;
  const at = new Map(paths.map((path, i) => [path, i]));
  return groups.map((group, i) => {
    const file = i < frozen ? undefined : at.get(fileOfPage(paths[i]) ?? "");
    return file === undefined ? group : groups[file];
  });
}

/** The path as NFC; where two files share that, the later ones carry their digest. */
function uniqueIds(
  paths: readonly string[],
  digests: readonly string[],
  kept: readonly string[],
): string[] {
  const taken = new Set(kept);
  return paths.map((path, i) => {
    if (i < kept.length) return kept[i];
    const plain = path.normalize("NFC");
    let id = plain;
    for (let n = 1; taken.has(id); n++) id = `${plain}#${digests[i].slice(0, 8)}${n > 1 ? n : ""}`;
    taken.add(id);
    return id;
  });
}

function givenSides(
  items: { readonly id: readonly string[]; readonly path: readonly string[] },
  { source, gathered, options }: { source: Source; gathered: Gathered; options: IngestOptions },
): { given: (Split | undefined)[]; isFolder: boolean } {
  const { list, split = "auto", previous } = options;
  const root = source.path;
  const nowhere = items.id.map((_, i) => gathered.fresh[i - gathered.kept.length]?.given);
  const byFolder = () => sidesFromWords(items.path.map(firstFolder), root);
  const column = split.startsWith("column:")
    ? split.slice("column:".length)
    : split === "auto"
      ? list?.columns.find((name) => name.toLowerCase() === "split")
      : undefined;
  if (column !== undefined) {
    if (list === undefined) throw new Problem("data/group-needs-list", { column });
    const words = columnOf(list, column, { ...items, root });
    return { given: sidesFromWords(words, list.source), isFolder: false };
  }
  if (split === "hash" || source.kind !== "folder") return { given: nowhere, isFolder: false };
  if (split === "folder") return { given: byFolder(), isFolder: true };
  if (split !== "auto") throw new Problem("data/split-unknown", { split });
  if (!foldersAreSplit(items.path)) return { given: nowhere, isFolder: false };
  const given = byFolder();
  const agrees = gathered.kept.every((old, i) => previous?.items.split[old] === given[i]);
  return agrees ? { given, isFolder: true } : { given: nowhere, isFolder: false };
}
