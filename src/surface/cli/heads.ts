/** What an adapted head is worth, as text: what was tried, how it is judged, what is promised. */
import type { AdaptResult, Counted } from "../../app/index.ts";
import { sentenceOrId } from "../../words/index.ts";
import type { Context } from "./context.ts";
import { quantity } from "./measures.ts";
import { oneLine, table } from "./table.ts";

const classesShown = 12;
const confusedShown = 5;

/** The best of each kind, the chosen one marked. */
export function triedTable({ tried, chosen }: AdaptResult, context: Context): string {
  const { say } = context;
  const kinds = [...new Set(tried.map(({ head }) => head))];
  const best = kinds.map((kind) => {
    const own = tried.filter(({ head }) => head === kind);
    const taken = own.find(({ setting }) => kind === chosen.head && setting === chosen.setting);
    return taken ?? own.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  });
  const heads = [
    say("head/head"),
    say("cli/accuracy"),
    say("cli/balanced-accuracy"),
    say("head/loss"),
    "",
  ];
  const rows = best.map(({ head, setting, accuracy, balanced, loss }) => [
    kindName({ head, setting }, context),
    quantity(accuracy, true),
    quantity(balanced, true),
    quantity(loss, false),
    head === chosen.head ? say("head/chosen") : "",
  ]);
  return table([heads, ...rows], context);
}

export function kindName(
  { head: kind, setting }: { readonly head: string; readonly setting: number },
  { say }: Context,
): string {
  return say("head/kind", { kind, setting });
}

/** Every number with its interval, on the split that is named above it. */
export function judgedTable(
  { judged, sets, abstention, novelty, alarm }: AdaptResult,
  context: Context,
): string {
  const { say } = context;
  if (!judged) return "";
  const { accuracy, balanced, commonest, calibrationError, coverage, answered, unlike } = judged;
  const rows = [
    [say("cli/accuracy"), quantity(accuracy.value, true, accuracy)],
    [say("cli/balanced-accuracy"), quantity(balanced.value, true, balanced)],
    [say("head/commonest"), quantity(commonest, true)],
    [say("head/calibration-error"), quantity(calibrationError, true)],
  ];
  if (coverage && "alpha" in sets) {
    const id = sets.by === "class" ? "head/coverage-class" : "head/coverage";
    rows.push([say(id, { promised: 1 - sets.alpha }), share(coverage.all)]);
    for (const { name, ...rate } of coverage.slices) rows.push([`  ${oneLine(name)}`, share(rate)]);
    rows.push([say("head/set-size"), quantity(coverage.meanSize, false)]);
  }
  if (answered && "target" in abstention) {
    rows.push([say("head/answered"), share(answered.given)]);
    const { target } = abstention;
    if (answered.wrong) rows.push([say("head/answered-wrong", { target }), share(answered.wrong)]);
  }
  if (unlike && "alpha" in novelty) {
    rows.push([say("head/unlike", { alpha: novelty.alpha }), share(unlike)]);
  }
  if (alarm && "missed" in alarm && alarm.missed && alarm.falseAlarm) {
    rows.push([say("head/missed", { class: alarm.class }), share(alarm.missed)]);
    rows.push([say("head/false-alarms", { class: alarm.class }), share(alarm.falseAlarm)]);
  }
  return table([[say("cli/measure"), say("cli/found")], ...rows], context);
}

/** The classes that are found least. */
export function classTable({ judged }: AdaptResult, context: Context): string {
  const { say } = context;
  const classes = [...(judged?.classes ?? [])]
    .sort((a, b) => a.found.count / a.found.of - b.found.count / b.found.of)
    .slice(0, classesShown);
  const isCovered = classes.some(({ covered }) => covered);
  const heads = [say("head/class"), say("head/pictures"), say("head/found")];
  const rows = classes.map(({ name, found, covered }) => [
    oneLine(name),
    String(Math.round(found.of)),
    share(found),
    ...(isCovered ? [covered ? share(covered) : "–"] : []),
  ]);
  const total = judged?.classes.length ?? 0;
  const more =
    total > classesShown ? `\n${say("head/classes-more", { shown: classes.length, total })}` : "";
  return `${table([[...heads, ...(isCovered ? [say("head/covered")] : [])], ...rows], context)}${more}`;
}

export function confusedLines({ judged }: AdaptResult, { say }: Context): string[] {
  return (judged?.confused ?? []).slice(0, confusedShown).map(({ examples, ...one }) => {
    const { class: name, as, count, of } = one;
    return say("head/taken-for", {
      class: oneLine(name),
      as: oneLine(as),
      count,
      of,
      path: oneLine(examples[0]?.path ?? "–"),
    });
  });
}

/** What is not promised, and why; and where the alarm is raised. */
export function promiseLines(result: AdaptResult, { say, language }: Context): string[] {
  const { sets, abstention, novelty, alarm } = result;
  const why = ({ code, values }: { readonly code: string; readonly values: Values }) =>
    sentenceOrId(code, values, language);
  const lines: string[] = [];
  if ("refused" in sets) lines.push(say("head/no-sets", { why: why(sets.refused) }));
  if ("refused" in abstention) {
    lines.push(say("head/no-abstention", { why: why(abstention.refused) }));
  }
  if ("refused" in novelty) lines.push(say("head/no-novelty", { why: why(novelty.refused) }));
  if (alarm && "refused" in alarm) lines.push(say("head/no-alarm", { why: why(alarm.refused) }));
  if (alarm && "cost" in alarm) {
    const { class: name, threshold, cost, never, always } = alarm;
    lines.push(
      say("head/alarm", {
        class: oneLine(name),
        never: threshold === null ? "yes" : "no",
        threshold: threshold ?? 1,
        cost,
        costNever: never,
        costAlways: always,
      }),
    );
  }
  return lines;
}

type Values = Parameters<typeof sentenceOrId>[1];

/** For people who read one line. */
export function verdictLines(
  { judged, sets, abstention }: AdaptResult,
  { say }: Context,
): string[] {
  if (!judged) return [say("head/verdict-unjudged")];
  const { accuracy, commonest, answered, coverage } = judged;
  if (accuracy.low <= commonest) {
    return [say("head/verdict-useless", { accuracy: accuracy.value, commonest })];
  }
  const { value, low, high } = accuracy;
  const lines = [say("head/verdict-judged", { accuracy: value, low, high, commonest })];
  if (coverage && "alpha" in sets && coverage.all.high < 1 - sets.alpha) {
    const found = coverage.all.count / coverage.all.of;
    lines.push(say("head/verdict-shifted", { found, promised: 1 - sets.alpha }));
  }
  if ("refused" in abstention || !answered) return lines;
  const { target, delta, confidence } = abstention;
  if (confidence === null) return [...lines, say("head/verdict-silent", { target })];
  const given = answered.given.count / answered.given.of;
  return [
    ...lines,
    say("head/verdict-answers", { answered: given, target, confidence: 1 - delta }),
  ];
}

function share({ count, of, low, high }: Counted): string {
  return of === 0 ? "–" : quantity(count / of, true, { low, high });
}
