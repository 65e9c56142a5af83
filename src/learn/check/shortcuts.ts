/**
 * Classes that something else than the class tells: seen on one day or by one camera only, or in
 * files of one type or shape only. A model may learn that instead.
 */
import type { Evidence } from "../../base/index.ts";
import type { LabelSet } from "../../formats/documents/index.ts";
import type { RawGroup } from "./finding.ts";

/** A value for each item, -1 where there is none: a day, a camera, a file type. */
export interface Trait {
  readonly name: string;
  readonly values: readonly string[];
  readonly codes: readonly number[];
}

const shortcutLimits = {
  /** Items of the class with a value. */
  items: 5,
  /** Probability that any class of the set does so by chance (Bonferroni's bound). */
  chance: 0.01,
} as const;

/** One group for each class and trait, the largest class first. */
export function shortcuts(sets: readonly LabelSet[], traits: readonly Trait[]): RawGroup[] {
  const found = sets.flatMap((set) =>
    traits
      .filter((trait) => trait.name !== set.name && !isSameSorting(set.codes, trait.codes))
      .flatMap((trait) => classesOf(set, trait)),
  );
  return found.sort((a, b) => b.items.length - a.items.length);
}

/**
 * All items of the class have one value, and would not by chance: with a share p of that value among
 * all labelled items, n items of the class share it with probability pⁿ; there are as many tries as classes.
 */
function classesOf(set: LabelSet, { name, values, codes }: Trait): RawGroup[] {
  const totals = new Float64Array(values.length);
  const members = set.classes.map(() => [] as number[]);
  let known = 0;
  for (const [i, code] of set.codes.entries()) {
    if (code < 0 || codes[i] < 0) continue;
    totals[codes[i]]++;
    members[code].push(i);
    known++;
  }
  return members.flatMap((items, code) => {
    if (items.length < shortcutLimits.items) return [];
    const value = codes[items[0]];
    if (items.some((i) => codes[i] !== value)) return [];
    const share = totals[value] / known;
    if (share ** items.length * set.classes.length >= shortcutLimits.chance) return [];
    const told: Evidence = {
      set: set.name,
      class: set.classes[code],
      facet: name,
      value: values[value],
      share,
    };
    const suggestion = { do: "collect" } as const;
    return [{ items: items.map((at) => ({ at, suggestion })), values: told }];
  });
}

/** Whether each class has one value and each value one class: then both are the same thing. */
function isSameSorting(classes: readonly number[], values: readonly number[]): boolean {
  const there = new Map<number, number>();
  const back = new Map<number, number>();
  for (const [i, code] of classes.entries()) {
    if (code < 0 || values[i] < 0) continue;
    if ((there.get(code) ?? values[i]) !== values[i]) return false;
    if ((back.get(values[i]) ?? code) !== code) return false;
    there.set(code, values[i]);
    back.set(values[i], code);
  }
  return there.size > 0;
}

/** Type (the file's ending) and shape of each picture, where not all are alike. */
export function fileTraits(
  paths: readonly string[],
  sizes: readonly { readonly height: number; readonly width: number }[],
): Trait[] {
  const endings = paths.map((path) => {
    const ending = /\.([^./]+)$/.exec(path)?.[1].toLowerCase() ?? "";
    return ending === "jpeg" ? "jpg" : ending;
  });
  const shapes = sizes.map(({ height, width }) => `${width} × ${height}`);
  return [traitOf("type", endings), traitOf("shape", shapes)].filter(
    ({ values }) => values.length > 1,
  );
}

function traitOf(name: string, texts: readonly string[]): Trait {
  const values = [...new Set(texts)].sort();
  const codes = new Map(values.map((text, code) => [text, code]));
  return { name, values, codes: texts.map((text) => codes.get(text) ?? -1) };
}
