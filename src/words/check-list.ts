/** The words of the list of findings, in both languages: columns, suggestions and answers. */
import type { Wording } from "./language.ts";

export const checkList = {
  "list/finding": { en: "finding", ja: "指摘" },
  "list/group": { en: "group", ja: "組" },
  "list/item": { en: "item", ja: "画像" },
  "list/split": { en: "split", ja: "用途" },
  "list/labels": { en: "labels", ja: "ラベル" },
  "list/suggestion": { en: "suggestion", ja: "提案" },
  "list/answer": { en: "answer", ja: "回答" },
  "list/train": { en: "training", ja: "学習" },
  "list/evaluation": { en: "evaluation", ja: "評価" },
  "list/excluded": { en: "taken out", ja: "除外済み" },
  "list/look": { en: "look", ja: "要確認" },
  "list/collect": { en: "collect more", ja: "追加撮影" },
  "answer/keep": { en: "keep", ja: "残す" },
  "answer/remove": { en: "remove", ja: "外す" },
  "answer/restore": { en: "restore", ja: "戻す" },
  "answer/relabel": { en: "relabel", ja: "ラベル変更" },
} as const satisfies Record<string, Wording>;

/** Other ways people write the same, beside those of the table. */
const alsoWritten = {
  "list/item": ["path", "file", "画像パス", "ファイル"],
  "list/answer": ["answers", "答え", "返答"],
  "list/finding": ["findings"],
  "list/group": ["group id", "グループ"],
  "answer/keep": ["k", "ok", "stay", "そのまま", "維持", "のこす"],
  "answer/remove": ["r", "delete", "exclude", "除外", "削除", "はずす"],
  "answer/restore": ["もどす", "復元"],
  "answer/relabel": ["label", "ラベル", "変更"],
} as const;

/** Every spelling that is understood, whatever the language; the English one comes first. */
export function spellings(id: keyof typeof alsoWritten): readonly string[] {
  return [checkList[id].en, checkList[id].ja, ...alsoWritten[id]];
}
