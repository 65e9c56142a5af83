/** Puts answers into effect: a new version of the dataset, the old one stays as it is. */
import type {
  Correction,
  DatasetVersion,
  Exclusion,
  LabelSet,
} from "../../formats/documents/index.ts";
import type { Answer } from "./answers.ts";

export interface Applied {
  /** The version given itself where nothing changes. */
  readonly version: DatasetVersion;
  readonly counts: {
    readonly removed: number;
    readonly restored: number;
    readonly relabelled: number;
    readonly kept: number;
  };
}

/** `now` is written into each decision. What was decided before the same way is not counted. */
export function applyAnswers(
  version: DatasetVersion,
  answers: readonly Answer[],
  { now }: { readonly now: string },
): Applied {
  const accepted = accept(version, answers, now);
  const relabelled = relabel(version, answers, now);
  const restored = restore(relabelled.version, answers);
  const removed = remove(restored.version, answers, now);
  const counts = {
    removed: removed.count,
    restored: restored.count,
    relabelled: relabelled.count,
    kept: accepted.count,
  };
  const isSame = Object.values(counts).every((count) => count === 0);
  if (isSame) return { version, counts };
  const done = removed.version;
  return {
    version: accepted.count === 0 ? done : { ...done, accepted: accepted.list },
    counts,
  };
}

function accept(
  { accepted = [], excluded = [] }: DatasetVersion,
  answers: readonly Answer[],
  now: string,
) {
  const gone = new Set(excluded.map(({ id }) => id));
  const known = new Set(accepted.map(({ id, finding }) => `${finding}\0${id}`));
  const fresh = answers.flatMap(({ do: what, item: id, finding }) => {
    const key = `${finding}\0${id}`;
    if (what !== "keep" || gone.has(id) || known.has(key)) return [];
    known.add(key);
    return [{ id, finding, decided: now }];
  });
  return { list: [...accepted, ...fresh], count: fresh.length };
}

function relabel(version: DatasetVersion, answers: readonly Answer[], now: string) {
  const { items, labelSets, corrections = [] } = version;
  const places = new Map(items.id.map((id, i) => [id, i]));
  const changes = new Map<string, Correction>();
  const sets = new Map(labelSets.map((set) => [set.name, { ...set, codes: [...set.codes] }]));
  for (const answer of answers) {
    if (answer.do !== "relabel") continue;
    const [set, at] = [sets.get(answer.set), places.get(answer.item)];
    if (set === undefined || at === undefined) continue;
    const code = set.classes.indexOf(answer.class);
    if (code < 0 || set.codes[at] === code) continue;
    const before = set.codes[at] < 0 ? undefined : set.classes[set.codes[at]];
    set.codes[at] = code;
    const key = `${answer.set}\0${answer.item}`;
    changes.set(key, {
      id: answer.item,
      set: answer.set,
      // What the source says, however often it was corrected.
      ...optional("from", corrections.find((c) => `${c.set}\0${c.id}` === key)?.from ?? before),
      to: answer.class,
      decided: now,
    });
  }
  if (changes.size === 0) return { version, count: 0 };
  const others = corrections.filter(({ set, id }) => !changes.has(`${set}\0${id}`));
  const changed: DatasetVersion = {
    ...version,
    labelSets: stillNested([...sets.values()]),
    corrections: [...others, ...changes.values()],
  };
  return { version: changed, count: changes.size };
}

/** A hierarchy that a correction breaks is no longer declared. */
function stillNested(sets: readonly LabelSet[]): LabelSet[] {
  return sets.map((set) => {
    const parent = sets.find(({ name }) => name === set.parent);
    if (parent === undefined) return set;
    const above = new Map<number, number>();
    const holds = set.codes.every((code, i) => {
      if (code < 0 || parent.codes[i] < 0) return true;
      const known = above.get(code) ?? parent.codes[i];
      above.set(code, known);
      return known === parent.codes[i];
    });
    const { parent: _, ...alone } = set;
    return holds ? set : alone;
  });
}

