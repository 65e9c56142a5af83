/** An adaptation as names, paths and counts. */
import type { DatasetVersion, HeadDocument, LabelSet } from "../../formats/documents/index.ts";
import type { Adaptation, Judgement } from "../../learn/heads/index.ts";
import type { Interval, Rate } from "../../learn/measure/index.ts";
import type { HeadDraft } from "../../registry/index.ts";
import type { AdaptResult, AlarmFacts, Bounded, Counted, JudgedFacts } from "./options.ts";

export interface Costs {
  readonly class: string;
  readonly missedCosts: number;
  readonly falseAlarmCosts: number;
}

export function promiseFacts(
  { promises: { sets, abstention, novelty }, alarm }: Adaptation,
  costs: Costs | undefined,
): Pick<AdaptResult, "sets" | "abstention" | "novelty" | "alarm"> {
  return {
    sets: sets.held
      ? { alpha: sets.held.alpha, by: sets.held.by }
      : { refused: { ...sets.refused } },
    abstention: abstention.held
      ? {
          target: abstention.held.target,
          delta: abstention.held.delta,
          confidence: finite(abstention.held.confidence),
          bound: abstention.held.bound,
          answered: abstention.held.answered,
        }
      : { refused: { ...abstention.refused } },
    novelty: novelty.held ? { alpha: novelty.held.alpha } : { refused: { ...novelty.refused } },
    ...(alarm && costs && { alarm: alarmFacts(alarm, costs) }),
  };
}

function alarmFacts(
  { held, refused }: NonNullable<Adaptation["alarm"]>,
  costs: Costs,
): AlarmFacts | { readonly refused: NonNullable<typeof refused> } {
  if (!held) return { refused };
  const { chosen, judged } = held;
  return {
    ...costs,
    threshold: finite(chosen.threshold),
    cost: chosen.cost,
    never: chosen.never,
    always: chosen.always,
    ...(judged && {
      missed: counted(judged.missed),
      falseAlarm: counted(judged.falseAlarm),
    }),
  };
}

/** The same for the head's document. */
export function promiseDocument(
  { promises: { sets, abstention, novelty }, alarm }: Adaptation,
  costs: Costs | undefined,
): Pick<HeadDraft, "sets" | "abstention" | "novelty" | "alarm"> {
  const document: Pick<HeadDocument, "sets" | "abstention" | "novelty" | "alarm"> = {};
  if (sets.held) {
    const { alpha, items, by, thresholds } = sets.held;
    document.sets = { alpha, items, by, thresholds: [...thresholds] };
  }
  if (abstention.held) {
    document.abstention = { ...abstention.held, confidence: finite(abstention.held.confidence) };
  }
  if (novelty.held) {
    const { alpha, neighbours, distance } = novelty.held;
    document.novelty = { alpha, neighbours, distance };
  }
  if (alarm?.held && costs) {
    document.alarm = { ...costs, threshold: finite(alarm.held.chosen.threshold) };
  }
  return document;
}

export function judgedFacts(
  judgement: Judgement,
  { division }: Adaptation,
  { set, document }: { readonly set: LabelSet; readonly document: DatasetVersion },
): JudgedFacts {
  const { classes } = set;
  const { reliability, coverage, answered, unlike, byClass } = judgement;
  const item = (row: number) => division.evaluation[row];
  return {
    accuracy: bounded(judgement.accuracy),
    balanced: bounded(judgement.balanced),
    commonest: judgement.commonest,
    calibrationError: reliability.expectedError,
    reliability: reliability.bins.map(({ from, to, confidence, right }) => ({
      from,
      to,
      confidence,
      ...counted(right),
    })),
    classes: classes.flatMap((name, c) => {
      const found = byClass[c];
      const covered = coverage?.byClass[c];
      if (!found) return [];
      return [{ name, found: counted(found), ...(covered && { covered: counted(covered) }) }];
    }),
    confused: judgement.confused.map(({ class: code, as, count, of, rows }) => ({
      class: classes[code],
      as: classes[as],
      count,
      of,
      examples: rows.map((row) => ({
        id: document.items.id[item(row)],
        path: document.items.path[item(row)],
      })),
    })),
    ...(coverage && {
      coverage: {
        all: counted(coverage.all),
        slices: coverage.bySlice.map(({ name, rate }) => ({ name, ...counted(rate) })),
        meanSize: coverage.meanSize,
        single: coverage.single,
        empty: coverage.empty,
      },
    }),
    ...(answered && {
      answered: {
        given: counted(answered.given),
        ...(answered.wrong && { wrong: counted(answered.wrong) }),
      },
    }),
    ...(unlike && { unlike: counted(unlike) }),
  };
}

function counted({ count, of, low, high }: Rate): Counted {
  return { count, of, low, high };
}

function bounded({
  value,
  interval,
}: {
  readonly value: number;
  readonly interval: Interval;
}): Bounded {
  return { value, low: interval.low, high: interval.high };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
