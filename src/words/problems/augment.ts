/** Sentences for the problems of the room `augment`: what was found, then the cure. */

export const augmentProblems = {
  "augment/no-pictures": {
    en: "There is no picture to measure the colours of. Add pictures to the dataset first.",
    ja: "色を測る画像がありません。先にデータセットへ画像を追加してください。",
  },
  "augment/out-of-range": {
    en: "In the augmentation recipe “{recipe}”, {field} is {found}; it must lie from {from} to {to}. Change that number.",
    ja: "拡張レシピ「{recipe}」の {field} が {found} です。{from} から {to} までの値にしてください。",
  },
  "augment/pixels-do-not-fit": {
    en: "A picture said to be {width}×{height} needs {expected} bytes, but {found} came. The pack may be damaged: add the data again.",
    ja: "{width}×{height} の画像には {expected} バイト必要ですが、{found} バイトでした。パックが壊れている可能性があります。データを追加し直してください。",
  },
  "augment/range-reversed": {
    en: "In the augmentation recipe “{recipe}”, the range {field} runs from {from} down to {to}. Write the smaller number first.",
    ja: "拡張レシピ「{recipe}」の範囲 {field} が {from} から {to} へ逆順になっています。小さい値を先に書いてください。",
  },
  "augment/size-not-whole": {
    en: "In the augmentation recipe “{recipe}”, the size of a view is {found}; it must be a whole number of pixels. Give one such as 32.",
    ja: "拡張レシピ「{recipe}」のビューの大きさが {found} です。32 のような整数の画素数を指定してください。",
  },
  "augment/sizes-differ": {
    en: "The two views of a batch have sides {first} and {second}. Give both recipes the same size.",
    ja: "バッチの二つのビューの辺が {first} と {second} で異なります。両方のレシピに同じ大きさを指定してください。",
  },
  "augment/worker-stopped": {
    en: "A thread that prepares views stopped: {message}. There may be too little memory: use a smaller batch or fewer workers, then resume.",
    ja: "ビューを準備するスレッドが停止しました：{message}。メモリ不足の可能性があります。バッチかワーカー数を減らしてから再開してください。",
  },
  "augment/workers-need-built-code": {
    en: "Threads that prepare views run from built JavaScript, but this code is TypeScript source ({module}). Build first, or ask for 0 workers.",
    ja: "ビューを準備するスレッドにはビルド済みの JavaScript が必要ですが、TypeScript のソース（{module}）から実行されています。先にビルドするか、ワーカー数を 0 にしてください。",
  },
} as const;
