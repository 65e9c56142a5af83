/** Which class means that nothing is wrong, so that mistakes can be told as missed or false alarm. */
import type { LabelSet } from "../formats/documents/index.ts";

const good =
  /^(?:good|ok|okay|normal|pass|passed|fine|no[ _-]?defect|defect[ _-]?free|negative|良品?|良|正常|合格|異常なし|欠陥なし)$/i;

/** Its number; undefined where no class, or more than one, is named so. Folder names count by their end. */
export function goodClass({ classes }: Pick<LabelSet, "classes">): number | undefined {
  const named = [...classes.keys()].filter((c) => good.test(classes[c].split("/").at(-1) ?? ""));
  return named.length === 1 ? named[0] : undefined;
}
