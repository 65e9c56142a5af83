/** The names of the stretches of work, as the live line and the report show them. */
import type { Phase } from "../base/index.ts";
import type { Wording } from "./language.ts";

export const phases = {
  "phase/scan": { en: "Looking at the folder", ja: "フォルダーを確認中" },
  "phase/near-copies": { en: "Finding near-copies", ja: "似た画像を探索中" },
  "phase/ingest": { en: "Reading pictures", ja: "画像を取り込み中" },
  "phase/check": { en: "Checking", ja: "データを点検中" },
  "phase/baselines": { en: "Measuring baselines", ja: "比較基準を測定中" },
  "phase/warm-up": { en: "Timing the first steps", ja: "試し計測中" },
  "phase/pretrain": { en: "Training", ja: "学習中" },
  "phase/embed": { en: "Applying the encoder", ja: "特徴量を計算中" },
  "phase/measure": { en: "Measuring", ja: "測定中" },
  "phase/select": { en: "Choosing", ja: "選定中" },
  "phase/export": { en: "Comparing what was written", ja: "書き出した結果を照合中" },
  "phase/adapt": { en: "Fitting heads", ja: "分類器を作成中" },
  "phase/fine-tune": { en: "Fine-tuning the encoder", ja: "エンコーダーを調整中" },
  "phase/predict": { en: "Predicting", ja: "判定中" },
  "phase/budget": { en: "Drawing learning curves", ja: "学習曲線を作成中" },
  "phase/map": { en: "Drawing the map", ja: "地図を作成中" },
  "phase/report": { en: "Writing the report", ja: "報告書を作成中" },
} as const satisfies Record<`phase/${Phase}`, Wording>;
