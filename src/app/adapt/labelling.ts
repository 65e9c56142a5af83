/** What is to be known of labels before a head is fitted on them, told as it is found. */
import type { Emit } from "../../base/index.ts";
import type { DatasetVersion, LabelSet } from "../../formats/documents/index.ts";
import { doubtfulLabels } from "../../learn/check/index.ts";
import { disagreements, noteDisagreements, type Pictures } from "../../learn/data/index.ts";
import type { Matrix } from "../../learn/measure/index.ts";
import { drawingsOf, isChosen, standingFor } from "../drawn-labels.ts";
import { leakingItems } from "./leaks.ts";
import type { LabellingFacts } from "./options.ts";

export interface LabellingTask {
  readonly document: DatasetVersion;
  readonly set: LabelSet;
  readonly pictures: Pictures;
  /** Of all items. */
  readonly features: Matrix;
  readonly representation: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface Labelling {
  readonly facts: Omit<LabellingFacts, "single">;
  /** The set's codes without those of pictures that leak. */
  readonly codes: Int32Array;
}

const shown = 10;

export function labellingOf(task: LabellingTask): Labelling {
  const { document, set, pictures, features, representation, emit, signal } = task;
  const { items } = document;
  const leaks = leakingItems({
    document,
    pictures,
    codes: set.codes,
    onProgress: (done, total) => {
      if (done % 128 === 0) signal.throwIfAborted();
      if (done === 1) emit({ type: "phase", phase: "check", total });
      emit({ type: "progress", phase: "check", done, total });
    },
  });
  if (leaks.size > 0) warn("app/leaks-left-out", { count: leaks.size, set: set.name });
  const codes = Int32Array.from(set.codes, (code, i) => (leaks.has(i) ? -1 : code));
  const isTraining = (i: number) => items.split[i] === "train" && codes[i] >= 0;
  const own = { ...set, codes: Array.from(codes, (code, i) => (isTraining(i) ? code : -1)) };
  const [{ groups }] = doubtfulLabels([own], features);
  const doubtful = groups.map(({ items: [{ at }], values }) => ({
    path: items.path[at],
    label: String(values?.class),
    other: String(values?.other),
  }));
  if (doubtful.length > 0) {
    const [first] = doubtful;
    const about = { set: set.name, dataset: document.name, representation };
    warn("app/labels-doubtful", { ...first, ...about, count: doubtful.length });
  }
  noteDisagreements(document, set, emit);
  const drawing = drawingsOf(document, set);
  const chosen = [...codes.keys()].filter((i) => isTraining(i) && isChosen(drawing(i)));
  if (chosen.length > 0) {
    const strategy = drawing(chosen[0])?.chosen ?? "";
    warn("app/chosen-labels-train", { count: chosen.length, set: set.name, strategy });
  }
  return {
    facts: {
      doubtful: { count: doubtful.length, examples: doubtful.slice(0, shown) },
      disagreements: disagreements(set).length,
      leaks: leaks.size,
      unknown: unknownClasses(),
      ...standFor(),
    },
    codes,
  };

  function standFor() {
    const weights = standingFor(document, set);
    const judged = [...codes.keys()].filter(
      (i) => items.split[i] === "evaluation" && codes[i] >= 0,
    );
    return weights && { standFor: judged.reduce((sum, i) => sum + weights[i], 0) };
  }

  function unknownClasses() {
    const trained = new Set(own.codes);
    const counts = new Map<number, number>();
    for (const [i, code] of codes.entries()) {
      if (code < 0 || items.split[i] !== "evaluation" || trained.has(code)) continue;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const found = [...counts].map(([code, count]) => ({ name: set.classes[code], items: count }));
    if (found.length > 0) {
      const [{ name, items: first }] = found;
      const total = found.reduce((sum, { items: of }) => sum + of, 0);
      warn("app/classes-unlabelled", { count: found.length, name, items: first, total });
    }
    return found;
  }

  function warn(code: Extract<Parameters<Emit>[0], { type: "notice" }>["code"], values: Values) {
    emit({ type: "notice", level: "warning", code, values });
  }
}

type Values = Extract<Parameters<Emit>[0], { type: "notice" }>["values"];
