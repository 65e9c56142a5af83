/** Sentences for the problems of the room `measure`: what was found, then the cure. */

export const measureProblems = {
  "measure/classes-differ": {
    en: 'The label set "{labelSet}" has other classes for training than for evaluation. Give both the same list of classes.',
    ja: "ラベル集合「{labelSet}」のクラス一覧が、学習側と評価側で異なります。両方に同じ一覧を渡してください。",
  },
  "measure/empty-matrix": {
    en: "The {name} matrix is empty ({rows} rows, {columns} columns), so there is nothing to measure. Check that the dataset has items in that part.",
    ja: "{name} の行列が空です（{rows} 行 × {columns} 列）。測るものがありません。その側に画像があるか確かめてください。",
  },
  "measure/groups-do-not-fit": {
    en: "There are {groups} groups for {rows} rows. Give one group for each row.",
    ja: "{rows} 行に対してグループが {groups} 個です。1 行に 1 個ずつ渡してください。",
  },
  "measure/items-differ": {
    en: "The two representations were measured on different items ({left} and {right}), so a paired comparison is impossible. Measure both on the same dataset version.",
    ja: "二つの表現が別々の画像で測られています（{left} 件と {right} 件）。対にして比べられません。同じ版のデータセットで測り直してください。",
  },
  "measure/labels-do-not-fit": {
    en: 'The label set "{labelSet}" has {labels} labels for {rows} rows. Labels and matrix must list the same items in the same order.',
    ja: "ラベル集合「{labelSet}」のラベルは {labels} 個ですが、行列は {rows} 行です。同じ画像を同じ順に並べてください。",
  },
  "measure/not-finite": {
    en: "Row {row}, column {column} of the {name} matrix is not a finite number. Training may have diverged, or the imported file is damaged; embed or export it again.",
    ja: "{name} の行列の {row} 行 {column} 列が有限の数ではありません。学習が発散したか、読み込んだファイルが壊れています。埋め込みを作り直すか、書き出し直してください。",
  },
  "measure/one-class": {
    en: 'The label set "{labelSet}" leaves {kept} of its {classes} classes with at least two training items and one evaluation item; separation needs two. Label more items, or choose another label set.',
    ja: "ラベル集合「{labelSet}」の {classes} クラスのうち、学習側に 2 件以上・評価側に 1 件以上あるのは {kept} クラスです。分離を測るには 2 クラス必要です。ラベルを増やすか、別のラベル集合を選んでください。",
  },
  "measure/values-do-not-fit": {
    en: "The {name} matrix says {rows} × {columns} but holds {values} values.",
    ja: "{name} の行列は {rows} × {columns} のはずですが、値は {values} 個です。",
  },
  "measure/widths-differ": {
    en: "The training matrix has {train} columns and the evaluation matrix {test}. Both must come from the same representation and layer.",
    ja: "学習側の行列は {train} 列、評価側は {test} 列です。同じ表現・同じ層から作ったものを渡してください。",
  },
} as const;
