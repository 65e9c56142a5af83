/** Sentences for the notices of the room `train`. */

export const trainNotices = {
  "train/complete-collapse": {
    en: "Collapse: at step {step, number} the outputs of all pictures are nearly the same (deviation {deviation, number, ::.000} of a healthy 1). Lower the learning rate, or check that the pictures differ.",
    ja: "崩壊（完全）：ステップ {step, number} で、全画像の出力がほぼ同じです（偏差 {deviation, number, ::.000}、健全なら約 1）。学習率を下げるか、画像が互いに異なるか確認してください。",
  },
  "train/dimensional-collapse": {
    en: "Dimensional collapse: at step {step, number} the outputs use only {rank, number, ::.0} of {possible, number} directions. A larger batch, a lower learning rate or more varied pictures help.",
    ja: "崩壊（次元）：ステップ {step, number} で、出力は {possible, number} 方向のうち {rank, number, ::.0} 方向しか使っていません。バッチを大きくする、学習率を下げる、画像の種類を増やすことが有効です。",
  },
  "train/few-pictures": {
    en: "There are only {pictures, number} pictures to train on; expect little from training before there are some thousand.",
    ja: "学習用の画像が {pictures, number} 枚と少なめです。数千枚になるまで、学習の効果は限られます。",
  },
  "train/few-steps": {
    en: "Training will take only {steps, number} steps; below some hundred a network hardly leaves its starting point. More epochs or a smaller batch give more.",
    ja: "学習は {steps, number} ステップだけです。数百ステップ未満では、ほとんど学習が進みません。エポック数を増やすか、バッチを小さくしてください。",
  },
  "train/large-batch": {
    en: "The batch of {batch, number} is more than half of the {pictures, number} pictures, so an epoch is a single step. {suggested, number} would suit them.",
    ja: "バッチ {batch, number} は画像 {pictures, number} 枚の半分を超え、1 エポックが 1 ステップになります。{suggested, number} が適当です。",
  },
  "train/large-batch-optimiser": {
    en: "With a batch of {batch, number}, {optimiser} is often unstable; LARS is the usual choice from 1,024 on.",
    ja: "バッチ {batch, number} では {optimiser} は不安定になりがちです。1,024 以上では LARS が標準です。",
  },
  "train/pictures-left-over": {
    en: "Each epoch leaves out {left, number} of {pictures, number} pictures, which would not fill a batch; they are others each time.",
    ja: "各エポックで、{pictures, number} 枚のうちバッチに満たない {left, number} 枚を使いません（毎回異なる画像です）。",
  },
  "train/plan-changed": {
    en: "The checkpoint was computed in another way than happens now ({fields}); the result will differ in the last bits.",
    ja: "チェックポイント作成時と計算方法が異なります（{fields}）。結果は最後の桁で異なります。",
  },
  "train/resumed": {
    en: "Resumed after step {step, number} of {steps, number}.",
    ja: "{steps, number} ステップ中 {step, number} ステップ終了後から再開しました。",
  },
  "train/small-batch": {
    en: "A batch of {batch, number} gives few pictures to compare with; 32 or more train better.",
    ja: "バッチ {batch, number} では比べる相手が少なすぎます。32 以上が適当です。",
  },
  "train/steps-from-minutes": {
    en: "A step takes {milliseconds, number, ::.} ms, so {minutes, plural, one {# minute is} other {# minutes are}} {steps, number} steps.",
    ja: "1 ステップ {milliseconds, number, ::.} ミリ秒なので、{minutes, number} 分で {steps, number} ステップ学習します。",
  },
  "train/transformer-optimiser": {
    en: "Vision transformers rarely train well with {optimiser}; AdamW is the usual choice, and what they get when nothing is asked.",
    ja: "Vision Transformer は {optimiser} ではうまく学習しにくいため、通常は AdamW を使います（指定しなければ AdamW になります）。",
  },
  "train/unusual-rate": {
    en: "The learning rate {rate} is far from {usual}, the usual one for {optimiser} with a batch of {batch, number}.",
    ja: "学習率 {rate} は、{optimiser} とバッチ {batch, number} での標準値 {usual} から大きく離れています。",
  },
} as const;
