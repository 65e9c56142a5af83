/** Aligned text on a terminal: widths as shown, Japanese among them, and names that misbehave. */
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { typed } from "../../src/base/index.ts";
import { wrapped } from "../../src/surface/cli/help.ts";
import { seenFrom } from "../../src/surface/cli/seen-from.ts";
import { oneLine, table } from "../../src/surface/cli/table.ts";

describe("table", () => {
  it("puts columns of numbers to the right, others to the left", () => {
    const rows = [
      ["name", "count", "share"],
      ["cats", "7", "3.5 %"],
      ["elephants", "1200", "–"],
    ];
    expect(table(rows)).toBe(
      ["name       count  share", "cats           7  3.5 %", "elephants   1200      –"].join("\n"),
    );
  });

  it("counts what a terminal shows", () => {
    const text = table([
      ["指標", "学習後"],
      ["最近傍（NCC）", "41.2 %"],
      ["k", "9.0 %"],
    ]);
    expect(text.split("\n").map((line) => stringWidth(line))).toEqual([21, 21, 21]);
    expect(text).toBe("指標           学習後\n最近傍（NCC）  41.2 %\nk               9.0 %");
  });

  it("aligns numbers and the intervals behind them each for themselves", () => {
    const text = table([["measure"], ["9.0 % [8.1, 10.2]"], ["100.0 % [99.0, 100.0]"], ["–"]]);
    expect(text).toBe("measure\n  9.0 % [8.1, 10.2]\n100.0 % [99.0, 100.0]\n      –");
  });

  it("leaves a version alone and writes control characters out", () => {
    expect(table([["what"], ["0.1.0-next"], ["a\nb\u001b[2J"]])).toBe(
      "what\n0.1.0-next\na\\nb\\u001b[2J",
    );
    expect(oneLine("列\t名")).toBe("列\\t名");
  });

  it("becomes a paragraph a row where the terminal is narrower", () => {
    const rows = [
      ["名前", "枚数", "備考"],
      ["photos", "12", "最初のデータセット"],
      ["parts", "3", ""],
    ];
    expect(table(rows, { columns: 34 }).split("\n")[0]).toBe("名前    枚数  備考");
    expect(table(rows, { columns: 20 })).toBe(
      ["photos", "  枚数  12", "  備考  最初のデータセット", "parts", "  枚数  3"].join("\n"),
    );
  });

  it("stands without rows", () => {
    expect(table([["a", "bc"]])).toBe("a  bc");
  });
});

describe("wrapped", () => {
  it("keeps Latin words whole and breaks Japanese anywhere but before a closing mark", () => {
    expect(wrapped("one two three", 8)).toBe("one two\nthree");
    expect(wrapped("画像を取り込む。", 14)).toBe("画像を取り込\nむ。");
    expect(wrapped("既定は near-duplicate です", 14)).toBe("既定は\nnear-duplicate\nです");
  });

  it.each([10, 17, 40])("never shows more than %i columns, and loses nothing", (width) => {
    const text = "一覧の列名、または folder・item（既定：0.2）を指定します";
    const lines = wrapped(text, width).split("\n");
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width + 2);
    expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  });
});

describe("typed", () => {
  it("quotes what a shell would take apart", () => {
    expect(typed("tanafuda", "pilot", "./my photos", "it's", "a>b", "写真")).toBe(
      `tanafuda pilot './my photos' 'it'\\''s' 'a>b' 写真`,
    );
    expect(typed("search", "@last", "a/b-1_x.png")).toBe("search @last a/b-1_x.png");
    expect(typed("")).toBe("''");
  });

  it("shows paths from where the person stands", () => {
    expect(seenFrom("/home/ada", "/home/ada/photos/1.png")).toBe("photos/1.png");
    expect(seenFrom("/home/ada/deep/deeper", "/a/1.png")).toBe("/a/1.png");
  });
});
