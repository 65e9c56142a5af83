/** Applies a group rule to the items of a new version; the groups of kept items are frozen. */
import { Problem, silent } from "../../base/index.ts";
import type { Pack } from "../../formats/pack/index.ts";
import { fingerprint, gridBytes } from "../looks/index.ts";
import { clusterLookAlikes } from "./clusters.ts";
import type { Gathered } from "./gather.ts";
import { columnOf, folderGroup, type GroupRule, ownGroup } from "./groups.ts";
import type { IngestOptions } from "./ingest-options.ts";

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
  readonly rule: GroupRule;
  readonly options: IngestOptions;
  /** Where the items lie, for lists with absolute paths. */
  readonly root: string;
}

export function groupsOf(items: Places, { gathered, rule, options, root }: GroupContext): string[] {
  const { previous, list, emit = silent } = options;
  const frozen = previous ? gathered.kept.map((i) => previous.items.group[i]) : [];
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
