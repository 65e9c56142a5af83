/** The page that classifies pictures in a browser. */
import type { Wording } from "./language.ts";

export const page = {
  "page/title": { en: "What is this?", ja: "これは何ですか？" },
  "page/lead": {
    en: "Drop a picture and read its class. Everything is computed in this browser.",
    ja: "画像を置くと、クラスを表示します。計算はすべてこのブラウザーの中で行います。",
  },
  "page/drop": { en: "Drop pictures here", ja: "ここに画像をドロップ" },
  "page/or-choose": { en: "or press to choose files", ja: "または押してファイルを選択" },
  "page/language": { en: "Language", ja: "言語" },
  "page/offline": {
    en: "Works without a network. No picture leaves this device.",
    ja: "ネットワークなしで動作します。画像がこの端末の外に出ることはありません。",
  },
  "page/loading": { en: "Getting ready …", ja: "準備中 …" },
  "page/ready": { en: "Ready.", ja: "準備ができました。" },
  "page/working": { en: "Looking at {file} …", ja: "{file} を判定中 …" },
  "page/unreadable": {
    en: "{file} is no picture that this browser can show. JPEG, PNG and WebP always work.",
    ja: "{file} はこのブラウザーで表示できる画像ではありません。JPEG・PNG・WebP は確実に使えます。",
  },
  "page/broken": {
    en: "The classifier could not be started here: {reason}. A current Chrome, Edge, Firefox or Safari can.",
    ja: "このブラウザーでは判定を開始できませんでした：{reason}。最新の Chrome・Edge・Firefox・Safari をお使いください。",
  },
  "page/cannot-tell": {
    en: "Cannot tell (likeliest: {label})",
    ja: "判断できません（最も近いもの：{label}）",
  },
  "page/candidates": { en: "Candidates: {classes}", ja: "候補：{classes}" },
  "page/no-candidate": {
    en: "No class is likely enough to be a candidate.",
    ja: "候補となるほど確率の高いクラスはありません。",
  },
} as const satisfies Record<`page/${string}`, Wording>;
