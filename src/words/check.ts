/** Findings of a check in tables: what each kind is called, and what to do about it. */
import type { FindingKind } from "../base/index.ts";
import type { Wording } from "./language.ts";

const names = {
  "finding/equal-bytes": { en: "exact duplicates", ja: "完全な重複" },
  "finding/twins-disagree": { en: "one picture, two labels", ja: "同じ画像に別のラベル" },
  "finding/leaks": { en: "leaks between the splits", ja: "学習用と評価用の重なり" },
  "finding/near-duplicates": { en: "near-duplicates", ja: "ほぼ同じ画像" },
  "finding/blank": { en: "blank", ja: "無地" },
  "finding/dark": { en: "dark", ja: "真っ暗" },
  "finding/bright": { en: "over-exposed", ja: "白飛び" },
  "finding/blurred": { en: "blurred", ja: "ぼけ" },
  "finding/odd-sizes": { en: "odd proportions", ja: "縦横比の違い" },
  "finding/tiny-classes": { en: "tiny classes", ja: "少なすぎるクラス" },
  "finding/shortcuts": {
    en: "class on one day or camera only",
    ja: "特定の日・カメラだけのクラス",
  },
  "finding/file-shortcuts": { en: "class told by its files", ja: "ファイルでわかるクラス" },
  "finding/doubtful-labels": { en: "doubtful labels", ja: "疑わしいラベル" },
} as const satisfies Record<`finding/${FindingKind}`, Wording>;

const advice = {
  "advice/equal-bytes": {
    en: "Keep one of each; remove the others.",
    ja: "それぞれ 1 件を残し、ほかを外してください。",
  },
  "advice/twins-disagree": {
    en: "Look at each group and give all of it the right label.",
    ja: "組ごとに見て、正しいラベルにそろえてください。",
  },
  "advice/leaks": {
    en: "Remove the copies in training; the evaluation stays as it is.",
    ja: "学習用の側を外してください。評価用はそのままにします。",
  },
  "advice/near-duplicates": {
    en: "Keep those that differ in what matters; remove the rest.",
    ja: "意味のある違いのあるものを残し、ほかを外してください。",
  },
  "advice/blank": {
    en: "Remove them, and look whether the camera or the trigger fails at times.",
    ja: "外してください。カメラやトリガーの不具合がないかも確認してください。",
  },
  "advice/dark": {
    en: "Remove them, and look at the lighting and the shutter.",
    ja: "外してください。照明とシャッターも確認してください。",
  },
  "advice/bright": {
    en: "Look at them; remove those that hide what matters, and check exposure and reflections.",
    ja: "見て確かめ、肝心な部分が白く飛んだものは外してください。露出と反射も確認してください。",
  },
  "advice/blurred": {
    en: "Look at them; remove those that cannot be judged, and check focus and motion.",
    ja: "見て確かめ、判定できないものは外してください。ピントとぶれも確認してください。",
  },
  "advice/odd-sizes": {
    en: "Look whether they show the same kind of scene; remove what does not belong.",
    ja: "同じ種類の画像か確かめ、無関係なものは外してください。",
  },
  "advice/tiny-classes": {
    en: "Collect more, merge the class into another, or leave it out of what is measured.",
    ja: "画像を増やすか、ほかのクラスにまとめるか、測定から外してください。",
  },
  "advice/shortcuts": {
    en: "Take pictures of the class on other days, lots, lines or cameras before trusting any figure.",
    ja: "数字を信じる前に、そのクラスを別の日・ロット・ライン・カメラでも撮ってください。",
  },
  "advice/file-shortcuts": {
    en: "Bring all classes the same way: same camera setting, same file type, same cropping.",
    ja: "撮影設定・ファイル形式・切り抜き方を、全クラスでそろえてください。",
  },
  "advice/doubtful-labels": {
    en: "Look at them from the top of the list until they are no longer wrong; answer keep or relabel.",
    ja: "一覧の上から順に見て、誤りがなくなるところまで「そのまま」か「ラベル変更」で答えてください。",
  },
} as const satisfies Record<`advice/${FindingKind}`, Wording>;

export const check = { ...names, ...advice };
