/** A label budget as lines of text. */
import type { BudgetResult } from "../../app/index.ts";
import type { Context } from "./context.ts";
import { table } from "./table.ts";

export function budgetText(result: BudgetResult, context: Context): string[] {
  const { say } = context;
  const { representation, labelSet, labels, forecast, curves } = result;
  const { training, selected, drawn, evaluation, isWeighted } = labels;
  const goal = goalText(result, context);
  return [
    say("budget/title", { goal, labelSet, representation }),
    ...needText(result, context),
    say("budget/policy", {
      ...{ repeats: 20, training, selected, drawn, evaluation, weighted: isWeighted },
    }),
    "",
    curveTable(curves[0], context),
    "",
    forecastText(result, context),
    ...aheadText(result, context),
    ...sharperText(result, context),
    ...(forecast.labels !== null && forecast.labels - training > labels.unlabelled
      ? [say("budget/more-than-there-is", { unlabelled: labels.unlabelled })]
      : []),
    say("budget/check", forecast.check),
    "",
    countTable(result, context),
    ...(curves.length > 1 ? ["", subjectTable(result, context)] : []),
    ...headlineText(result, context),
    ...boundText(result, context),
  ];
}

function goalText({ goal }: BudgetResult, { say }: Context): string {
  const { kind, allowed, falseAlarm = 0 } = goal;
  return say(`budget/goal-${kind}`, {
    ...{ least: 1 - allowed, allowed, falseAlarm, class: goal.class ?? "" },
  });
}

function needText({ goal, need }: BudgetResult, { say }: Context): string[] {
  const { least, planned, expected, atHand, share, random, strata } = need;
  const values = { least, planned, expected, atHand, allowed: goal.allowed };
  if (share === undefined) return [say("budget/need", values)];
  const named = { ...values, class: goal.class ?? "" };
  return [
    say(goal.kind === "missed" ? "budget/need-missed" : "budget/need-recall", named),
    say("budget/need-rare", { ...named, share, random, strata: strata ?? "none" }),
  ];
}

function curveTable({ points }: BudgetResult["curves"][number], context: Context): string {
  const { say } = context;
  const heads = [say("budget/labels-head"), say("budget/error-head"), say("budget/deviation-head")];
  const rows = points.map(({ labels, mean, deviation }, i) => [
    whole(labels, context),
    percent(mean),
    i === points.length - 1 ? "–" : percent(deviation),
  ]);
  return table([heads, ...rows], context);
}

function forecastText({ forecast, goal, labels }: BudgetResult, context: Context): string {
  const { say } = context;
  const { state, low, high, reachable, floor, check } = forecast;
  return say(`budget/${state}`, {
    hand: labels.training,
    error: check.error,
    allowed: goal.allowed,
    labels: Math.ceil(forecast.labels ?? 0),
    times: (forecast.labels ?? 0) / labels.training,
    low: whole(low, context),
    high: whole(high, context),
    floor,
    reachable: 100 * reachable,
  });
}

/** At twice, four and eight times the labels at hand: what more labels buy, goal or not. */
function aheadText({ forecast }: BudgetResult, { say }: Context): string[] {
  const points = ["first", "second", "third"].map((name, i) => {
    const { labels, error, low, high } = forecast.band[2 * (i + 1)];
    return {
      [name]: Math.round(labels),
      [`${name}Error`]: error,
      [`${name}Low`]: low,
      [`${name}High`]: high,
    };
  });
  return [say("budget/ahead", Object.assign({}, ...points))];
}

/** A narrower interval is worth telling from here on: of its logarithm, this part would be left. */
const worthIt = 0.8;

function sharperText(result: BudgetResult, context: Context): string[] {
  const { forecast, sharper } = result;
  if (forecast.state === "reached" || sharper.high === null) return [];
  const widthOf = ({ low, high }: { readonly low: number | null; readonly high: number | null }) =>
    low === null || high === null ? Number.POSITIVE_INFINITY : Math.log(high / low);
  if (widthOf(sharper) > worthIt * widthOf(forecast)) return [];
  const [low, high] = [whole(sharper.low, context), whole(sharper.high, context)];
  const { evaluation } = result.labels;
  return [context.say("budget/sharper", { evaluation, items: sharper.items, low, high })];
}

function countTable({ budget, labels }: BudgetResult, context: Context): string {
  const { say } = context;
  const parts = ["training", "calibration", "evaluation", "total"] as const;
  const hand = { training: labels.training, calibration: 0, evaluation: labels.evaluation };
  const heads = [
    say("budget/for-head"),
    say("budget/needed-head"),
    say("budget/interval-head"),
    say("budget/hand-head"),
  ];
  const rows = parts.map((part) => {
    const { labels: needed, low, high } = budget[part];
    const interval = low === high ? "" : `${whole(low, context)}–${whole(high, context)}`;
    const own = part === "total" ? hand.training + hand.evaluation : hand[part];
    return [say(`budget/${part}`), whole(needed, context), interval, whole(own, context)];
  });
  return table([heads, ...rows], context);
}

function subjectTable({ curves, guessedBeyond }: BudgetResult, context: Context): string {
  const { say } = context;
  const heads = [
    say("budget/subject-head"),
    say("budget/head-head"),
    say("budget/at-hand-head"),
    say("budget/goal-head"),
  ];
  const rows = curves.map(({ subject, head, points, forecast }) => [
    say(`budget/subject-${subject}`),
    head,
    percent(points[points.length - 1].mean),
    forecast ? countOf(forecast, guessedBeyond, context) : "–",
  ]);
  return table([heads, ...rows], context);
}

/** Of a guess only the direction is worth reading. */
function countOf(
  { labels, low, high, state }: BudgetResult["forecast"],
  guessedBeyond: number,
  context: Context,
): string {
  if (labels === null) return context.say("budget/unreachable-short");
  if (state === "guess") return context.say("budget/over", { labels: guessedBeyond });
  return `${whole(labels, context)} [${whole(low, context)}, ${whole(high, context)}]`;
}

function headlineText({ headline }: BudgetResult, context: Context): string[] {
  const { say } = context;
  if (headline === undefined) return [];
  const { labels, low, high, other, against } = headline;
  const values = {
    labels: Math.round(labels ?? 0),
    low: whole(low, context),
    high: whole(high, context),
    other,
    against: say(`budget/subject-${against}`),
  };
  if (labels === null || labels >= other) return ["", say("budget/headline-none", values)];
  const isSure = high !== null && high < other;
  return ["", say(isSure ? "budget/headline" : "budget/headline-unsure", values)];
}

function boundText({ bound }: BudgetResult, { say }: Context): string[] {
  if (bound === undefined) return [];
  return [say(bound.error < 1 ? "budget/bound" : "budget/bound-vacuous", bound)];
}

function whole(count: number | null, { say, language }: Context): string {
  if (count === null) return say("budget/beyond");
  return Math.ceil(count).toLocaleString(language);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
