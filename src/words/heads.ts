/** What is said of heads: what they can do with the labels there are, and what is promised of them. */
import type { Wording } from "./language.ts";

export const heads = {
  "head/kind": {
    en: "{kind, select, ncc {nearest class centre} ridge {ridge regression} logistic {logistic regression} knn {nearest neighbours} other {{kind}}}{setting, plural, =0 {} other { ({kind, select, knn {k} other {penalty}} {setting, number, ::.####})}}",
    ja: "{kind, select, ncc {最近クラス中心} ridge {リッジ回帰} logistic {ロジスティック回帰} knn {近傍法} other {{kind}}}{setting, plural, =0 {} other {（{kind, select, knn {k} other {罰則}} {setting, number, ::.####}）}}",
  },
  "head/made": {
    en: "{head}: {kind}, names {classes, plural, one {# class} other {# classes}} of “{labelSet}”.",
    ja: "{head}：{kind}。「{labelSet}」の {classes, number} クラスを答えます。",
  },
  "head/labels": {
    en: "Labels, each used for one thing: {training, number} to train, {calibration, number} drawn at random to calibrate, {evaluation, number} to judge ({split}, frozen when the dataset was first added).",
    ja: "ラベルの使い分け（二度使うことはありません）：学習 {training, number} 件、較正（無作為）{calibration, number} 件、判定 {evaluation, number} 件（{split}、データセットの最初の登録時に固定）。",
  },
  "head/disagreements": {
    en: "People disagree on {count, plural, one {# picture} other {# pictures}}; the newest answer counts.",
    ja: "人によって答えが違う画像が {count, number} 枚あります（新しい答えを使います）。",
  },
  "head/tried": {
    en: "By cross-validation on the training labels alone",
    ja: "学習用ラベルだけの交差検証",
  },
  "head/tried-none": {
    en: "Too few training labels for cross-validation, so the simplest head was taken.",
    ja: "学習用ラベルが少なく交差検証ができないため、最も単純な分類器を使いました。",
  },
  "head/fine-tuned": {
    en: "Fine-tuning ({scope, select, last {the last block} other {all blocks}}, {epochs, plural, one {# epoch} other {# epochs}}) is better by cross-validation: accuracy {accuracy, number, ::percent .0} instead of {frozenAccuracy, number, ::percent .0}, balanced {balanced, number, ::percent .0} instead of {frozenBalanced, number, ::percent .0}. The encoder is kept as {representation}, and the head works on it.",
    ja: "エンコーダーの調整（{scope, select, last {最後のブロック} other {全ブロック}}、{epochs, number} 周）は交差検証で良くなりました：正解率 {frozenAccuracy, number, ::percent .0} → {accuracy, number, ::percent .0}、均衡正解率 {frozenBalanced, number, ::percent .0} → {balanced, number, ::percent .0}。調整後のエンコーダーを {representation} として保存し、分類器はその上で動きます。",
  },
  "head/fine-tune-no-better": {
    en: "Fine-tuning ({scope, select, last {the last block} other {all blocks}}) is no better by cross-validation: accuracy {accuracy, number, ::percent .0} against {frozenAccuracy, number, ::percent .0}, balanced {balanced, number, ::percent .0} against {frozenBalanced, number, ::percent .0}. The encoder stays as it is.",
    ja: "エンコーダーの調整（{scope, select, last {最後のブロック} other {全ブロック}}）は交差検証で良くなりませんでした：正解率 {accuracy, number, ::percent .0}（調整なし {frozenAccuracy, number, ::percent .0}）、均衡正解率 {balanced, number, ::percent .0}（調整なし {frozenBalanced, number, ::percent .0}）。エンコーダーは元のままです。",
  },
  "head/fine-tune-untried": {
    en: "Too few labels to cross-validate fine-tuning ({scope, select, last {the last block} other {all blocks}}), so nothing could be told of it. The encoder stays as it is.",
    ja: "ラベルが少なく、エンコーダーの調整（{scope, select, last {最後のブロック} other {全ブロック}}）の良し悪しを交差検証で確かめられません。エンコーダーは元のままです。",
  },
  "head/head": { en: "head", ja: "分類器" },
  "head/loss": { en: "cross-entropy", ja: "交差エントロピー" },
  "head/chosen": { en: "chosen", ja: "採用" },
  "head/on-split": {
    en: "On {split}, {items, plural, one {# picture} other {# pictures}}",
    ja: "{split} の {items, number} 枚で",
  },
  "head/in-strata": {
    en: "They were drawn in strata: each counts for as many as it stands for, {items, plural, one {# picture} other {# pictures}} for {standFor, number, ::.}. Counts below are of those, intervals of as many as they tell.",
    ja: "判定用の画像は層別に選ばれているため、それぞれが代表する枚数で重み付けしています（{items, number} 枚で {standFor, number, ::.} 枚分）。以下の枚数は代表する枚数、区間は実質的な枚数によるものです。",
  },
  "head/commonest": { en: "always the commonest class", ja: "最多クラスだけを答えた場合" },
  "head/calibration-error": {
    en: "calibration error (ECE)",
    ja: "確率のずれ（ECE）",
  },
  "head/coverage": {
    en: "candidate sets hold the true class (promised: {promised, number, ::percent .#})",
    ja: "候補の中に正解がある割合（約束：{promised, number, ::percent .#}）",
  },
  "head/coverage-class": {
    en: "candidate sets hold the true class (promised for each class: {promised, number, ::percent .#})",
    ja: "候補の中に正解がある割合（クラスごとの約束：{promised, number, ::percent .#}）",
  },
  "head/set-size": {
    en: "classes in a candidate set, on average",
    ja: "候補のクラス数（平均）",
  },
  "head/answered": {
    en: "answers given (the others are left to a person)",
    ja: "答えた割合（残りは人に任せます）",
  },
  "head/answered-wrong": {
    en: "of those, wrong (promised: at most {target, number, ::percent .#})",
    ja: "そのうち誤り（約束：{target, number, ::percent .#} 以下）",
  },
  "head/unlike": {
    en: "called unlike anything seen (about {alpha, number, ::percent .#} of usual pictures are)",
    ja: "「見たことがない」と判定（普通の画像でも約 {alpha, number, ::percent .#}）",
  },
  "head/missed": { en: "“{class}” missed", ja: "「{class}」の見逃し" },
  "head/false-alarms": { en: "false alarms of “{class}”", ja: "「{class}」の誤警報" },
  "head/alarm": {
    en: "Alarm for “{class}” {never, select, yes {never: raising it costs more than missing} other {from a probability of {threshold, number, ::.###} on}}; expected costs of a picture {cost, number, ::.###} (never an alarm: {costNever, number, ::.###}, always: {costAlways, number, ::.###}).",
    ja: "「{class}」の警報：{never, select, yes {出しません（見逃すより警報のほうが高くつきます）} other {確率 {threshold, number, ::.###} 以上で出します}}。1 枚あたりの期待費用 {cost, number, ::.###}（警報なし {costNever, number, ::.###}、常に警報 {costAlways, number, ::.###}）。",
  },
  "head/no-sets": { en: "No candidate sets: {why}", ja: "候補の集合は出せません：{why}" },
  "head/no-abstention": {
    en: "No bound on wrong answers: {why}",
    ja: "誤りの上限は約束できません：{why}",
  },
  "head/no-novelty": {
    en: "“Unlike anything seen” is not told: {why}",
    ja: "「見たことがない」の判定はできません：{why}",
  },
  "head/no-alarm": { en: "No alarm threshold: {why}", ja: "警報のしきい値は決められません：{why}" },
  "head/class": { en: "class", ja: "クラス" },
  "head/pictures": { en: "pictures", ja: "枚数" },
  "head/found": { en: "found", ja: "正しく答えた" },
  "head/covered": { en: "in the candidate set", ja: "候補にある" },
  "head/classes-more": {
    en: "The {shown, number} classes that are found least; all {total, number} are in the output of --json.",
    ja: "正しく答えられない順に {shown, number} クラス。全 {total, number} クラスは --json の出力にあります。",
  },
  "head/taken-for": {
    en: "“{class}” taken for “{as}”: {count, number} of {of, number}, such as {path}",
    ja: "「{class}」を「{as}」と誤り：{of, number} 枚中 {count, number} 枚（{path} など）",
  },
  "head/verdict-judged": {
    en: "Of pictures it has never seen it names {accuracy, number, ::percent .#} right (95 % interval {low, number, ::percent .#} to {high, number, ::percent .#}); always naming the commonest class gives {commonest, number, ::percent .#}.",
    ja: "見たことのない画像の {accuracy, number, ::percent .#}（95 % 区間 {low, number, ::percent .#}～{high, number, ::percent .#}）に正しく答えます。最多クラスだけを答えると {commonest, number, ::percent .#} です。",
  },
  "head/verdict-useless": {
    en: "It is no better than always naming the commonest class ({accuracy, number, ::percent .#} against {commonest, number, ::percent .#}): do not rely on it. More labels, or a better representation, are needed.",
    ja: "最多クラスだけを答えるのと変わりません（{accuracy, number, ::percent .#} に対し {commonest, number, ::percent .#}）。頼らないでください。ラベルを増やすか、より良い表現が必要です。",
  },
  "head/verdict-answers": {
    en: "Where it is sure enough it answers by itself, {answered, number, ::percent} of pictures, and at most {target, number, ::percent .#} of those answers are wrong, with {confidence, number, ::percent} certainty.",
    ja: "十分に確かな {answered, number, ::percent} の画像には自動で答え、その誤りは {target, number, ::percent .#} 以下です（確からしさ {confidence, number, ::percent}）。",
  },
  "head/verdict-shifted": {
    en: "Candidate sets hold the true class of {found, number, ::percent .#} only, not of the {promised, number, ::percent .#} promised: the pictures set aside are not like those with labels (another day, place or lot?). Promises hold for pictures like the labelled ones: label some like those to come.",
    ja: "候補に正解があったのは {found, number, ::percent .#} で、約束の {promised, number, ::percent .#} に届きません。判定用の画像は、ラベルのある画像と様子が違います（別の日・場所・ロットなど）。約束はラベルのある画像に似たものにだけ成り立つため、これから扱う画像に似たものにもラベルを付けてください。",
  },
  "head/verdict-silent": {
    en: "At no confidence can it be shown that at most {target, number, ::percent .#} of the answers are wrong, so every answer is for a person to check.",
    ja: "どの確信度でも「誤りは {target, number, ::percent .#} 以下」とは示せないため、すべての答えを人が確認してください。",
  },
  "head/verdict-unjudged": {
    en: "How good it is cannot be said: no picture that was set aside has a label.",
    ja: "判定用の画像にラベルがないため、どれほど使えるかは分かりません。",
  },
  "head/predicted": {
    en: "{predicted, plural, one {# picture} other {# pictures}} predicted{withheld, plural, =0 {} other {, # of them for a person to decide}}{unlike, plural, =0 {} other {, # unlike anything seen}}{alarms, plural, =0 {} one {, # alarm} other {, # alarms}}{unread, plural, =0 {} one {; # file could not be read} other {; # files could not be read}}.",
    ja: "{predicted, number} 枚を判定しました{withheld, plural, =0 {} other {（人の確認が必要 # 枚）}}{unlike, plural, =0 {} other {（見たことがない # 枚）}}{alarms, plural, =0 {} other {（警報 # 件）}}{unread, plural, =0 {} other {。読めないファイル # 件}}。",
  },
  "head/list": { en: "List: {path}", ja: "一覧：{path}" },
  "head/watching": {
    en: "Watching {path} for new pictures; Ctrl-C ends it.",
    ja: "{path} に届く画像を見張っています。Ctrl-C で終了します。",
  },
  "head/training-labels": { en: "labels", ja: "ラベル" },
  "head/accuracy-short": { en: "right on unseen pictures", ja: "未見の画像の正解率" },
} as const satisfies Record<`head/${string}`, Wording>;
