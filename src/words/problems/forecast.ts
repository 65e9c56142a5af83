/** Sentences for the problems of the room `forecast`: what was found, then the cure. */

export const forecastProblems = {
  "forecast/too-few-sizes": {
    en: "A learning curve of {sizes} sizes, up to {labels} labels, is too short to be continued; it takes {needed}. Label more items first: about eight of each class.",
    ja: "学習曲線の点が {sizes} 個（最大 {labels} ラベル）しかなく、先を予測できません。{needed} 個必要です。まず各クラス 8 件ほどラベルを付けてください。",
  },
} as const;
