/** The glossary: each term's name and one sentence on it, in the words of the floor. */
import type { Wording } from "./language.ts";

export interface Term {
  readonly name: Wording;
  readonly meaning: Wording;
}

export const terms = {
  representation: term(
    ["Representation", "表現"],
    "A trained encoder that turns each picture into a list of numbers, so that pictures of the same kind lie close together.",
    "画像を数値の並びに変える、学習済みの変換器。似た種類の画像ほど近くに並ぶようになります。",
  ),
  shelf: term(
    ["Shelf", "棚"],
    "All pictures of a dataset, arranged by a representation so that they can be searched.",
    "表現によって並べられた画像全体。似たものを検索できる状態のデータです。",
  ),
  "label-set": term(
    ["Label set", "ラベル集合"],
    "One way to sort the same pictures, such as by defect, product or line.",
    "同じ画像の一つの分け方。欠陥の種類、品種、ラインなど。",
  ),
  ncc: term(
    ["Nearest class-centre accuracy (NCC)", "最近傍クラス中心の正解率（NCC）"],
    "How often a picture lies nearest to the average of its own class. Higher is better.",
    "画像が「自分の種類の平均」に一番近い割合。高いほど、種類ごとによくまとまっています。",
  ),
  "sample-ncc": term(
    ["Sample-level NCC", "個体レベルの NCC"],
    "How often an altered copy of a picture is recognised as that very picture among many. It needs no labels. Higher is better.",
    "切り抜きや色を変えた画像から、元の一枚を当てられる割合。ラベルなしで測れます。高いほど良い値です。",
  ),
  cdnv: term(
    ["Class-distance normalized variance (CDNV)", "クラス間距離で正規化した分散（CDNV）"],
    "How spread out the classes are compared with the distance between them. Lower is better; 0 means tight, well-separated groups.",
    "種類どうしの距離に対する、種類の中のばらつき。低いほど良く、0 に近いほど、まとまって離れています。",
  ),
  "directional-cdnv": term(
    ["Directional CDNV", "方向付き CDNV"],
    "The spread that matters for telling two classes apart: only along the line between their averages. Lower is better.",
    "二つの種類の平均を結ぶ方向だけで見たばらつき。見分けに効く分だけを測ります。低いほど良い値です。",
  ),
  "within-class-variance": term(
    ["Within-class variance", "クラス内分散"],
    "How far pictures of one class lie from their average. Lower is tighter.",
    "同じ種類の画像が平均からどれだけ離れているか。低いほどまとまっています。",
  ),
  "calibration-error": term(
    ["Calibration error (ECE)", "確率のずれ（ECE）"],
    "How far stated confidences lie from how often they were right, on average. Lower is better; 0 means that they can be taken at their word.",
    "確信度と実際の正解率の差の平均。低いほど良く、0 なら確信度をそのまま信じられます。",
  ),
  knn: term(
    ["Nearest neighbours (kNN)", "k 近傍法（kNN）"],
    "Accuracy when each picture takes the class of its most similar labelled pictures.",
    "よく似た画像の多数決で種類を決めたときの正解率。",
  ),
  "linear-probe": term(
    ["Linear probe", "線形プローブ"],
    "Accuracy of the simplest classifier trained on the representation with all training labels.",
    "表現の上に最も簡単な分類器を置き、学習用ラベルをすべて使ったときの正解率。",
  ),
  rankme: term(
    ["Effective rank (RankMe)", "有効次元数（RankMe）"],
    "How many independent directions the representation really uses. A very low number is a sign of collapse.",
    "表現が実際に使っている独立な方向の数。極端に小さいと、つぶれ（崩壊）の兆候です。",
  ),
  "balanced-accuracy": term(
    ["Balanced accuracy", "均衡正解率"],
    "Accuracy averaged over classes, so that a rare defect counts as much as a common good part.",
    "種類ごとの正解率の平均。数の少ない欠陥も、数の多い良品も同じ重みで数えます。",
  ),
  accuracy: term(
    ["Accuracy", "正解率"],
    "The share of pictures sorted correctly. Where one class is most of the data it flatters.",
    "正しく分けられた画像の割合。一つの種類が多いデータでは実力より高く見えます。",
  ),
  "majority-baseline": term(
    ["Majority baseline", "多数派基準"],
    "What always naming the commonest class would score. Anything useful must beat it.",
    "「いつも一番多い種類」と答えたときの成績。役に立つには、これを上回る必要があります。",
  ),
  untrained: term(
    ["Untrained encoder", "学習前の変換器"],
    "The same network with random weights: what the architecture alone achieves.",
    "同じ構造で重みが乱数のままのもの。学習の効果を見るための基準です。",
  ),
  "raw-pixels": term(
    ["Raw pixels", "画素そのまま"],
    "Comparing the pictures pixel by pixel, without any learning.",
    "学習をせず、画素の値をそのまま比べたもの。",
  ),
  pca: term(
    ["Principal components (PCA)", "主成分分析（PCA）"],
    "The classical way to shorten pictures to fewer numbers, without a network.",
    "ネットワークを使わずに画像を少ない数値へ要約する、昔からの方法。",
  ),
  "permuted-labels": term(
    ["Shuffled labels", "ラベルの入れ替え"],
    "The same measurement with labels dealt out at random. It must fall to chance, or the measurement is wrong.",
    "ラベルを無作為に入れ替えて同じ測定をしたもの。偶然の水準に落ちなければ、測り方が誤っています。",
  ),
  interval: term(
    ["95% interval", "95% 区間"],
    "The range in which the true value plausibly lies, given how many pictures were measured.",
    "測った枚数から見て、本当の値があると考えてよい範囲。",
  ),
  "evaluation-split": term(
    ["Evaluation split", "評価用データ"],
    "Pictures put aside before training, in whole groups; nothing trains or chooses on them.",
    "学習前にグループ単位で取り分けた画像。学習にも選択にも使いません。",
  ),
  invariance: term(
    ["Invariance term", "不変性の項"],
    "The part of the loss that pulls two altered copies of one picture together.",
    "同じ画像を加工した二枚を近づける、損失の一部。",
  ),
  regularisation: term(
    ["Regularisation term", "正則化の項"],
    "The part of the loss that keeps different pictures apart. Most of the sorting comes from it.",
    "異なる画像を離しておく、損失の一部。種類への整理は主にここから生まれます。",
  ),
  collapse: term(
    ["Collapse", "つぶれ（崩壊）"],
    "When the network gives nearly the same answer for every picture and has learnt nothing useful.",
    "どの画像にもほぼ同じ答えを返し、何も学べていない状態。",
  ),
  epoch: term(
    ["Epoch", "エポック"],
    "One pass over all training pictures.",
    "学習用の画像をひと通り見ること。",
  ),
  "learning-rate": term(
    ["Learning rate", "学習率"],
    "How large a step each update of the network takes.",
    "一回の更新でどれだけ重みを動かすか。",
  ),
  layer: term(
    ["Layer", "層"],
    "A stage inside the network. Deeper layers usually sort better by meaning.",
    "ネットワークの中の段。深い層ほど意味で分かれるのが普通です。",
  ),
  "label-budget": term(
    ["Label budget", "必要ラベル数"],
    "How many labelled pictures a task needs to reach a target.",
    "目標に届くまでに必要な、ラベル付き画像の枚数。",
  ),
  missed: term(
    ["Missed defect", "見逃し"],
    "A defective item passed as good (false negative).",
    "不良品を良品として通してしまうこと（偽陰性）。",
  ),
  "person-hours": term(
    ["Person-hours", "人の作業時間"],
    "Hours that a person works on it, estimated; the machine's time is not counted. Labelling is taken at 4 to 15 seconds a picture.",
    "人が手を動かす時間の見積もり。計算機の時間は含みません。ラベル付けは 1 枚 4～15 秒として計算しています。",
  ),
  "false-alarm": term(
    ["False alarm", "過検出"],
    "A good item stopped as defective (false positive).",
    "良品を不良品として止めてしまうこと（偽陽性）。",
  ),
  seed: term(
    ["Seed", "乱数の種"],
    "The number that fixes all random choices of a run; several seeds show how much luck is in a result.",
    "実行中の乱数を決める数。複数の種で測ると、結果に偶然がどれだけ含まれるかわかります。",
  ),
  augmentation: term(
    ["Altered view", "加工した見え方"],
    "A random crop with changed colours; the network learns that such copies show the same thing.",
    "無作為に切り抜き、色を変えた画像。「同じものだ」と学ばせるために使います。",
  ),
} as const satisfies Record<string, Term>;

export type TermId = keyof typeof terms;

function term([en, ja]: readonly [string, string], meaningEn: string, meaningJa: string): Term {
  return { name: { en, ja }, meaning: { en: meaningEn, ja: meaningJa } };
}
