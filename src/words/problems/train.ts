/** Sentences for the problems of the room `train`: what was found, then the cure. */

export const trainProblems = {
  "train/batch-too-large": {
    en: "A batch of {batch, number} pictures was asked for, but there are only {pictures, number} to train on. Use {pictures, number} at most; without --batch it is {usual, number}.",
    ja: "バッチに {batch, number} 枚が指定されましたが、学習用の画像は {pictures, number} 枚しかありません。バッチは {pictures, number} 枚以下にしてください（--batch を付けなければ {usual, number} 枚になります）。",
  },
  "train/batch-too-small": {
    en: "A batch of {batch} cannot train: pictures are compared with each other, so at least 2 are needed, and 32 or more work better.",
    ja: "バッチ {batch} では学習できません。画像どうしを比べるため最低 2 枚、できれば 32 枚以上を指定してください。",
  },
  "train/checkpoint-cut-short": {
    en: "The checkpoint cannot be read ({reason}): it may have been cut short while it was copied. Resume from an earlier checkpoint, or start again.",
    ja: "チェックポイントを読み込めません（{reason}）。コピーの途中で切れた可能性があります。前のチェックポイントから再開するか、最初から実行してください。",
  },
  "train/checkpoint-other-configuration": {
    en: "The checkpoint was made with other settings; different are: {fields}. Use the settings it was made with, or start a new run (with --from to keep what was learned).",
    ja: "チェックポイントの設定が異なります（異なる項目：{fields}）。同じ設定で再開するか、新しい実行を始めてください（学習済みの重みは --from で引き継げます）。",
  },
  "train/checkpoint-other-plan": {
    en: "The checkpoint was computed in another way than would happen now; different are: {fields}. The result would not be the same to the last bit. Resume on the machine, with the library and the threads that it was started with, give --replan to choose anew, or start a new run.",
    ja: "チェックポイントは、現在と異なる計算方法で作られています（異なる項目：{fields}）。最後の桁まで同じ結果にはなりません。開始時と同じマシン、ライブラリ、スレッド数で再開するか、--replan で計算方法を選び直すか、新しい実行を始めてください。",
  },
  "train/checkpoint-version": {
    en: "The checkpoint has format {found}; this version of Tanafuda reads format {expected}. Resume with the version that wrote it, or start again.",
    ja: "チェックポイントの形式は {found} ですが、この版が読めるのは {expected} です。作成した版で再開するか、最初から実行してください。",
  },
  "train/diverged": {
    en: "Training broke down at step {step, number}: {quantity} is not a number any more. The weights went back to step {back, number}; nothing after it was kept. Start again with a learning rate of {suggested} (it was {rate}), or clip gradients more tightly.",
    ja: "ステップ {step, number} で学習が発散しました（{quantity} が数値ではなくなりました）。重みはステップ {back, number} に戻し、それ以降は破棄しました。学習率を {rate} から {suggested} に下げるか、勾配クリップを強めて、やり直してください。",
  },
  "train/duration-unusable": {
    en: "Training for {value} {unit} is not possible. Give a whole number of epochs above 0, or a number of minutes above 0.",
    ja: "学習の長さ {value} {unit} は指定できません。1 以上の整数のエポック数か、0 より大きい分数を指定してください。",
  },
  "train/initial-does-not-fit": {
    en: "The representation to continue from does not fit: “{name}” has {found} numbers, and {expected} are needed. Use the backbone it was trained with.",
    ja: "引き継ぐ表現が合いません。「{name}」の要素数は {found} ですが、{expected} 必要です。元の学習と同じバックボーンを指定してください。",
  },
  "train/memory-short": {
    en: "Training would need about {need} of memory, and {available} are available. {fitting, plural, =0 {Not even a batch of 2 would fit: use smaller views (--size), a smaller backbone, or free some memory.} other {A batch of {fitting, number} would fit (--batch {fitting}); or close other programs, or use smaller views (--size) or a smaller backbone.}}",
    ja: "学習には約 {need} のメモリが必要ですが、空きは {available} です。{fitting, plural, =0 {バッチ 2 でも収まりません。ビューを小さくする（--size）、小さいバックボーンを使う、またはメモリを空けてください。} other {バッチ {fitting, number} なら収まります（--batch {fitting}）。ほかのプログラムを閉じるか、ビュー（--size）やバックボーンを小さくする方法もあります。}}",
  },
  "train/picture-not-in-patches": {
    en: "Pictures of {side} × {side} cannot be cut into patches of {patch} × {patch} for {backbone}. Use --size {lower} or --size {upper}, or name another patch, as in {backbone}-4.",
    ja: "{side} × {side} の画像は、{backbone} の {patch} × {patch} のパッチに分割できません。--size {lower} か --size {upper} を指定するか、{backbone}-4 のように別のパッチを指定してください。",
  },
  "train/picture-other-side": {
    en: "{backbone} was made for pictures of {expected} × {expected}, because it learns a position for each patch; {side} × {side} were given. Use --size {expected}.",
    ja: "{backbone} はパッチごとに位置を学習するため、{expected} × {expected} の画像専用です（指定は {side} × {side}）。--size {expected} を指定してください。",
  },
  "train/picture-too-small": {
    en: "Pictures of {side} × {side} are too small for {backbone}, which needs {smallest} × {smallest}. Use larger views or another backbone.",
    ja: "{side} × {side} の画像は {backbone} には小さすぎます（{smallest} × {smallest} 以上が必要）。ビューを大きくするか、別のバックボーンを使ってください。",
  },
  "train/setting-unusable": {
    en: "The setting {name} is {found}; it must be {expected}. Change it.",
    ja: "設定 {name} が {found} です。{expected} にしてください。",
  },
  "train/too-few-pictures": {
    en: "There {pictures, plural, =0 {is no picture} one {is only # picture} other {are only # pictures}} to train on; at least {needed} are needed, and some hundred to learn anything. Add pictures to the dataset.",
    ja: "学習用の画像が {pictures, number} 枚しかありません。最低 {needed} 枚、学習の効果を得るには数百枚必要です。データセットに画像を追加してください。",
  },
  "train/unknown-backbone": {
    en: "There is no backbone “{name}”. Did you mean {nearest}? Known forms: {known}, where L is the number of blocks, H the width and P the side of a patch.",
    ja: "バックボーン「{name}」はありません。{nearest} のことですか？ 使える形：{known}（L はブロック数、H は幅、P はパッチの一辺）。",
  },
  "train/unknown-layer": {
    en: "{backbone} has no layer “{name}”. Its layers: {known}.",
    ja: "{backbone} に層「{name}」はありません。使える層：{known}。",
  },
  "train/unknown-method": {
    en: "There is no method “{name}”. {nearest, select, none {} other {Did you mean {nearest}? }}Known methods: {known}.",
    ja: "手法「{name}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}使える手法：{known}。",
  },
} as const;
