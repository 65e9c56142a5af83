/**
 * From a source to a frozen dataset version. Once frozen, an item's group and side never change;
 * new items find theirs by the same rule.
 */
import { availableParallelism } from "node:os";
import { type Clock, digestJson, type Emit, Problem, silent } from "../../base/index.ts";
import type { DatasetVersion, LabelSet, Split } from "../../formats/documents/index.ts";
import type { Pack, PackWriter } from "../../formats/pack/index.ts";
import { checkNesting, noteClasses } from "./attach-labels.ts";
import { clusterLookAlikes } from "./clusters.ts";
import { fingerprint, gridBytes } from "./fingerprint.ts";
import { folderLabelSets } from "./folder-labels.ts";
import { adderTo, type FreshItem, type Gathered, newPack } from "./gather.ts";
import { gatherCifar } from "./gather-cifar.ts";
import { gatherFolder } from "./gather-folder.ts";
import { firstFolder, foldersAreSplit, sidesFromWords } from "./given-split.ts";
import { columnOf, folderGroup, type GroupRule, ownGroup, parseGroupRule } from "./groups.ts";
import type { LabelList } from "./label-list.ts";
import { assignSides } from "./sides.ts";
import type { Source } from "./source.ts";

export interface IngestOptions {
  /** The dataset's name. The hashed split depends on it. */
  readonly name: string;
  /** Shorter side of the stored pictures; frozen by the first ingest. */
  readonly resolution?: number;
  readonly previous?: DatasetVersion;
  readonly createPack: (options: { resolution: number }) => PackWriter;
  /** By digest; needed to compare new pictures with those that are there. */
  readonly openPack: (digest: string) => Pack;
  /** A list whose columns give groups or sides. */
  readonly list?: LabelList;
  /** `column:NAME`, `folder`, `folder:LEVEL`, `near-duplicate` (default) or `item`. */
  readonly group?: string;
  /**
   * Where given sides come from: `column:NAME`, `folder`, `hash` (nowhere), or `auto` (default): the
   * list's column `split`, else first folders such as train/ and test/, else nowhere.
   */
  readonly split?: string;
  readonly evaluationShare?: number;
  readonly clock: Clock;
  readonly emit?: Emit;
  readonly signal?: AbortSignal;
  /** Pictures decoded at once. */
  readonly concurrency?: number;
}

export interface Ingested {
  /** The previous version itself if nothing changed. */
  readonly version: DatasetVersion;
  readonly unchanged: boolean;
  readonly counts: {
    readonly added: number;
    /** Of those added: same path as before, other bytes. */
    readonly changed: number;
    readonly kept: number;
    readonly removed: number;
    readonly enlarged: number;
    readonly rejected: number;
    /** Of those rejected: files that are no pictures at all. */
    readonly notPictures: number;
    readonly train: number;
    readonly evaluation: number;
    readonly groups: number;
  };
}

export const defaultResolution = 64;
export const defaultEvaluationShare = 0.2;
export const resolutionRange = { low: 8, high: 1024 } as const;

export async function ingest(source: Source, options: IngestOptions): Promise<Ingested> {
  const { previous, clock, emit = silent, signal } = options;
  const started = clock.monotonic();
  const settings = settle(source, options);
  const { resolution } = settings;
  let writer: PackWriter | undefined;
  const openWriter = () => {
    writer ??= options.createPack({ resolution });
    return writer;
  };
  try {
    const gather = source.kind === "folder" ? gatherFolder : gatherCifar;
    const gathered = await gather(source.path, {
      resolution,
      emit,
      addPicture: adderTo(openWriter),
      concurrency: options.concurrency ?? availableParallelism(),
      ...(previous && { previous }),
      ...(signal && { signal }),
    });
    refuseNothing(source, gathered, previous);
    if (previous !== undefined && isUnchanged(previous, gathered, source)) {
      writer?.abandon();
      emitEnd(emit, clock, started);
      return { version: previous, unchanged: true, counts: countsOf(previous, gathered, previous) };
    }
    const packs = [...(previous?.packs ?? []), ...(writer ? [writer.finish()] : [])];
    const version = assemble(source, { gathered, packs, settings, options });
    emitEnd(emit, clock, started);
    const counts = countsOf(version, gathered, previous);
    note(version, { gathered, counts, emit, resolution });
    return { version, unchanged: false, counts };
  } finally {
    writer?.abandon();
  }
}

interface Settings {
  readonly resolution: number;
  readonly share: number;
  readonly rule: GroupRule;
  readonly ruleText: string;
}

