/** Splits that come with the data: a column of a list, or the first folder's name. */
import { Problem } from "../../base/index.ts";
import type { Split } from "../../formats/documents/index.ts";

type Part = "train" | "validation" | "test";

const words = new Map<string, Part>(
  (
    [
      ["train", ["train", "training", "trn", "学習", "訓練"]],
      ["validation", ["val", "valid", "validation", "dev", "検証"]],
      ["test", ["test", "testing", "tst", "eval", "evaluation", "holdout", "テスト", "評価"]],
    ] as const
  ).flatMap(([part, names]) => names.map((name) => [name, part] as const)),
);

/**
 * Test parts become the evaluation split. A validation part is for choosing, so it is trained on
 * here as far as the encoder goes; it is set aside only where there is no test part. Empty or
 * missing words leave the side to the hash.
 */
export function sidesFromWords(
  given: readonly (string | undefined)[],
  place: string,
): (Split | undefined)[] {
  const parts = given.map((word) => {
    if (word === undefined || word === "") return undefined;
    const part = words.get(word.normalize("NFC").toLowerCase());
    if (part === undefined) throw new Problem("data/split-word-unknown", { place, found: word });
    return part;
  });
  const aside = parts.includes("test") ? "test" : "validation";
  return parts.map((part) => part && (part === aside ? "evaluation" : "train"));
}

/** Whether all pictures lie in folders such as train/ and test/, at least one of either side. */
export function foldersAreSplit(paths: readonly string[]): boolean {
  const firsts = new Set(paths.map((path) => firstFolder(path)));
  const parts = new Set([...firsts].map((name) => name && words.get(name.toLowerCase())));
  return !parts.has(undefined) && !parts.has("") && parts.has("train") && parts.size > 1;
}

export function firstFolder(path: string): string | undefined {
  const end = path.indexOf("/");
  return end < 0 ? undefined : path.slice(0, end).normalize("NFC");
}
