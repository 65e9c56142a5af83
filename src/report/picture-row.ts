/** A few pictures in a row, each with its path; a copy without pictures says that they are left out. */
import { type Html, html, imageSource } from "../html/index.ts";
import type { Picture } from "./model.ts";
import { name } from "./text.ts";

export function pictureRow(pictures: readonly Picture[]): Html | null {
  if (pictures.length === 0) return null;
  return html`<ul class="pictures">${pictures.map(
    ({ path, image }) =>
      html`<li><figure><img src="${imageSource(image)}" alt=""><figcaption>${name(lastPart(path))}</figcaption></figure></li>`,
  )}</ul>`;
}

/** The file's own name; its folders would be cut off in any case. */
function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