/** What the previous version froze cannot be asked for differently. */
function settle(source: Source, options: IngestOptions): Settings {
  const { previous, name } = options;
  const fallback = source.kind === "cifar-binary" ? 32 : defaultResolution;
  const resolution = options.resolution ?? previous?.resolution ?? fallback;
  const share = options.evaluationShare ?? previous?.evaluationShare ?? defaultEvaluationShare;
  const ruleText = options.group ?? previous?.group.by ?? "near-duplicate";
  const { low, high } = resolutionRange;
  if (!(Number.isInteger(resolution) && resolution >= low && resolution <= high)) {
    throw new Problem("data/resolution-out-of-range", { found: resolution, low, high });
  }
  if (!(share >= 0 && share < 1)) throw new Problem("data/share-out-of-range", { found: share });
  const frozen = [
    ["resolution", resolution, previous?.resolution],
    ["share", share, previous?.evaluationShare],
    ["group", ruleText, previous?.group.by],
  ] as const;
  for (const [setting, asked, before] of frozen) {
    if (before !== undefined && asked !== before) {
      throw new Problem("data/setting-frozen", { name, setting, asked, before });
    }
  }
  return { resolution, share, rule: parseGroupRule(ruleText), ruleText };
}

function refuseNothing(
  source: Source,
  { kept, fresh, rejected }: Gathered,
  previous?: DatasetVersion,
) {
  if (kept.length + fresh.length === 0) {
    const notPictures = rejected.filter(({ code }) => code === "data/not-a-picture").length;
    if (rejected.length === 0) throw new Problem("data/folder-empty", { path: source.path });
    throw new Problem("data/no-pictures", {
      path: source.path,
      files: rejected.length,
      notPictures,
      broken: rejected.length - notPictures,
    });
  }
  const isOther = previous !== undefined && previous.source.path !== source.path;
  if (isOther && kept.length === 0 && fresh.every(({ successor }) => successor === undefined)) {
    const { name } = previous;
    throw new Problem("data/other-source", {
      name,
      path: source.path,
      before: previous.source.path,
    });
  }
}

function isUnchanged(previous: DatasetVersion, gathered: Gathered, source: Source): boolean {
  return (
    gathered.fresh.length === 0 &&
    gathered.kept.length === previous.items.id.length &&
    previous.source.path === source.path &&
    gathered.rejected.length === previous.rejected.length &&
    gathered.rejected.every(({ path, code }, i) => {
      const before = previous.rejected[i];
      return before.path === path && before.code === code;
    })
  );
}

interface Parts {
  readonly gathered: Gathered;
  readonly packs: readonly string[];
  readonly settings: Settings;
  readonly options: IngestOptions;
}

function assemble(source: Source, { gathered, packs, settings, options }: Parts): DatasetVersion {
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
  const group = groupsOf(places, { gathered, settings, options, root: source.path });
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
    group: { by: settings.ruleText },
    evaluationShare: settings.share,
    created: options.clock.now().toISOString(),
    packs: places.packs,
    items: { ...items, group, split },
    labelSets: labelSetsOf(path, { gathered, previous, skip: isFolder ? 1 : 0 }),
    rejected: gathered.rejected.map(({ path, code, values }) => ({ path, code, values })),
  };
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

interface Places {
  readonly id: readonly string[];
  readonly path: readonly string[];
  readonly digest: readonly string[];
  readonly pack: readonly number[];
  readonly index: readonly number[];
  readonly packs: readonly string[];
}

function groupsOf(
  items: Places,
  { gathered, settings, options, root }: Omit<Parts, "packs"> & { root: string },
): string[] {
  const { previous, list, emit = silent } = options;
  const frozen = previous ? gathered.kept.map((i) => previous.items.group[i]) : [];
  const { rule } = settings;
  const fill = (make: (i: number) => string) =>
    items.id.map((_, i) => (i < frozen.length ? frozen[i] : make(i)));
  switch (rule.by) {
    case "item":
      return fill((i) => ownGroup(items.digest[i]));
    case "folder":
      return fill((i) => folderGroup(items.path[i], rule.level));
    case "near-duplicate": {
      if (gathered.fresh.length === 0) return frozen;
      const { groups, cut } = clusterLookAlikes({
        ...looksOf(items, gathered, options.openPack),
        digests: items.digest,
        frozen,
      });
      if (cut > 0) {
        emit({
          type: "notice",
          level: "warning",
          code: "data/look-alikes",
          values: { count: cut },
        });
      }
      return groups;
    }
    case "column": {
      if (list === undefined && gathered.fresh.length > 0 && previous === undefined) {
        throw new Problem("data/group-needs-list", { column: rule.column });
      }
      const values = list && columnOf(list, rule.column, { ...items, root });
      const lacking = items.id.filter((_, i) => i >= frozen.length && values?.[i] === undefined);
      if (lacking.length > 0) {
        const values = { column: rule.column, count: lacking.length, first: lacking[0] };
        emit({ type: "notice", level: "warning", code: "data/group-missing", values });
      }
      return fill((i) => values?.[i] ?? ownGroup(items.digest[i]));
    }
    default:
      return rule satisfies never;
  }
}

