/**
 * From a source to a frozen dataset version. Once frozen, an item's group and side never change;
 * new items find theirs by the same rule.
 */
import { availableParallelism } from "node:os";
import { Problem, silent } from "../../base/index.ts";
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { PackWriter } from "../../formats/pack/index.ts";
import { assemble, type Settings } from "./assemble.ts";
import { withoutExcluded } from "./decisions.ts";
import { adderTo, type Gathered } from "./gather.ts";
import { gatherCifar } from "./gather-cifar.ts";
import { gatherFolder } from "./gather-folder.ts";
import { parseGroupRule } from "./groups.ts";
import { note } from "./ingest-notices.ts";
import type { Ingested, IngestOptions } from "./ingest-options.ts";
import { openNewLooks } from "./new-looks.ts";
import type { Source } from "./source.ts";

export const defaultResolution = 64;
export const defaultEvaluationShare = 0.2;
/** What transparent pictures lie on unless told. */
const white = "#ffffff";
const resolutionRange = { low: 8, high: 1024 } as const;

export async function ingest(source: Source, options: IngestOptions): Promise<Ingested> {
  const { previous, clock, emit = silent, signal } = options;
  const settings = settle(source, options);
  const { resolution } = settings;
  const looks = openNewLooks();
  let writer: PackWriter | undefined;
  const openWriter = () => {
    writer ??= options.createPack({ resolution });
    return writer;
  };
  try {
    const gather = source.kind === "folder" ? gatherFolder : gatherCifar;
    const found = await gather(source.path, {
      resolution,
      decoding: settings.decoding,
      emit,
      clock,
      addPicture: adderTo(openWriter, looks),
      expectPictures: looks.expect,
      concurrency: options.concurrency ?? availableParallelism(),
      readers: options.readers,
      ...(previous && { previous }),
      ...(signal && { signal }),
      ...(options.leave && { leave: options.leave }),
    });
    const gathered = withoutExcluded(found, previous);
    refuseNothing(source, gathered, previous);
    if (previous !== undefined && isUnchanged(previous, gathered, source)) {
      writer?.abandon();
      return { version: previous, unchanged: true, counts: countsOf(previous, gathered, previous) };
    }
    const packs = [...(previous?.packs ?? []), ...(writer ? [writer.finish()] : [])];
    const version = await assemble(source, { gathered, looks, packs, settings, options });
    const counts = countsOf(version, gathered, previous);
    note(version, { gathered, counts, emit, resolution, previous });
    return { version, unchanged: false, counts };
  } finally {
    writer?.abandon();
  }
}

/** What the previous version froze cannot be asked for differently. */
function settle(source: Source, options: IngestOptions): Settings {
  const { previous, name } = options;
  const fallback = source.kind === "cifar-binary" ? 32 : defaultResolution;
  const resolution = options.resolution ?? previous?.resolution ?? fallback;
  const share = options.evaluationShare ?? previous?.evaluationShare ?? defaultEvaluationShare;
  const ruleText = options.group ?? previous?.group.by ?? "near-duplicate";
  const background = options.background ?? previous?.decoding?.background;
  if (background !== undefined && !/^#[0-9a-f]{6}$/i.test(background)) {
    throw new Problem("data/background-unusable", { found: background });
  }
  const { low, high } = resolutionRange;
  if (!(Number.isInteger(resolution) && resolution >= low && resolution <= high)) {
    throw new Problem("data/resolution-out-of-range", { found: resolution, low, high });
  }
  if (!(share >= 0 && share < 1)) throw new Problem("data/share-out-of-range", { found: share });
  const frozen = [
    ["resolution", resolution, previous?.resolution],
    ["share", share, previous?.evaluationShare],
    ["group", ruleText, previous?.group.by],
    ["background", background ?? white, previous && (previous.decoding?.background ?? white)],
  ] as const;
  for (const [setting, asked, before] of frozen) {
    if (before !== undefined && asked !== before) {
      throw new Problem("data/setting-frozen", { name, setting, asked, before });
    }
  }
  const decoding = { ...previous?.decoding, ...(background && { background }) };
  return { resolution, share, rule: parseGroupRule(ruleText), ruleText, decoding };
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
  if (isOther && kept.length === 0) {
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
