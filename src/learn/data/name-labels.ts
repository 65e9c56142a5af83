/** OK and NG in file names, as inspection machines write them: a label set where all names agree. */
import type { LabelSet } from "../../formats/documents/index.ts";
import { labelSetOf } from "./attach-labels.ts";
import { baseName, foldedPath } from "./item-path.ts";

/** The name of the set. */
export const nameSet = "ok-ng";

/** The first goes before the second is looked for: 不良品 holds 良品. */
const words = [
  { word: /(?<![a-z])ng(?![a-z])|不良品?|不合格品?/, label: "NG" },
  { word: /(?<![a-z])ok(?![a-z])|良品|合格/, label: "OK" },
] as const;

/** Undefined unless every name says one of both, and each is said at least twice. */
export function nameLabelSet(paths: readonly string[]): LabelSet | undefined {
  const texts: string[] = [];
  for (const path of paths) {
    const text = wordIn(foldedPath(baseName(path)));
    if (text === undefined) return undefined;
    texts.push(text);
  }
  const set = labelSetOf(nameSet, texts, "folder");
  const counts = set.classes.map((_, code) => set.codes.filter((found) => found === code).length);
  return counts.length === 2 && Math.min(...counts) > 1 ? set : undefined;
}

function wordIn(name: string): string | undefined {
  let rest = name;
  const found = words.flatMap(({ word, label }) => {
    if (!word.test(rest)) return [];
    rest = rest.replaceAll(new RegExp(word, "g"), " ");
    return [label];
  });
  return found.length === 1 ? found[0] : undefined;
}