/** Fingerprints of all items; those that were not just decoded are looked at in their packs. */
function looksOf(items: Places, { kept, fresh }: Gathered, openPack: (digest: string) => Pack) {
  const count = items.id.length;
  const grids = new Uint8Array(count * gridBytes);
  const aspects = new Float64Array(count);
  const opened = new Map<number, Pack>();
  try {
    for (let i = 0; i < count; i++) {
      const look = i < kept.length ? undefined : fresh[i - kept.length].place.look;
      if (look !== undefined) {
        grids.set(look.grid, i * gridBytes);
        aspects[i] = look.aspect;
        continue;
      }
      const pack = opened.get(items.pack[i]) ?? openPack(items.packs[items.pack[i]]);
      opened.set(items.pack[i], pack);
      const size = pack.size(items.index[i]);
      grids.set(fingerprint(pack.read(items.index[i]), size), i * gridBytes);
      aspects[i] = size.width / size.height;
    }
  } finally {
    for (const pack of opened.values()) pack.close();
  }
  return { grids, aspects };
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

function labelSetsOf(
  paths: readonly string[],
  {
    gathered,
    previous,
    skip,
  }: { gathered: Gathered; previous?: DatasetVersion | undefined; skip: number },
): LabelSet[] {
  const { kept, fresh, own } = gathered;
  const made: LabelSet[] = own.map(({ name, classes, parent }, position) => {
    const before = previous?.labelSets.find((set) => set.name === name);
    const codes = [
      ...kept.map((i) => before?.codes[i] ?? -1),
      ...fresh.map(({ codes }) => codes?.[position] ?? -1),
    ];
    return {
      name,
      classes: [...classes],
      codes,
      ...(parent && { parent }),
      source: "cifar-binary",
    };
  });
  if (own.length === 0) made.push(...folderLabelSets(paths, skip));
  const names = new Set(made.map(({ name }) => name));
  for (const set of previous?.labelSets ?? []) {
    if (names.has(set.name) || set.source === "folder" || set.source === "cifar-binary") continue;
    const carried = (old: number | undefined) => (old === undefined ? -1 : set.codes[old]);
    const codes = [...kept.map(carried), ...fresh.map(({ successor }) => carried(successor))];
    made.push({ ...set, codes });
  }
  return made.map((set) => (isNested(set, made) ? set : withoutParent(set)));
}

/** Folders may have been renamed: a hierarchy that no longer holds is no reason to stop. */
function isNested(set: LabelSet, others: readonly LabelSet[]): boolean {
  try {
    checkNesting(set, others);
    return true;
  } catch {
    return false;
  }
}

function withoutParent({ parent: _, ...set }: LabelSet): LabelSet {
  return set;
}

function countsOf(
  { items }: DatasetVersion,
  { kept, fresh, rejected, enlarged }: Gathered,
  previous: DatasetVersion | undefined,
): Ingested["counts"] {
  const paths = new Set(previous?.items.path);
  const changed = fresh.filter(({ path }) => paths.has(path)).length;
  const evaluation = items.split.filter((side) => side === "evaluation").length;
  return {
    added: fresh.length,
    changed,
    kept: kept.length,
    removed: (previous?.items.id.length ?? 0) - kept.length - changed,
    enlarged,
    rejected: rejected.length,
    notPictures: rejected.filter(({ code }) => code === "data/not-a-picture").length,
    train: items.split.length - evaluation,
    evaluation,
    groups: new Set(items.group).size,
  };
}

interface Noted {
  readonly gathered: Gathered;
  readonly counts: Ingested["counts"];
  readonly emit: Emit;
  readonly resolution: number;
}

/** What a person should know about a new version. */
function note(version: DatasetVersion, { gathered, counts, emit, resolution }: Noted): void {
  const warn = (
    code: "data/files-rejected" | "data/one-picture" | "data/all-equal" | "data/one-sided-split",
    values: Record<string, number | string>,
  ) => emit({ type: "notice", level: "warning", code, values });
  const { train, evaluation, rejected, notPictures, enlarged } = counts;
  if (rejected > 0) {
    const broken = gathered.rejected.find(({ code }) => code !== "data/not-a-picture");
    const first = (broken ?? gathered.rejected[0]).path;
    warn("data/files-rejected", { broken: rejected - notPictures, notPictures, first });
  }
  if (enlarged > 0) {
    const values = { count: enlarged, resolution };
    emit({ type: "notice", level: "info", code: "data/pictures-enlarged", values });
  }
  const different = new Set(version.items.digest).size;
  if (version.items.id.length === 1) warn("data/one-picture", {});
  else if (different === 1) warn("data/all-equal", { count: version.items.id.length });
  else if (train === 0 || evaluation === 0) {
    warn("data/one-sided-split", { train, evaluation, groups: counts.groups });
  }
  const values = { evaluation, train };
  emit({ type: "notice", level: "info", code: "data/items-set-aside", values });
  for (const set of version.labelSets) {
    if (set.source === "folder") noteClasses(set, emit);
  }
}

function emitEnd(emit: Emit, clock: Clock, started: number): void {
  const seconds = (clock.monotonic() - started) / 1000;
  emit({ type: "phase-end", phase: "ingest", seconds });
}
