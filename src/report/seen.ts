/** What the model sees: pictures at working resolution, each with two altered views. */
import { type Html, html, imageSource } from "./markup.ts";
import type { Report } from "./model.ts";
import { name, say } from "./text.ts";

export function seen({ pictures, data }: Report): Html {
  return html`<p class="lead">${say("report/seen-lead", { resolution: data.resolution })}</p>
<div class="seen">${pictures.map(
    ({ path, image, views }) => html`<figure>
<div class="triple"><img src="${imageSource(image)}" alt=""><span class="into" aria-hidden="true"></span>${views.map((view) => html`<img class="view" src="${imageSource(view)}" alt="">`)}</div>
<figcaption>${name(path)}</figcaption></figure>`,
  )}</div>`;
}
