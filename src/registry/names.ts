/** Names that people give: usable as a folder on every system, and told apart on every system. */
import { Problem } from "../base/index.ts";

const limit = 100;
// Reserved by Windows, by shells' habits or by our own NAME@VERSION.
const forbidden = /[<>:"/\\|?*@\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const edges = /^[.\s-]|[.\s]$/u;
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

export type NameKind = "dataset" | "representation" | "alias" | "head" | "label-set";

/** The name in its one normal form (NFC), or a problem saying what is wrong with it. */
export function checkName(kind: NameKind, text: string): string {
  const name = text.normalize("NFC");
  const refuse = (reason: string, found = "") =>
    new Problem("registry/name-unusable", { kind, name: printable(name), reason, found, limit });
  if (name === "") throw refuse("empty");
  const [bad] = forbidden.exec(name) ?? [];
  if (bad !== undefined) throw refuse("character", printable(bad));
  if (edges.test(name)) throw refuse("edge");
  if (reserved.test(name)) throw refuse("reserved");
  if (Buffer.byteLength(name) > limit) throw refuse("long");
  return name;
}

/** A usable name near `text`, for names that come from folders; undefined where nothing is left. */
export function nameFrom(text: string): string | undefined {
  let name = text.normalize("NFC").replace(new RegExp(forbidden, "gu"), "-").replace(/\s+/gu, " ");
  if (reserved.test(name)) name = `${name.replace(/\..*$/, "")}-data`;
  const letters = [...name];
  while (Buffer.byteLength(letters.join("")) > limit) letters.pop();
  name = letters.join("").replace(/^[.\s-]+|[.\s-]+$/gu, "");
  return name === "" ? undefined : name;
}

/** Refuses a name that some systems would take for one of the `existing` ones. */
export function checkNoCollision(name: string, existing: readonly string[]): void {
  const found = existing.find((other) => other !== name && folded(other) === folded(name));
  if (found !== undefined) throw new Problem("registry/name-collides", { name, found });
}

/** An alias is a name that cannot be taken for a version. */
export function checkAlias(text: string): string {
  const alias = checkName("alias", text);
  if (/^v?\d+$/i.test(alias) || alias === "last") {
    throw new Problem("registry/alias-reserved", { alias });
  }
  return alias;
}

function folded(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** Control and direction characters shown as their numbers, so that a message cannot be bent. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const number = character.codePointAt(0) ?? 0;
    return `U+${number.toString(16).toUpperCase().padStart(4, "0")}`;
  });
}
