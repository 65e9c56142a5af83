/** Which labels a curve may be drawn from and judged by, and which classes they leave. */
import { type Emit, Problem } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import type { Store } from "../../registry/index.ts";
import { itemsOf } from "../dataset.ts";
import { drawingsOf, isChosen, standingFor } from "../drawn-labels.ts";

export interface LabelsAtHand {
  readonly name: string;
  readonly classes: readonly string[];
  /** Rows of the whole shelf that is trained on; -1 where the curve has no label. */
  readonly shelf: Side;
  /** Rows that are set aside and have a label. */
  readonly judged: Side & { readonly weights: Float64Array | undefined };
  readonly training: number;
  readonly selected: number;
  readonly drawn: number;
  readonly unlabelled: number;
}

export interface Side {
  readonly rows: Uint32Array;
  readonly codes: Int32Array;
}

/** The set named, else the only one there is. */
export function labelSetAsked(
  { name: dataset, labelSets }: DatasetVersion,
  {
    named,
    representation,
    store,
  }: {
    readonly named: string | undefined;
    readonly representation: string;
    readonly store: Store;
  },
): LabelSet {
  const known = labelSets.map(({ name }) => name).join(", ") || "–";
  if (named === undefined) {
    if (labelSets.length === 1) return labelSets[0];
    if (labelSets.length === 0) throw new Problem("app/budget-no-sets", { dataset });
    throw new Problem("app/label-set-unnamed", { dataset, known });
  }
  const found = labelSets.find(({ name }) => name === named);
  if (found) return found;
  const elsewhere = store
    .datasetNames()
    .find(
      (other) =>
        other !== dataset &&
        store.dataset(other).document.labelSets.some(({ name }) => name === named),
    );
  if (elsewhere !== undefined) {
    throw new Problem("app/labels-elsewhere", {
      labels: named,
      elsewhere,
      representation,
      dataset,
    });
  }
  throw new Problem("app/label-set-unknown", { name: named, dataset, known });
}

/** Two to train on are needed, and one to judge by. */
const fewest = { training: 2, evaluation: 1 };

export function labelsAtHand(
  document: DatasetVersion,
  set: LabelSet,
  { representation, emit }: { readonly representation: string; readonly emit: Emit },
): LabelsAtHand {
  const { name, codes } = set;
  const train = itemsOf(document, "train");
  const labelledJudges = itemsOf(document, "evaluation").filter((item) => codes[item] >= 0);
  const drawing = drawingsOf(document, set);
  const isSelected = (item: number) => codes[item] >= 0 && isChosen(drawing(item));
  const ofCurve = (item: number) => codes[item] >= 0 && !isSelected(item);
  const training = train.filter(ofCurve);
  const selected = train.filter(isSelected).length;
  const about = { labels: name, dataset: document.name, representation };
  if (training.length === 0) {
    const [first] = train.filter(isSelected);
    const strategy = first === undefined ? "" : (drawing(first)?.chosen ?? "");
    if (selected > 0)
      throw new Problem("app/budget-only-selected", { ...about, selected, strategy });
    throw new Problem("app/budget-no-labels", about);
  }
  if (labelledJudges.length === 0) throw new Problem("app/budget-none-to-judge", about);
  const count = (items: Uint32Array, c: number) => items.filter((i) => codes[i] === c).length;
  const all = set.classes.map((label, c) => ({
    label,
    c,
    training: count(training, c),
    evaluation: count(labelledJudges, c),
  }));
  const kept = all.filter(
    (one) => one.training >= fewest.training && one.evaluation >= fewest.evaluation,
  );
  const left = all.filter((one) => one.training + one.evaluation > 0 && !kept.includes(one));
  if (kept.length < 2) throw tooFewClasses(all, { kept: kept.length, labels: name });
  if (left.length > 0) {
    const values = { labelSet: name, count: left.length, first: left[0].label };
    emit({ type: "notice", level: "warning", code: "app/classes-left-out", values });
  }
  const renumbered = new Map(kept.map(({ c }, i) => [c, i]));
  const judged = labelledJudges.filter((item) => renumbered.has(codes[item]));
  const standing = standingFor(document, set);
  const kind = (item: number) => drawing(item)?.chosen;
  return {
    name,
    classes: kept.map(({ label }) => label),
    shelf: {
      rows: train,
      codes: Int32Array.from(train, (item) =>
        ofCurve(item) ? (renumbered.get(codes[item]) ?? -1) : -1,
      ),
    },
    judged: {
      rows: judged,
      codes: Int32Array.from(judged, (item) => renumbered.get(codes[item]) ?? -1),
      weights: standing && Float64Array.from(judged, (item) => standing[item]),
    },
    training: training.filter((item) => renumbered.has(codes[item])).length,
    selected,
    drawn: training.filter((item) => kind(item) === "random").length,
    unlabelled: train.filter((item) => codes[item] < 0).length,
  };
}

interface ClassCounts {
  readonly label: string;
  readonly training: number;
  readonly evaluation: number;
}

function tooFewClasses(
  all: readonly ClassCounts[],
  { kept, labels }: { readonly kept: number; readonly labels: string },
): Problem {
  const trained = all.filter(({ training }) => training > 0);
  if (trained.length === 1) {
    return new Problem("app/budget-one-class", { labels, class: trained[0].label });
  }
  const short =
    trained.find(({ training }) => training < fewest.training) ??
    all.find(({ training, evaluation }) => training > 0 && evaluation < fewest.evaluation) ??
    all[0];
  const { label, training, evaluation } = short;
  return new Problem("app/budget-few-in-class", {
    labels,
    kept,
    class: label,
    training,
    evaluation,
  });
}