function remove(version: DatasetVersion, answers: readonly Answer[], now: string) {
  const { items, labelSets, excluded = [] } = version;
  const places = new Map(items.id.map((id, i) => [id, i]));
  const reasons = new Map<number, string>();
  for (const { do: what, item, finding } of answers) {
    const at = places.get(item);
    if (what === "remove" && at !== undefined && !reasons.has(at)) reasons.set(at, finding);
  }
  if (reasons.size === 0) return { version, count: 0 };
  const gone = [...reasons].map(
    ([at, reason]): Exclusion => ({
      id: items.id[at],
      path: items.path[at],
      digest: items.digest[at],
      reason,
      decided: now,
      pack: version.packs[items.pack[at]],
      index: items.index[at],
      group: items.group[at],
      split: items.split[at],
      ...optional("modified", items.modified?.[at]),
      ...optional("bytes", items.bytes?.[at]),
      labels: Object.fromEntries(
        labelSets.flatMap(({ name, classes, codes }) =>
          codes[at] < 0 ? [] : [[name, classes[codes[at]]]],
        ),
      ),
      facets: Object.fromEntries(
        (version.facets ?? []).flatMap(({ name, values, codes }) =>
          codes[at] < 0 ? [] : [[name, values[codes[at]]]],
        ),
      ),
    }),
  );
  const stays = items.id.map((_, i) => !reasons.has(i));
  const kept = <T>(column: readonly T[]): T[] => column.filter((_, i) => stays[i]);
  const changed: DatasetVersion = {
    ...version,
    items: columnwise(items, kept),
    labelSets: labelSets.map((set) => ({ ...set, codes: kept(set.codes) })),
    ...(version.facets && {
      facets: version.facets.map((facet) => ({ ...facet, codes: kept(facet.codes) })),
    }),
    excluded: [...excluded, ...gone],
  };
  return { version: changed, count: gone.length };
}

/** Takes items in again at the end, as they were. */
function restore(version: DatasetVersion, answers: readonly Answer[]) {
  const { items, labelSets, excluded = [] } = version;
  const wanted = new Set(
    answers.flatMap(({ do: what, item }) => (what === "restore" ? [item] : [])),
  );
  const back = excluded.filter(({ id }) => wanted.has(id));
  if (back.length === 0) return { version, count: 0 };
  const packs = [...new Set([...version.packs, ...back.map(({ pack }) => pack)])];
  const changed: DatasetVersion = {
    ...version,
    packs,
    items: {
      id: [...items.id, ...back.map(({ id }) => id)],
      path: [...items.path, ...back.map(({ path }) => path)],
      digest: [...items.digest, ...back.map(({ digest }) => digest)],
      pack: [...items.pack, ...back.map(({ pack }) => packs.indexOf(pack))],
      index: [...items.index, ...back.map(({ index }) => index)],
      group: [...items.group, ...back.map(({ group }) => group)],
      split: [...items.split, ...back.map(({ split }) => split)],
      ...(items.modified && {
        modified: [...items.modified, ...back.map(({ modified }) => modified ?? 0)],
      }),
      ...(items.bytes && { bytes: [...items.bytes, ...back.map(({ bytes }) => bytes ?? 0)] }),
    },
    labelSets: labelSets.map((set) => ({
      ...set,
      codes: [...set.codes, ...back.map(({ labels }) => set.classes.indexOf(labels[set.name]))],
    })),
    ...(version.facets && {
      facets: version.facets.map((facet) => ({
        ...facet,
        codes: [
          ...facet.codes,
          ...back.map(({ facets }) => facet.values.indexOf(facets[facet.name])),
        ],
      })),
    }),
    excluded: excluded.filter(({ id }) => !wanted.has(id)),
  };
  return { version: changed, count: back.length };
}

function columnwise(
  items: DatasetVersion["items"],
  kept: <T>(column: readonly T[]) => T[],
): DatasetVersion["items"] {
  const { id, path, digest, pack, index, group, split, modified, bytes } = items;
  return {
    id: kept(id),
    path: kept(path),
    digest: kept(digest),
    pack: kept(pack),
    index: kept(index),
    group: kept(group),
    split: kept(split),
    ...(modified && { modified: kept(modified) }),
    ...(bytes && { bytes: kept(bytes) }),
  };
}

function optional<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in K]?: V });
}
