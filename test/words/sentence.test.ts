/** Every code has its sentence, in both languages, with the same placeholders, and ICU parses it. */
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, it } from "vitest";
import { codes, noticeCodes } from "../../src/base/index.ts";
import {
  type Language,
  languageOf,
  languages,
  notices,
  phases,
  problems,
  sentence,
  sentenceOrId,
  sentences,
  terms,
  type Wording,
} from "../../src/words/index.ts";

describe("tables", () => {
  it("words every problem code and no other", () => {
    expect(Object.keys(problems).sort()).toEqual(Object.keys(codes).sort());
  });

  it("words every notice code and no other", () => {
    expect(Object.keys(notices).sort()).toEqual([...noticeCodes].sort());
  });

  it("has no id twice", () => {
    expect(Object.keys(problems).filter((id) => id in notices || id in phases)).toEqual([]);
  });

  it.each(Object.entries(sentences) as [string, Wording][])("%s", (_id, wording) => {
    const [en, ja] = languages.map((language) => placeholders(wording[language], language));
    expect([...ja].sort()).toEqual([...en].sort());
    if (!/^[A-Z]+$/.test(wording.ja)) expect(wording.ja).toMatch(japanese);
    expect(wording.en).not.toMatch(japanese);
  });

  it("explains every term in both languages", () => {
    for (const { name, meaning } of Object.values(terms)) {
      expect(meaning.ja).toMatch(japanese);
      expect(name.ja).toMatch(japanese);
      expect(`${name.en} ${meaning.en}`).not.toMatch(japanese);
    }
  });
});

describe("sentence", () => {
  it("counts and writes numbers by locale", () => {
    const values = { evaluation: 1, train: 12345 };
    expect(sentence("data/items-set-aside", values, "en")).toBe(
      "1 item was set aside for evaluation, in whole groups; nothing trains on them. 12,345 items are for training.",
    );
    expect(sentence("data/items-set-aside", values, "ja")).toBe(
      "評価用に 1 件をグループ単位で取り分けました（学習には使いません）。学習用は 12,345 件です。",
    );
  });

  it("never parses a value", () => {
    expect(sentence("cli/problem", { text: "{x} <b>'" }, "en")).toBe("Error: {x} <b>'");
  });

  it("survives a missing value and an unknown id", () => {
    expect(sentence("usage/unknown-option", {}, "en")).toContain("{option}");
    expect(sentenceOrId("later/code", { a: 1 }, "ja")).toBe('[later/code] {"a":1}');
  });

  it("knows a language by its locale", () => {
    expect(["ja_JP.UTF-8", "ja", "en-GB", "C", undefined].map(languageOf)).toEqual([
      "ja",
      "ja",
      "en",
      "en",
      "en",
    ]);
  });
});

const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/;

function placeholders(pattern: string, language: Language): Set<string> {
  const ast = new IntlMessageFormat(pattern, language, undefined, { ignoreTag: true }).getAst();
  return new Set(ast.flatMap(names));
}

type Element = ReturnType<IntlMessageFormat["getAst"]>[number];

/** Literals (type 0) and `#` (without a value) name nothing; plurals and selects nest. */
function names(element: Element): string[] {
  if (!("value" in element) || element.type === 0) return [];
  if (!("options" in element)) return [element.value];
  const inner = Object.values(element.options).flatMap((option) => option.value.flatMap(names));
  return [element.value, ...inner];
}
