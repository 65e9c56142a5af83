/** What to label first: what so many labels would cover, the first pictures, and where to answer. */
import { type Html, html } from "../html/index.ts";
import type { Report } from "./model.ts";
import { pictureRow } from "./picture-row.ts";
import { say } from "./text.ts";

export function labelling({ labelling: facts }: Report): Html | null {
  const last = facts?.covered.at(-1);
  if (!facts || !last) return null;
  const { dataset, labelSet, purpose, labelled, before, covered, page, saves, pictures } = facts;
  const steps = covered.map(
    ({ count, share }) =>
      html`<tr><th scope="row">${say("report/labelling-labels", { count: labelled + count })}</th><td>${say("report/labelling-share", { share })}</td></tr>`,
  );
  const chosen =
    purpose === "judge"
      ? html`<p class="lead">${say("report/labelling-judge", { count: last.count, labelSet })}</p>
<p class="hint">${say("report/labelling-judge-why", { labelled })}</p>`
      : html`<p class="lead">${say("report/labelling-lead", { count: last.count, share: last.share, labelSet })}</p>
<p class="hint">${say("report/labelling-how", { labelled, before })}</p>
<table class="plain counts"><tbody>${steps}</tbody></table>`;
  return html`${chosen}
${pictureRow(pictures)}
${page === "" ? null : html`<p class="screen"><a href="./${page}">${say("report/labelling-open")}</a></p>`}
<p class="hint">${say("report/labelling-command", { dataset, saves })}</p>`;
}
