/** What the model sees: pictures at working resolution, each with two altered views. */
import { type Html, html, imageSource } from "../html/index.ts";
import type { Report } from "./model.ts";
import { resolution } from "./resolution.ts";
import { name, say } from "./text.ts";

export function seen(report: Report): Html | null {
  const { pictures, data } = report;
  const sides = resolution(report);
  if (pictures.length === 0) return sides;
  return html`<p class="lead">${say("report/seen-lead", { size: data.size })}</p>
<div class="seen">${pictures.map(
    ({ path, image, input, views }, i) => html`<figure>
<div class="sight"><img src="${imageSource(image)}" alt=""><img class="pixels" src="${imageSource(input)}" alt=""><span class="into" aria-hidden="true"></span>${views.map((view) => html`<img class="pixels view" src="${imageSource(view)}" alt="">`)}</div>
${i === 0 ? html`<p class="sight-key of"><span>${say("report/seen-kept", { side: data.resolution })}</span><span>${say("report/seen-given", { side: data.size })}</span><span></span><span>${say("report/seen-views")}</span></p>` : null}
<figcaption>${name(path)}</figcaption></figure>`,
  )}</div>
<p class="of">${say("report/seen-views-hint")}</p>
${sides}`;
}
