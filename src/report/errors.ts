/** Mistakes as counts with the pictures, and what they mean a day at the user's volume. */

import { type Html, html } from "../html/index.ts";
import type { Counted } from "./chapters.ts";
import type { Report } from "./model.ts";
import { pictureRow } from "./picture-row.ts";
import { name, number, range, say, term } from "./text.ts";

const classesShown = 12;

export function errors({ errors: facts }: Report): Html | null {
  if (!facts) return null;
  const { wrong, inspection, confusions } = facts;
  const classes = [...facts.classes].sort((a, b) => b.count / b.of - a.count / a.of);
  return html`<p class="lead">${say("report/errors-lead", { count: wrong.count, of: wrong.of })}</p>
${inspection ? html`<div class="tallies">${tally("missed", inspection.missed)}${tally("false-alarm", inspection.falseAlarms)}</div>` : null}
<div class="mistakes">${confusions.map(
    ({
      truth,
      answer,
      count,
      of,
      pictures,
    }) => html`<section class="mistake"><h3>${say("report/taken-for", { truth, answer })} <span class="count">${say("report/count-of", { count, of })}</span></h3>
${pictureRow(pictures)}</section>`,
  )}</div>
<h3 id="by-class">${say("report/by-class")}</h3>
${classTable(classes.slice(0, classesShown))}
${
  classes.length > classesShown
    ? html`<details><summary>${say("report/more-classes", { count: classes.length - classesShown })}</summary>${classTable(classes.slice(classesShown))}</details>`
    : null
}`;
}

function classTable(classes: readonly ({ readonly name: string } & Counted)[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="by-class"><table class="plain counts"><thead><tr><th scope="col">${say("report/class")}</th><th scope="col">${say("report/wrong")}</th><th scope="col">${say("report/share")}</th></tr></thead><tbody>${classes.map(
    (one) =>
      html`<tr><th scope="row">${name(one.name)}</th><td>${say("report/count-of", { count: one.count, of: one.of })}</td><td>${range(one.low, one.high, "percent")}</td></tr>`,
  )}</tbody></table></div>`;
}

/** `3 of 41 defects missed`, large, with what is plausible. */
export function tally(kind: "missed" | "false-alarm" | "wrong", counted: Counted): Html {
  const { count, of, low, high } = counted;
  const sentences = {
    missed: "report/missed-of",
    "false-alarm": "report/alarms-of",
    wrong: "report/wrong-of",
  } as const;
  const label = say(sentences[kind], { count, of });
  return html`<div class="tally"><p class="big"><span class="value">${number(count, "count")}</span><span class="of-all" aria-hidden="true"> / ${number(of, "count")}</span></p>
<p>${kind === "wrong" ? label : term(kind, label)}</p><p class="range-line">${say("report/plausible", { low, high })}</p></div>`;
}

export function cost({ cost: facts }: Report): Html | null {
  if (!facts) return null;
  const { volume, wrong, missed, falseAlarms, yen, yenWithout, missCost, alarmCost } = facts;
  return html`<p class="lead">${say("report/cost-lead", { volume })}</p>
<dl class="numbers">${
    missed && falseAlarms
      ? [
          daily(missed, say("report/cost-missed")),
          daily(falseAlarms, say("report/cost-alarms")),
          yen && daily(yen, say("report/cost-yen")),
        ]
      : daily(wrong, say("report/cost-wrong"))
  }</dl>
${facts.defectShare === undefined ? null : html`<p class="hint">${say("report/cost-share", { share: facts.defectShare })}</p>`}
${missCost !== undefined && alarmCost !== undefined ? html`<p class="hint">${say("report/cost-given", { miss: missCost, alarm: alarmCost })}</p>` : null}
${yenWithout === undefined ? null : html`<p class="hint">${say("report/cost-without", { yen: Math.round(yenWithout) })}</p>`}
${facts.breakEven === undefined ? null : html`<p class="hint">${say("report/cost-break-even", { ratio: facts.breakEven })}</p>`}`;
}

function daily(
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  label: Html,
): Html {
  const kind = high < 10 ? "tenth" : "count";
  return html`<div><dt>${label}<br><small class="range-line">${number(low, kind)} – ${number(high, kind)}</small></dt><dd>${number(value, kind)}</dd></div>`;
}
