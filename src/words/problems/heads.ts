/** Sentences for the problems of the room `heads`: what was found, then the cure. */

export const headsProblems = {
  "heads/nothing-held-out": {
    en: "An alarm threshold is chosen on labels that the head was not fitted on, and of the {labels} labels here none can be held out for it. Label more of that class and of others.",
    ja: "警報のしきい値は分類器の学習に使わないラベルで決めますが、{labels} 件のラベルからは取り分けられませんでした。そのクラスと他のクラスのラベルを増やしてください。",
  },
  "heads/nothing-to-judge": {
    en: "A head was to be judged on no items at all. This is a defect of Tanafuda; nothing was changed.",
    ja: "判定する画像が 1 件もない状態で分類器を評価しようとしました。Tanafuda の不具合です。何も変更していません。",
  },
  "heads/one-class": {
    en: "A classifier needs labels of at least two classes; all {labels} that it could be fitted on name the same one{classes, plural, =1 {} other { (of {classes} in the set)}}. Label some items of another class.",
    ja: "分類器を作るには 2 クラス以上のラベルが必要ですが、学習に使える {labels} 件はすべて同じクラスです{classes, plural, =1 {} other {（ラベル集合には {classes} クラスあります）}}。別のクラスの画像にもラベルを付けてください。",
  },
  "heads/one-sided": {
    en: "An alarm threshold needs judged items of both kinds; found were {positives} that should raise the alarm and {negatives} that should not. Label some of the missing kind.",
    ja: "警報のしきい値を決めるには両方の種類の画像が必要ですが、警報を出すべきものが {positives} 件、出すべきでないものが {negatives} 件でした。足りない側にラベルを付けてください。",
  },
  "heads/too-few-to-calibrate": {
    en: "At an error of {alpha, number, ::percent .0#} the promise needs at least {needed} calibration labels; there are {items}. Label more, or allow a larger error.",
    ja: "誤り {alpha, number, ::percent .0#} を約束するには較正用のラベルが少なくとも {needed} 件必要ですが、{items} 件しかありません。ラベルを増やすか、許す誤りを大きくしてください。",
  },
  "heads/too-few-to-promise": {
    en: "Even if none of them were wrong, {items} calibration labels cannot prove that at most {target, number, ::percent .0#} of the given answers are wrong; that takes {needed}. Label more, or allow more errors.",
    ja: "較正用のラベルが {items} 件では、たとえ誤りが 1 件もなくても「答えた中の誤りは {target, number, ::percent .0#} 以下」とは示せません。{needed} 件必要です。ラベルを増やすか、許す誤りを大きくしてください。",
  },
} as const;
