/** The label budget, on the command line and in the report. */
import type { Wording } from "./language.ts";

export const budget = {
  "budget/goal-accuracy": {
    en: "accuracy of at least {least, number, ::percent .0#}",
    ja: "正解率 {least, number, ::percent .0#} 以上",
  },
  "budget/goal-balanced": {
    en: "balanced accuracy of at least {least, number, ::percent .0#}",
    ja: "均衡正解率 {least, number, ::percent .0#} 以上",
  },
  "budget/goal-recall": {
    en: "at least {least, number, ::percent .0#} of “{class}” found",
    ja: "「{class}」の検出率 {least, number, ::percent .0#} 以上",
  },
  "budget/goal-missed": {
    en: "at most {allowed, number, ::percent .0#} of “{class}” missed, at false alarms of at most {falseAlarm, number, ::percent .0#}",
    ja: "「{class}」の見逃し {allowed, number, ::percent .0#} 以下（過検出 {falseAlarm, number, ::percent .0#} 以下）",
  },
  "budget/title": {
    en: "Goal: {goal}. Label set “{labelSet}”, {representation}.",
    ja: "目標：{goal}。ラベル集合「{labelSet}」、{representation}。",
  },
  "budget/policy": {
    en: "The curve is of labels at random: {repeats} random orders of {training, number} labels{drawn, plural, =0 { (taken for a random sample; their list says no more)} other {}}{selected, plural, =0 {} other {. # further {selected, plural, one {label was} other {labels were}} chosen by a strategy and enter no curve}}. Judged on the {evaluation, number} labelled pictures that were set aside at the first data add{weighted, select, true {, drawn in strata and weighted} other {}}; nothing trains on them.",
    ja: "学習曲線は無作為なラベルのものです：学習用ラベル {training, number} 件を無作為な順に {repeats} 回並べて描きました{drawn, plural, =0 {（選び方の記録がないため無作為標本とみなします）} other {}}{selected, plural, =0 {} other {。選び方のあるラベル # 件は曲線に含めません}}。判定は、最初の data add で取り分けた評価用のラベルつき画像 {evaluation, number} 枚で行い{weighted, select, true {（層別に抽出、重みつき）} other {}}、学習には使いません。",
  },
  "budget/need-missed": {
    en: "First the evaluation: to show at most {allowed, number, ::percent .0#} missed, at 95 %, takes {least, number} pictures of “{class}” even if none of them is missed, and about {planned, number} if {expected, number, ::percent .0##} are. {atHand, plural, =0 {None is} one {# is} other {# are}} at hand.",
    ja: "まず評価です。見逃し {allowed, number, ::percent .0#} 以下を 95 % の確かさで示すには、1 件も見逃さなくても「{class}」が {least, number} 枚、真の見逃しが {expected, number, ::percent .0##} なら約 {planned, number} 枚必要です。手元にあるのは {atHand, number} 枚です。",
  },
  "budget/need-recall": {
    en: "Evaluation: to show it, at 95 %, takes {least, number} pictures of “{class}” even if none goes wrong, and about {planned, number} if {expected, number, ::percent .0##} do. {atHand, plural, =0 {None is} one {# is} other {# are}} at hand.",
    ja: "評価：95 % の確かさで示すには、1 件も誤らなくても「{class}」が {least, number} 枚、真の誤りが {expected, number, ::percent .0##} なら約 {planned, number} 枚必要です。手元にあるのは {atHand, number} 枚です。",
  },
  "budget/need": {
    en: "Evaluation: to show it, at 95 %, takes {least, number} pictures even if none goes wrong, and about {planned, number} if {expected, number, ::percent .0##} do. {atHand, number} are at hand.",
    ja: "評価：95 % の確かさで示すには、1 件も誤らなくても {least, number} 枚、真の誤りが {expected, number, ::percent .0##} なら約 {planned, number} 枚必要です。手元にあるのは {atHand, number} 枚です。",
  },
  "budget/need-rare": {
    en: "“{class}” is {share, number, ::percent .0#} of the pictures: drawn at random, {random, number} labels find as many; {strata, select, none {strata would save nothing here} other {drawn in strata by this classifier, with known weights, about {strata}}}.",
    ja: "「{class}」は全体の {share, number, ::percent .0#} です。無作為に選ぶと {random, number} 件のラベルでこの数が見つかります。{strata, select, none {層別に選んでも減りません} other {この分類器で層に分け、重みをつけて選べば約 {strata} 件です}}。",
  },
  "budget/reached": {
    en: "Reached: the {hand, number} labels at hand err {error, number, ::percent .0}, and {allowed, number, ::percent .0#} are allowed. About {labels, number} would do (90 % interval {low}–{high}), labelled at random. Ask for more, or show it on evaluation labels.",
    ja: "達成済みです。手元のラベル {hand, number} 件での誤りは {error, number, ::percent .0}（許容 {allowed, number, ::percent .0#}）。無作為なラベルなら約 {labels, number} 件で足ります（90 % 区間 {low}～{high}）。目標を上げるか、評価用ラベルで示してください。",
  },
  "budget/forecast": {
    en: "About {labels, number} labels at random to train with (90 % interval {low}–{high}), {times, number, ::.0} times the {hand, number} at hand, which err {error, number, ::percent .0}.",
    ja: "無作為なラベルで約 {labels, number} 件必要です（90 % 区間 {low}～{high}）。手元の {hand, number} 件（誤り {error, number, ::percent .0}）の {times, number, ::.0} 倍です。",
  },
  "budget/guess": {
    en: "A guess, beyond 8 times the {hand, number} labels at hand (which err {error, number, ::percent .0}): about {labels, number} labels at random, 90 % interval {low}–{high}. Label some hundred more and ask again.",
    ja: "手元の {hand, number} 件（誤り {error, number, ::percent .0}）の 8 倍を超えるため推測です：無作為なラベルで約 {labels, number} 件、90 % 区間 {low}～{high}。さらに数百件ラベルを付けてから見直してください。",
  },
  "budget/doubtful": {
    en: "Perhaps never with this representation: as it is most likely to go on, the curve of labels at random flattens at an error of about {floor, number, ::percent .0}, and {allowed, number, ::percent .0#} are allowed. If it is reached at all, not before {low} labels (95 % sure).",
    ja: "この表現では到達できないかもしれません。最もありそうな続き方では、無作為なラベルの学習曲線は誤り約 {floor, number, ::percent .0} で頭打ちになります（許容 {allowed, number, ::percent .0#}）。到達するとしても {low} 件以上です（確かさ 95 %）。",
  },
  "budget/unreachable": {
    en: "Unreachable with this representation: the curve of labels at random flattens at an error of about {floor, number, ::percent .0}, and {allowed, number, ::percent .0#} are allowed. Train it longer, on more pictures or at a larger --size, or allow more.",
    ja: "この表現では到達できません。無作為なラベルの学習曲線は誤り約 {floor, number, ::percent .0} で頭打ちになります（許容 {allowed, number, ::percent .0#}）。学習時間・画像数・--size を増やすか、目標を緩めてください。",
  },
  "budget/more-than-there-is": {
    en: "The shelf has only {unlabelled, plural, one {# picture} other {# pictures}} left to label, fewer than that takes: more pictures are needed.",
    ja: "ラベルのない学習用画像は残り {unlabelled, number} 枚で、必要数に足りません。画像を増やしてください。",
  },
  "budget/over": {
    en: "over {labels, number} (a guess)",
    ja: "{labels, number}超（推測）",
  },
  "budget/beyond": { en: "more than can be said", ja: "上限不明" },
  "budget/ahead": {
    en: "As the curve goes on, with 90 % intervals: {first, number} labels err {firstError, number, ::percent .0} ({firstLow, number, ::percent .0}–{firstHigh, number, ::percent .0}), {second, number} labels {secondError, number, ::percent .0} ({secondLow, number, ::percent .0}–{secondHigh, number, ::percent .0}), {third, number} labels {thirdError, number, ::percent .0} ({thirdLow, number, ::percent .0}–{thirdHigh, number, ::percent .0}).",
    ja: "曲線の続き（かっこ内は 90 % 区間）：{first, number} 件で誤り {firstError, number, ::percent .0}（{firstLow, number, ::percent .0}～{firstHigh, number, ::percent .0}）、{second, number} 件で {secondError, number, ::percent .0}（{secondLow, number, ::percent .0}～{secondHigh, number, ::percent .0}）、{third, number} 件で {thirdError, number, ::percent .0}（{thirdLow, number, ::percent .0}～{thirdHigh, number, ::percent .0}）。",
  },
  "budget/sharper": {
    en: "Much of that interval is what {evaluation, number} evaluation pictures leave open: with {items, number} of them it would be {low}–{high} labels.",
    ja: "区間の広さの多くは評価用の画像が {evaluation, number} 枚しかないためです。{items, number} 枚あれば {low}～{high} 件になります。",
  },
  "budget/check": {
    en: "The forecast checked: fitted without its largest size it said an error of {said, number, ::percent .0} for {labels, number} labels; found was {error, number, ::percent .0}.",
    ja: "予測の検算：最大の点を除いて当てはめると、{labels, number} 件での誤りは {said, number, ::percent .0}。実際は {error, number, ::percent .0} でした。",
  },
  "budget/labels-head": { en: "labels", ja: "ラベル数" },
  "budget/error-head": { en: "error", ja: "誤り" },
  "budget/deviation-head": { en: "± from draw to draw", ja: "± 選び方による差" },
  "budget/for-head": { en: "labels for", ja: "ラベルの用途" },
  "budget/needed-head": { en: "needed", ja: "必要数" },
  "budget/interval-head": { en: "90 % interval", ja: "90 % 区間" },
  "budget/hand-head": { en: "at hand", ja: "手元" },
  "budget/training": { en: "training", ja: "学習" },
  "budget/calibration": { en: "calibration", ja: "較正" },
  "budget/evaluation": { en: "evaluation", ja: "評価" },
  "budget/total": { en: "total", ja: "合計" },
  "budget/subject-head": { en: "on the same labels", ja: "同じラベルで" },
  "budget/head-head": { en: "head", ja: "分類器" },
  "budget/at-hand-head": { en: "error, all labels", ja: "誤り（全ラベル）" },
  "budget/goal-head": { en: "labels for the goal", ja: "目標に必要な数" },
  "budget/subject-representation": { en: "this representation", ja: "この表現" },
  "budget/subject-self-training": {
    en: "… and its own labels for the rest of the shelf",
    ja: "……棚の残りも自分で仮ラベル",
  },
  "budget/subject-untrained": { en: "untrained encoder", ja: "学習前のエンコーダー" },
  "budget/subject-pca": { en: "PCA", ja: "主成分（PCA）" },
  "budget/subject-supervised": {
    en: "trained on these labels alone",
    ja: "このラベルだけで学習",
  },
  "budget/subject-raw-pixels": { en: "raw pixels", ja: "生の画素" },
  "budget/unreachable-short": { en: "unreachable", ja: "到達不能" },
  "budget/headline": {
    en: "With this shelf {labels, number} labels do what takes {other, number} without (90 % interval {low}–{high}; the best without it: {against}).",
    ja: "この棚があれば、ラベル {labels, number} 件で、棚なしの {other, number} 件と同じ精度になります（90 % 区間 {low}～{high}、棚なしで最良：{against}）。",
  },
  "budget/headline-none": {
    en: "This shelf saves no labels here: {other, number} labels do as well or better without it ({against}).",
    ja: "ここでは棚によるラベルの節約はありません：棚なし（{against}）でも、ラベル {other, number} 件で同等以上です。",
  },
  "budget/headline-unsure": {
    en: "Whether this shelf saves labels cannot be told: {labels, number} labels do what takes {other, number} without, but the 90 % interval is {low}–{high} (the best without it: {against}).",
    ja: "棚がラベルを節約するかどうかは判断できません：ラベル {labels, number} 件で棚なしの {other, number} 件と同じですが、90 % 区間は {low}～{high} です（棚なしで最良：{against}）。",
  },
  "budget/bound": {
    en: "Guarantee, if any (an estimate of a bound: CDNV of these labels put into the formula): nearest centre from {shots, number} labels a class errs at most {error, number, ::percent .0}.",
    ja: "理論上の上限（これらのラベルの CDNV を式に入れた推定値）：1 クラス {shots, number} 件からの最近傍クラス中心の誤りは {error, number, ::percent .0} 以下。",
  },
  "budget/bound-vacuous": {
    en: "Guarantee, if any: none. The CDNV bound for {shots, number} labels a class is {error, number, ::.0}, above 1, and says nothing, as it nearly always does for few labels.",
    ja: "理論上の上限：ありません。1 クラス {shots, number} 件での CDNV の上界は {error, number, ::.0} で 1 を超え、何も言えません（ラベルが少ないとほぼ常にそうなります）。",
  },
} as const satisfies Record<`budget/${string}`, Wording>;
