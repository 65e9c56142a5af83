/** What the launcher of the portable folder says around the pilot. */
import type { Wording } from "./language.ts";

export const start = {
  "start/welcome": {
    en: "Tanafuda reads a folder of pictures, trains without labels on this computer, measures, and opens a report.\nNothing is sent anywhere. Ten minutes of training; the pictures stay as they are.",
    ja: "Tanafuda は画像フォルダーを読み込み、このパソコンの中だけでラベルなしの学習と測定を行い、報告書を開きます。\n外部には何も送信しません。学習は 10 分間。元の画像は変更しません。",
  },
  "start/ask": {
    en: "Drag the folder with your pictures into this window and press Enter:",
    ja: "画像の入ったフォルダーをこのウィンドウにドラッグして、Enter キーを押してください：",
  },
  "start/not-a-folder": {
    en: "{path} is not a folder. Drag the folder itself, not a picture in it.",
    ja: "{path} はフォルダーではありません。中の画像ではなく、フォルダーそのものをドラッグしてください。",
  },
  "start/results-in": {
    en: "Results go to {path}.",
    ja: "結果の保存先：{path}",
  },
  "start/no-viewer": {
    en: "No browser could be opened. Open this file yourself: {path}",
    ja: "ブラウザーを開けませんでした。次のファイルを開いてください：{path}",
  },
  "start/nothing-chosen": {
    en: "No folder was chosen, so nothing was done.",
    ja: "フォルダーが選ばれなかったため、何も行いませんでした。",
  },
} as const satisfies Record<`start/${string}`, Wording>;
