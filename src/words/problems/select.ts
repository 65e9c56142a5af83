/** Sentences for the problems of the room `select`: what was found, then the cure. */

export const selectProblems = {
  "select/count-unusable": {
    en: "{left, plural, =0 {Nothing is left to label: all {rows} items are answered already. Name another label set with --labels, or add pictures with tanafuda data add.} other {{count} items to label were asked for, but {left} of the {rows} items have no label yet. Ask for a whole number from 1 to {left}.}}",
    ja: "{left, plural, =0 {ラベルを付けるものは残っていません（{rows} 件すべて回答済みです）。--labels で別のラベル集合を指定するか、tanafuda data add で画像を追加してください。} other {ラベルを付ける候補を {count} 件求められましたが、まだラベルのないものは {rows} 件中 {left} 件です。1 から {left} までの整数で指定してください。}}",
  },
  "select/ids-do-not-fit": {
    en: "There are {ids} names for {rows} rows. Give one name for each row.",
    ja: "{rows} 行に対して名前が {ids} 個です。1 行に 1 個ずつ渡してください。",
  },
  "select/row-outside": {
    en: "Row {row} is said to be labelled, but the matrix has rows 0 to {rows} - 1. Count rows from 0, in the order of the matrix.",
    ja: "{row} 行目がラベル済みとされていますが、行列の行は 0 から {rows} - 1 までです。行列と同じ順に 0 から数えてください。",
  },
} as const;
