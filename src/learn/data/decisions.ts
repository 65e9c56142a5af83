/** What people decided about items stays decided when the source is looked at again. */
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import type { Gathered } from "./gather.ts";
import type { FoundFile } from "./scan.ts";

/** Whether a file is one that was taken out, and unchanged since: it need not be read. */
export function exclusions(previous: DatasetVersion | undefined): (file: FoundFile) => boolean {
  const gone = new Map(previous?.excluded?.map((entry) => [entry.path, entry]));
  return ({ path, bytes, modified }) => {
    const entry = gone.get(path);
    return entry !== undefined && entry.bytes === bytes && entry.modified === modified;
  };
}

/** Leaves out what was taken out and was read all the same; other bytes are another picture. */
export function withoutExcluded(
  gathered: Gathered,
  previous: DatasetVersion | undefined,
): Gathered {
  if (!previous?.excluded?.length) return gathered;
  const gone = new Set(previous.excluded.map(({ path, digest }) => `${path}\0${digest}`));
  const fresh = gathered.fresh.filter(({ path, digest }) => !gone.has(`${path}\0${digest}`));
  return { ...gathered, fresh };
}

/** The members of a version that go on unchanged. */
export function decisionsOf(
  previous: DatasetVersion | undefined,
): Pick<DatasetVersion, "excluded" | "corrections" | "accepted"> {
  const { excluded, corrections, accepted } = previous ?? {};
  return {
    ...(excluded && { excluded }),
    ...(corrections && { corrections }),
    ...(accepted && { accepted }),
  };
}

/** Labels made anew from the source get the corrections again, where it still says what it said. */
export function corrected(
  sets: readonly LabelSet[],
  {
    ids,
    corrections = [],
  }: { readonly ids: readonly string[]; readonly corrections?: DatasetVersion["corrections"] },
): LabelSet[] {
  if (corrections.length === 0) return [...sets];
  const places = new Map(ids.map((id, i) => [id, i]));
  return sets.map((set) => {
    const own = corrections.filter((correction) => correction.set === set.name);
    if (own.length === 0) return set;
    const classes = [...set.classes];
    const codes = [...set.codes];
    for (const { id, from, to } of own) {
      const at = places.get(id);
      if (at === undefined) continue;
      const now = codes[at] < 0 ? undefined : classes[codes[at]];
      if (now !== from) continue;
      // Where it was the last of its class in the source, the class is there no more.
      if (!classes.includes(to)) classes.push(to);
      codes[at] = classes.indexOf(to);
    }
    return { ...set, classes, codes };
  });
}
