/** What is doubtful about a dataset, found by looking at all pictures and at their labels. */
import { availableParallelism } from "node:os";
import { type Emit, type Evidence, type FindingKind, silent } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { laterCopies, type PackPlaces, type Pictures, searchPairs } from "../data/index.ts";
import { describeInto, emptyDescriptions, fingerprint } from "../looks/index.ts";
import { clusterPairs } from "./cluster-pairs.ts";
import { type Doubts, doubtfulLabels, type Features } from "./doubtful-labels.ts";
import { equalBytes, leakedCount, leaks, nearDuplicates, twinsDisagree } from "./duplicates.ts";
import { type Finding, findingOf, type RawGroup } from "./finding.ts";
import { openLookFeatures } from "./look-features.ts";
import { type Outliers, outliers } from "./outliers.ts";
import { type Quality, qualityOf } from "./quality.ts";
import { fileTraits, shortcuts } from "./shortcuts.ts";
import { tinyClass, tinyClasses } from "./tiny-classes.ts";

export interface CheckOptions {
  readonly emit?: Emit;
  /** Throws where the work is to stop. */
  readonly stopIfAsked?: () => void;
  /** Lets threads share the search for near-duplicates. */
  readonly places?: PackPlaces;
  readonly threads?: number;
  /** A representation's features, to doubt labels by; what pictures look like, unless given. */
  readonly features?: Features;
}

/** Agreement of neighbours below which doubts about labels are mostly false alarms. */
const lowAgreement = 0.5;

/** Findings with at least one item, in the order of their weight; what was accepted is left out. */
export async function check(
  version: DatasetVersion,
  pictures: Pictures,
  {
    emit = silent,
    stopIfAsked = () => {},
    features,
    places,
    threads = availableParallelism(),
  }: CheckOptions = {},
): Promise<Finding[]> {
  const { items, labelSets } = version;
  const total = 2 * pictures.count;
  let told = 0;
  const at = (done: number) => {
    if (done - told < 128 && done !== total) return;
    told = done;
    stopIfAsked();
    emit({ type: "progress", phase: "check", done, total });
  };
  emit({ type: "phase", phase: "check", total });
  const sizes = Array.from({ length: pictures.count }, (_, i) => pictures.size(i));
  const aspects = Float64Array.from(sizes, ({ width, height }) => width / height);
  const descriptions = emptyDescriptions(pictures.count);
  const qualities: Quality[] = [];
  const looks = labelSets.length === 0 ? undefined : openLookFeatures(pictures.count);
  for (let i = 0; i < pictures.count; i++) {
    const pixels = pictures.read(i);
    const small = describeInto(descriptions, i, { pixels, ...sizes[i] });
    looks?.add(i, small);
    qualities.push(qualityOf(pixels, sizes[i], fingerprint(pixels, sizes[i])));
    at(i + 1);
  }
  const pairs = await searchPairs({
    pictures,
    descriptions,
    leftOut: laterCopies(items.digest),
    threads,
    ...(places && { places }),
    onProgress: (done) => at(pictures.count + done),
  });
  at(total);
  const clusters = clusterPairs(pairs, items.digest);

  const bad = outliers(qualities, { aspects, classes: labelSets.at(-1)?.codes ?? [] });
  const evaluation = leakedCount(items, clusters);
  const aside = items.split.filter((split) => split === "evaluation").length;
  const byLooks = looks ? doubtfulLabels(labelSets, await looks.finish()) : [];
  const doubts = features && looks ? doubtfulLabels(labelSets, features) : byLooks;
  if (features) noteLooks(labelSets, { doubts, byLooks, emit });
  // A picture that shows nothing says nothing of its label.
  const showsNothing = new Set(bad.blank.map(({ at: place }) => place));
  const found: Found[] = [
    ["leaks", leaks(items, clusters), { evaluation, share: evaluation / Math.max(1, aside) }],
    ["twins-disagree", twinsDisagree(items, labelSets, clusters)],
    withFirst("shortcuts", shortcuts(labelSets, version.facets ?? [])),
    withFirst("file-shortcuts", shortcuts(labelSets, fileTraits(items.path, sizes))),
    ...doubts.map(({ groups, agreement }, i): Found => {
      const set = labelSets[i];
      const low = agreement < lowAgreement ? "yes" : "no";
      const shown = groups.filter(({ items: [first] }) => !showsNothing.has(first.at));
      return ["doubtful-labels", shown, { set: set.name, agreement, low }];
    }),
    ["equal-bytes", equalBytes(items)],
    ["near-duplicates", nearDuplicates(items, clusters)],
    ["blank", oneByOne(bad.blank, "remove")],
    ["dark", oneByOne(bad.dark, "remove")],
    ["bright", oneByOne(bad.bright, "look")],
    ["blurred", oneByOne(bad.blurred, "look")],
    ["odd-sizes", oneByOne(bad["odd-sizes"], "look")],
    ["tiny-classes", tinyClasses(labelSets), { limit: tinyClass }],
  ];
  const accepted = new Set(version.accepted?.map(({ finding, id }) => `${finding}\0${id}`));
  return found.flatMap(([kind, groups, values = {}]) => {
    // A group goes only as a whole: what is left of it would say nothing.
    const open = groups.filter((group) =>
      group.items.some((item) => !accepted.has(`${kind}\0${items.id[item.at]}`)),
    );
    return findingOf(kind, open, { ids: items.id, values }) ?? [];
  });
}

/** Where what pictures look like tells labels better than a representation does: says so, once. */
function noteLooks(
  sets: readonly LabelSet[],
  {
    doubts,
    byLooks,
    emit,
  }: {
    readonly doubts: readonly Doubts[];
    readonly byLooks: readonly Doubts[];
    readonly emit: Emit;
  },
): void {
  const gains = byLooks.map(({ agreement }, i) => agreement - doubts[i].agreement);
  const most = gains.indexOf(Math.max(...gains));
  if (!(gains[most] > 0)) return;
  const values = {
    set: sets[most].name,
    agreement: doubts[most].agreement,
    looks: byLooks[most].agreement,
  };
  emit({ type: "notice", level: "warning", code: "data/looks-tell-more", values });
}

type Found = readonly [FindingKind, readonly RawGroup[], Evidence?];

/** Each picture is a group of its own. */
function oneByOne(list: Outliers, what: "remove" | "look"): RawGroup[] {
  return list.map(({ at, score }) => ({ items: [{ at, score, suggestion: { do: what } }] }));
}

/** The sentence names the first group. */
function withFirst(kind: FindingKind, groups: readonly RawGroup[]): Found {
  return [kind, groups, groups[0]?.values];
}
