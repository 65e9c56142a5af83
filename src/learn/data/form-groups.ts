/** Applies a group rule to the items of a new version; the groups of kept items are frozen. */
import { type Emit, Problem, silent } from "../../base/index.ts";
import type { Facet } from "../../formats/documents/index.ts";
import type { Pack } from "../../formats/pack/index.ts";
import { fingerprint, gridBytes } from "../looks/index.ts";
import { clusterLookAlikes } from "./clusters.ts";
import { type Gathered, newPack, type Place } from "./gather.ts";
import { columnOf, folderGroup, type GroupRule, ownGroup } from "./groups.ts";
import type { IngestOptions } from "./ingest-options.ts";
import { nearCopies, soughtAtOnce } from "./near-copies.ts";
import type { NewLooks } from "./new-looks.ts";

export interface Places {
  readonly id: readonly string[];
  readonly path: readonly string[];
  readonly digest: readonly string[];
  readonly pack: readonly number[];
  readonly index: readonly number[];
  readonly packs: readonly string[];
}

interface GroupContext {
  readonly gathered: Gathered;
  readonly looks: NewLooks;
  readonly facets: readonly Facet[];
  readonly rule: GroupRule;
  readonly options: IngestOptions;
  /** Where the items lie, for lists with absolute paths. */
  readonly root: string;
}

export async function groupsOf(
  items: Places,
  { gathered, looks, facets, rule, options, root }: GroupContext,
): Promise<string[]> {
  const { previous, list, emit = silent } = options;
  const frozen = previous ? gathered.kept.map((i) => previous.items.group[i]) : [];
  const fill = (make: (i: number) => string) =>
    items.id.map((_, i) => (i < frozen.length ? frozen[i] : make(i)));
  switch (rule.by) {
    case "item":
      return fill((i) => ownGroup(items.digest[i]));
    case "folder":
      return fill((i) => folderGroup(items.path[i], rule.level));
    case "facet": {
      const facet = facets.find(({ name }) => name === rule.facet);
      if (facet === undefined && previous === undefined) {
        const found = facets.map(({ name }) => name).join(", ") || "–";
        throw new Problem("data/group-facet-missing", { facet: rule.facet, found });
      }
      const valueAt = (i: number) => facet?.values[facet.codes[i]];
      noteLacking(items, { from: frozen.length, column: rule.facet, valueAt, emit });
      return fill((i) => valueAt(i) ?? ownGroup(items.digest[i]));
    }
    case "near-duplicate": {
      if (gathered.fresh.length === 0) return frozen;
      const pairs = await nearCopies(items, { from: frozen.length, options });
      if (pairs === undefined) {
        const values = { limit: soughtAtOnce, name: options.name };
        emit({ type: "notice", level: "info", code: "data/copies-not-sought", values });
      }
      const { groups, cut } = clusterLookAlikes({
        ...looksOf(items, { gathered, looks, openPack: options.openPack }),
        digests: items.digest,
        frozen,
        ...(pairs && { pairs }),
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
      const valueAt = (i: number) => values?.[i];
      noteLacking(items, { from: frozen.length, column: rule.column, valueAt, emit });
      return fill((i) => valueAt(i) ?? ownGroup(items.digest[i]));
    }
    default:
      return rule satisfies never;
  }
}

interface Lacking {
  readonly from: number;
  readonly column: string;
  readonly valueAt: (i: number) => string | undefined;
  readonly emit: Emit;
}

function noteLacking({ id }: Places, { from, column, valueAt, emit }: Lacking): void {
  const lacking = id.filter((_, i) => i >= from && valueAt(i) === undefined);
  if (lacking.length === 0) return;
  const values = { column, count: lacking.length, first: lacking[0] };
  emit({ type: "notice", level: "warning", code: "data/group-missing", values });
}

type Opener = Pick<IngestOptions, "openPack">;

function isAt({ pack, index }: Place, i: number): boolean {
  return pack === newPack && index === i;
}

/** Fingerprints of all items; those that were not just decoded are looked at in their packs. */
function looksOf(
  items: Places,
  { gathered, looks, openPack }: Pick<GroupContext, "gathered" | "looks"> & Opener,
) {
  const { kept, fresh } = gathered;
  const count = items.id.length;
  const isWholePack = kept.length === 0 && fresh.every(({ place }, i) => isAt(place, i));
  if (isWholePack) return looks.all();
  const grids = new Uint8Array(count * gridBytes);
  const aspects = new Float64Array(count);
  const opened = new Map<number, Pack>();
  try {
    for (let i = 0; i < count; i++) {
      const place = i < kept.length ? undefined : fresh[i - kept.length].place;
      if (place?.pack === newPack) {
        aspects[i] = looks.copy(place.index, grids, i * gridBytes);
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
