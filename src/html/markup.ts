/** HTML as a value: the tag escapes every string, so nothing from the data can become markup. */

/** Text that is HTML already; made by `html` and, for constants of ours, by `trusted`. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Piece = Html | string | number | null | undefined | false | readonly Piece[];

export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const parts = strings.map((text, i) => (i < pieces.length ? text + render(pieces[i]) : text));
  return new Html(parts.join(""));
}

/** For text that this package wrote itself: styles, scripts, drawn charts. */
export function trusted(text: string): Html {
  return new Html(text);
}

/** JSON inside a script element: nothing in it can end the element or open another. */
export function scriptJson(value: unknown): Html {
  const text = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, unicodeEscape);
  return new Html(text.replace(directions, unicodeEscape));
}

/** Only inline raster images get into `src`; anything else is left out. */
export function imageSource(uri: string): string {
  return /^data:image\/(?:png|jpeg|webp|avif|gif);base64,[A-Za-z0-9+/=]+$/.test(uri) ? uri : "";
}

/** One line for people: control and direction characters become visible instead of acting. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, unicodeEscape).replace(directions, unicodeEscape);
}

/** Characters that turn the direction of the text after them, and so can disguise a name. */
const directions = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function render(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return "";
  if (piece instanceof Html) return piece.text;
  if (typeof piece === "number") return String(piece);
  if (typeof piece === "string") {
    return piece.replace(directions, unicodeEscape).replace(/[&<>"']/g, (c) => entities[c] ?? c);
  }
  return piece.map(render).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function unicodeEscape(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
