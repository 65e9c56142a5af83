/** Labelled pictures of which a copy or a near-copy is set aside to judge by: they must not train. */
import type { DatasetVersion } from "../../formats/documents/index.ts";
import type { Pictures } from "../../learn/data/index.ts";
import {
  describeInto,
  emptyDescriptions,
  findNearDuplicates,
  type Pair,
} from "../../learn/looks/index.ts";
import { picturesAt } from "../dataset.ts";

export interface LeakTask {
  readonly document: DatasetVersion;
  readonly pictures: Pictures;
  readonly codes: readonly number[];
  /** How far the look at all labelled pictures has come; may throw to stop. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Equal bytes and shared groups always; near-copies where groups were not made of them when the split
 * was frozen, since otherwise they share a group.
 */
export function leakingItems(task: LeakTask): ReadonlySet<number> {
  const { document, codes } = task;
  const { digest, group, split } = document.items;
  const labelled = [...codes.keys()].filter((item) => codes[item] >= 0);
  const aside = labelled.filter((item) => split[item] === "evaluation");
  const [digests, groups] = [digest, group].map((column) => new Set(aside.map((i) => column[i])));
  const found = new Set(
    labelled.filter(
      (i) => split[i] === "train" && (digests.has(digest[i]) || groups.has(group[i])),
    ),
  );
  if (document.group.by === "near-duplicate") return found;
  for (const { outer, inner } of nearPairs(labelled, task)) {
    const pair = [labelled[outer], labelled[inner]];
    const [trains] = pair.filter((item) => split[item] === "train");
    if (trains !== undefined && pair.some((item) => split[item] !== "train")) found.add(trains);
  }
  return found;
}

function nearPairs(
  labelled: readonly number[],
  { pictures: all, onProgress }: LeakTask,
): readonly Pair[] {
  const pictures = picturesAt(all, labelled);
  const descriptions = emptyDescriptions(pictures.count);
  const total = 2 * pictures.count;
  for (let i = 0; i < pictures.count; i++) {
    describeInto(descriptions, i, { pixels: pictures.read(i), ...pictures.size(i) });
    onProgress?.(i + 1, total);
  }
  const pairs: Pair[] = [];
  findNearDuplicates(pictures, descriptions, {
    onPair: (pair) => pairs.push(pair),
    onProgress: (done) => onProgress?.(pictures.count + done, total),
  });
  return pairs;
}
