/** The report's chapters on doubts, resolution, splits, mistakes, cost and groups. */
import type { Wording } from "./language.ts";

export const reportChapters = {
  "report/part-manager": { en: "On one page", ja: "一枚でわかる結果" },
  "report/part-engineer": { en: "For engineers", ja: "技術者向けの詳細" },
  "report/theme": { en: "Colours", ja: "配色" },
  "report/theme-auto": { en: "Auto", ja: "自動" },
  "report/theme-light": { en: "Light", ja: "明" },
  "report/theme-dark": { en: "Dark", ja: "暗" },
  "report/section-errors": { en: "Mistakes, counted", ja: "間違いの数" },
  "report/section-head": {
    en: "What it can do with the labels you have",
    ja: "今あるラベルでできること",
  },
  "report/head-lead": {
    en: "A classifier from the labels of “{labelSet}” is right on {value, number, ::percent .0} of pictures that nothing has seen.",
    ja: "「{labelSet}」のラベルから作った分類器は、見たことのない画像の {value, number, ::percent .0} に正しく答えます。",
  },
  "report/head-labels": {
    en: "{training, number} labels train, {calibration, number} others drawn at random calibrate{all, select, yes {} other { (of {of, number} there are)}}, {evaluation, number} judge ({split}); none has two uses.",
    ja: "学習に {training, number} 件、無作為に選んだ別の {calibration, number} 件で較正{all, select, yes {} other {（全 {of, number} 件のうち）}}、{evaluation, number} 件で判定（{split}）。二つの目的に使うラベルはありません。",
  },
  "report/head-kind": {
    en: "Chosen by cross-validation on the training labels alone: {kind, select, ncc {nearest class centre} ridge {ridge regression} logistic {logistic regression} knn {nearest neighbours} other {{kind}}}{setting, plural, =0 {} other { ({setting, number, ::.####})}}. Always naming the commonest class gives {commonest, number, ::percent .0}.",
    ja: "学習用ラベルだけの交差検証で選ばれた方法：{kind, select, ncc {最近クラス中心} ridge {リッジ回帰} logistic {ロジスティック回帰} knn {近傍法} other {{kind}}}{setting, plural, =0 {} other {（{setting, number, ::.####}）}}。最多クラスだけを答えた場合は {commonest, number, ::percent .0} です。",
  },
  "report/head-sets": {
    en: "Candidate sets hold the true class; promised: {promised, number, ::percent}",
    ja: "候補の中に正解がある割合（約束：{promised, number, ::percent}）",
  },
  "report/head-set-size": {
    en: "A candidate set names {size, number, ::.0} classes on average.",
    ja: "候補は平均 {size, number, ::.0} クラスです。",
  },
  "report/head-given": {
    en: "Answers by itself; the other pictures are left to a person",
    ja: "自動で答える割合（残りは人に任せます）",
  },
  "report/head-wrong": {
    en: "Of those answers, wrong; promised: at most {target, number, ::percent}",
    ja: "そのうち誤り（約束：{target, number, ::percent} 以下）",
  },
  "report/head-unlike": {
    en: "Called unlike anything seen; expected of usual pictures: {alpha, number, ::percent}",
    ja: "「見たことがない」と判定（普通の画像での見込み：{alpha, number, ::percent}）",
  },
  "report/head-kept": { en: "kept", ja: "守られた" },
  "report/head-broken": { en: "not kept", ja: "守られなかった" },
  "report/head-shifted": {
    en: "The candidate sets hold the true class of {found, number, ::percent} only, where {promised, number, ::percent} was promised: the pictures set aside are not like those that have labels (another day, place or lot). Promises hold for pictures like the labelled ones; label some like those to come.",
    ja: "候補に正解があったのは {found, number, ::percent} で、約束の {promised, number, ::percent} に届きません。判定用の画像は、ラベルのある画像と様子が違います（別の日・場所・ロットなど）。約束はラベルのある画像に似たものにだけ成り立ちます。これから扱う画像に似たものにもラベルを付けてください。",
  },
  "report/head-reliability": {
    en: "Does its confidence mean what it says?",
    ja: "確信度はあてになるか",
  },
  "report/head-reliability-how": {
    en: "On the dashed line, what is said with 80% is right 80% of the time; below it, the classifier is too sure. Larger marks stand for more pictures, lines for 95% intervals.",
    ja: "破線上なら「80%」と言ったものの 80% が正解です。破線より下は自信過剰を表します。点の大きさは画像の枚数、縦線は 95% 区間です。",
  },
  "report/head-reliability-axes": {
    en: "Across: stated confidence. Up: share that was right.",
    ja: "横：分類器の確信度、縦：実際の正解率",
  },
  "report/head-coverage": {
    en: "Where candidate sets miss most",
    ja: "候補に正解が入りにくいところ",
  },
  "report/head-coverage-how": {
    en: "The promise of {promised, number, ::percent} is for all pictures together; a class, a day or a lot may lie below it.",
    ja: "{promised, number, ::percent} の約束は全画像についてのもので、クラス・日・ロットによっては下回ることがあります。",
  },
  "report/head-confusions": { en: "What it takes for what", ja: "何を何と間違えるか" },
  "report/head-command": {
    en: "The same classifier, to keep and to use: tanafuda adapt @last --labels {labelSet}, then tanafuda predict.",
    ja: "この分類器を保存して使うには：tanafuda adapt @last --labels {labelSet}、続けて tanafuda predict。",
  },
  "report/section-curve": { en: "How many labels", ja: "ラベルは何枚必要か" },
  "report/curve-lead": {
    en: "{training, number} labels of “{labelSet}” leave an error of {error, number, ::percent .0}.",
    ja: "「{labelSet}」のラベル {training, number} 件での誤りは {error, number, ::percent .0} です。",
  },
  "report/curve-how": {
    en: "The line: ten random orders of those labels, a classifier on the first few of each, judged on {judged, number} pictures set aside. Dashed: how it goes on, within its 90 % band. It holds for labels of pictures drawn at random.",
    ja: "実線：そのラベルを無作為な順に 10 回並べ、先頭の数件だけで作った分類器を、評価用の {judged, number} 枚で測ったもの。破線：その先の予測と 90 % の幅。無作為に選んだ画像のラベルについての話です。",
  },
  "report/curve-axes": {
    en: "Across: labels, on a logarithmic scale. Up: share that goes wrong; upright lines run from the least to the most of the draws. Dotted: what the goals below allow.",
    ja: "横軸：ラベル数（対数目盛）。縦軸：誤りの割合（縦線は抽出ごとの最小から最大まで）。点線：下の目標が許す誤り。",
  },
  "report/curve-goal": { en: "goal", ja: "目標" },
  "report/curve-labels": { en: "labels, 90 % interval", ja: "必要なラベル数（90 % 区間）" },
  "report/curve-target": {
    en: "{target, number, percent} right",
    ja: "正解率 {target, number, percent}",
  },
  "report/curve-reached": {
    en: "about {labels, number}: there already",
    ja: "約 {labels, number} 件（すでに達成）",
  },
  "report/curve-forecast": {
    en: "about {labels, number} ({low, number}{open, select, yes { or more} other {–{high, number}}})",
    ja: "約 {labels, number} 件（{low, number}{open, select, yes {以上} other {～{high, number}}}）",
  },
  "report/curve-guess": {
    en: "over {hand, number}, a guess ({low, number}{open, select, yes { or more} other {–{high, number}}})",
    ja: "{hand, number} 件超、推測（{low, number}{open, select, yes {以上} other {～{high, number}}}）",
  },
  "report/curve-doubtful": {
    en: "doubtful that labels alone get there (not below {low, number})",
    ja: "ラベルだけで届くかは疑わしい（少なくとも {low, number} 件）",
  },
  "report/curve-unreachable": {
    en: "unreachable with this representation: train longer, larger, or on more pictures",
    ja: "この表現では到達できません。学習時間・画像サイズ・画像数を増やしてください",
  },
  "report/curve-check": {
    en: "Checked: without its largest size the curve said {said, number, ::percent .0} there; found was {error, number, ::percent .0}.",
    ja: "検算：最大の点を除いて予測すると {said, number, ::percent .0}、実際は {error, number, ::percent .0} でした。",
  },
  "report/curve-command": {
    en: "With a goal of your own, beside what the same labels do without this shelf: tanafuda budget @last --labels {labelSet} --target 0.95",
    ja: "目標を指定し、棚を使わない場合とも比べるには：tanafuda budget @last --labels {labelSet} --target 0.95",
  },
  "report/section-labelling": { en: "Which to label", ja: "どれにラベルを付けるか" },
  "report/labelling-lead": {
    en: "These {count, plural, =1 {picture} other {# pictures}} cover {share, number, percent} of the shelf: label them first (“{labelSet}”).",
    ja: "次の {count, number} 枚で棚の {share, number, percent} を代表できます。まずこれらにラベルを付けてください（「{labelSet}」）。",
  },
  "report/labelling-how": {
    en: "Chosen one after another so that as much of the shelf as possible has a labelled picture like it. {labelled, plural, =0 {Nothing is labelled yet.} other {The # that are labelled cover {before, number, percent}.}}",
    ja: "棚のできるだけ広い範囲が「似たラベルつき画像」を持つように、1 枚ずつ選びました。{labelled, plural, =0 {まだラベルはありません。} other {すでにラベルのある # 枚で {before, number, percent} を代表しています。}}",
  },
  "report/labelling-judge": {
    en: "Label these {count, plural, =1 {picture} other {# pictures}} next (“{labelSet}”): they say how good it really is.",
    ja: "次はこの {count, number} 枚にラベルを付けてください（「{labelSet}」）。本当の実力を測るためのものです。",
  },
  "report/labelling-judge-why": {
    en: "Drawn at random from the pictures set aside, which nothing trains or selects on. {labelled, plural, =0 {None of those has a label yet, so nothing can be judged.} other {# of those are labelled, too few for a narrow interval.}}",
    ja: "学習にも選定にも使わない評価用の画像から、無作為に選びました。{labelled, plural, =0 {評価用のラベルがまだないため、何も判定できません。} other {評価用のラベルは # 枚で、区間を狭めるには足りません。}}",
  },
  "report/labelling-labels": {
    en: "{count, plural, =1 {# label} other {# labels}}",
    ja: "ラベル {count, number} 枚",
  },
  "report/labelling-share": {
    en: "{share, number, percent} of the shelf",
    ja: "棚の {share, number, percent}",
  },
  "report/labelling-open": {
    en: "Open the page on which to label them (keys or taps, no server)",
    ja: "ラベル付けのページを開く（キーまたはタップ、サーバー不要）",
  },
  "report/labelling-command": {
    en: "What the page saves is read by: tanafuda data labels {dataset} {saves}. Then run the pilot again: what is finished is kept.",
    ja: "ページが保存する一覧の取り込み：tanafuda data labels {dataset} {saves}。続けて pilot をもう一度実行してください（済んだ段階はそのまま使います）。",
  },
  "report/section-splits": { en: "On a new day, lot or camera", ja: "別の日・ロット・カメラでは" },
  "report/section-clusters": {
    en: "Groups found without labels",
    ja: "ラベルなしで見つかったまとまり",
  },
  "report/section-cost": { en: "What it means a day", ja: "一日あたりにすると" },
  "report/warnings": { en: "Before you rely on it", ja: "頼る前に知っておくこと" },
  "report/means": { en: "What it means", ja: "わかったこと" },
  "report/next-step": { en: "Next step", ja: "次の一手" },
  "report/would-change": { en: "What would change this verdict", ja: "この判定が変わる条件" },
  "report/hours": {
    en: "{low, number, ::.##}–{high, number, ::.##} person-hours",
    ja: "人の作業 {low, number, ::.##}～{high, number, ::.##} 時間",
  },
  "report/see": { en: "See", ja: "見る" },
  "report/no-pictures": {
    en: "This copy holds no pictures, no file names and no places. Names of the dataset and of classes remain: look at them before you hand it on.",
    ja: "この写しには画像・ファイル名・保存場所が入っていません。データセットと種類の名前は残っています。社外に渡す前に確認してください。",
  },
  "report/left-out-here": {
    en: "Left out of this copy.",
    ja: "この写しでは省いています。",
  },
  "report/left-out-for-size": {
    en: "Pictures were left out to keep this file under {megabytes, number} MB.",
    ja: "ファイルを {megabytes, number} MB 以下に保つため、画像を省いています。",
  },

  "report/doubtful": { en: "Worth a look before training", ja: "学習の前に見ておきたいもの" },
  "report/nothing-doubtful": {
    en: "A look at every picture found nothing doubtful.",
    ja: "全画像を点検しましたが、疑わしいものはありませんでした。",
  },
  "report/doubtful-warning": {
    en: "A look at every picture found {count, plural, one {# place} other {# places}} to check: copies, leaks between training and evaluation, blank or blurred pictures, classes on one day only and the like. See “The data”.",
    ja: "全画像の点検で、確認したい点が {count, number} 件見つかりました（ほぼ同じ画像、学習用と評価用の重なり、無地やぼけ、特定の日だけのクラスなど）。「データ」の節を見てください。",
  },
  "report/guessed-warning": {
    en: "Similar pictures contradict {count, plural, one {# label} other {# labels}}. That is a guess, and most of these labels may well be right: look from the top of the list. See “The data”.",
    ja: "似た画像と食い違うラベルが {count, number} 件あります。これは推測で、多くは正しいラベルかもしれません。一覧の上から確かめてください。「データ」の節を見てください。",
  },

  "report/seen-kept": { en: "as kept, {side, number} px", ja: "保存（{side, number} 画素）" },
  "report/seen-given": {
    en: "what the model is given, {side, number} px",
    ja: "モデルが見る画像（{side, number} 画素）",
  },
  "report/seen-views": { en: "two altered views", ja: "加工した二つの見え方" },
  "report/resolution-title": { en: "Are there enough pixels?", ja: "解像度は足りているか" },
  "report/resolution-how": {
    en: "Measured before training, without a network: {items, plural, one {# picture} other {# pictures}} of “{labelSet}” were shrunk to each size, described by edges and colours in a 4 × 4 grid, and told apart by linear discriminants, each picture by a rule that had not seen it. Balanced accuracy:",
    ja: "学習前に、ネットワークを使わずに測りました。「{labelSet}」の {items, number} 枚を各サイズに縮め、4×4 の升目ごとの輪郭と色で表し、線形判別で見分けています（各画像は、それを見ていない規則で判定）。均衡正解率：",
  },
  "report/resolution-working": { en: "what the model is given", ja: "モデルが見るサイズ" },
  "report/resolution-fine": {
    en: "Larger pictures would not clearly help: {working, number} px tells “{labelSet}” apart about as well as {largest, number} px.",
    ja: "画像を大きくしても、はっきりした効果は見込めません。「{labelSet}」は {working, number} 画素でも {largest, number} 画素とほぼ同じだけ見分けられます。",
  },
  "report/resolution-better": {
    en: "More pixels would help: “{labelSet}” is told apart better at {better, number} px than at the {working, number} px that the model is given.",
    ja: "解像度を上げる価値があります。「{labelSet}」は、モデルが見ている {working, number} 画素より {better, number} 画素のほうがよく見分けられます。",
  },
  "report/pair-enough": {
    en: "“{a}” and “{b}” cannot be told apart at {working, number} px: {value, number, ::percent} (guessing gives 50%). At {side, number} px they can: {enough, number, ::percent}.",
    ja: "「{a}」と「{b}」は {working, number} 画素では見分けられません（正解率 {value, number, ::percent}、当てずっぽうで 50%）。{side, number} 画素なら見分けられます（{enough, number, ::percent}）。",
  },
  "report/pair-never": {
    en: "“{a}” and “{b}” cannot be told apart at {working, number} px ({value, number, ::percent}; guessing gives 50%), nor at any size tried.",
    ja: "「{a}」と「{b}」は {working, number} 画素では見分けられず（正解率 {value, number, ::percent}、当てずっぽうで 50%）、試したどのサイズでも同じでした。",
  },
  "report/resolution-cure": {
    en: "To give the model more pixels: {command}",
    ja: "モデルに渡す画像を大きくするには：{command}",
  },

  "report/errors-lead": {
    en: "Each of {of, plural, one {# picture} other {# pictures}} that training never saw was given the class whose centre is nearest. {count, plural, =0 {None was wrong.} one {# was wrong.} other {# were wrong.}}",
    ja: "学習に使っていない {of, number} 枚を、それぞれ一番近いクラス中心の種類として判定しました。間違いは {count, number} 枚です。",
  },
  "report/missed-of": {
    en: "{count, number} of {of, plural, one {# defect} other {# defects}} missed",
    ja: "欠陥 {of, number} 件中 {count, number} 件を見逃し",
  },
  "report/alarms-of": {
    en: "{count, number} of {of, plural, one {# good one} other {# good ones}} stopped",
    ja: "良品 {of, number} 件中 {count, number} 件を過検出",
  },
  "report/wrong-of": {
    en: "{count, number} of {of, plural, one {# picture} other {# pictures}} sorted wrongly",
    ja: "{of, number} 枚中 {count, number} 枚を取り違え",
  },
  "report/count-of": {
    en: "{count, number} of {of, number}",
    ja: "{of, number} 件中 {count, number} 件",
  },
  "report/plausible": {
    en: "plausibly {low, number, ::percent .0} to {high, number, ::percent .0}",
    ja: "本当の割合はおよそ {low, number, ::percent .0}～{high, number, ::percent .0}",
  },
  "report/by-class": { en: "By class", ja: "種類ごと" },
  "report/taken-for": {
    en: "“{truth}” taken for “{answer}”",
    ja: "「{truth}」を「{answer}」と判定",
  },
  "report/class": { en: "Class", ja: "種類" },
  "report/wrong": { en: "Wrong", ja: "間違い" },
  "report/share": { en: "Share, 95% interval", ja: "割合（95% 区間）" },

  "report/splits-lead": {
    en: "If pictures of one day stand on both sides of a split, a head can recognise the day instead of the thing. So “{labelSet}” was judged twice on the same pictures: with parts dealt at random, and with whole days, lots or cameras left out. The second figure is what to expect of a new one.",
    ja: "同じ日の画像が学習側と判定側の両方にあると、物ではなく「その日らしさ」で当てられてしまいます。そこで「{labelSet}」を同じ画像で二通りに判定しました。無作為に分けた場合と、日・ロット・カメラを丸ごと除いた場合です。新しい日やロットで期待できるのは後者です。",
  },
  "report/split-row": {
    en: "{facet, select, day {By day} lot {By lot} line {By line} camera {By camera} inspector {By inspector} other {By “{facet}”}}",
    ja: "{facet, select, day {日別} lot {ロット別} line {ライン別} camera {カメラ別} inspector {判定者別} other {「{facet}」別}}",
  },
  "report/split-random": { en: "Random split", ja: "無作為に分割" },
  "report/split-head-knn": { en: "5 nearest neighbours", ja: "5 近傍法" },
  "report/split-head-ncc": { en: "Nearest class centre", ja: "クラス中心" },
  "report/split-counts": {
    en: "{items, number} pictures, {values, number} values{unjudged, plural, =0 {} other {; # pictures of classes that occur in one of them only could not be judged}}",
    ja: "{items, number} 枚、{values, number} 通り{unjudged, plural, =0 {} other {。一か所にしかない種類の # 枚は判定できません}}",
  },
  "report/split-worst": {
    en: "Worst: {value}, {right, number} of {of, number} right",
    ja: "最も低い：{value}（{of, number} 枚中 {right, number} 枚正解）",
  },
  "report/split-drop": {
    en: "{facet, select, day {On a day} lot {On a lot} line {On a line} camera {On a camera} inspector {With an inspector} other {On a “{facet}”}} it has not seen: {apart, number, ::percent}, not the {random, number, ::percent} of a random split.",
    ja: "見たことのない{facet, select, day {日} lot {ロット} line {ライン} camera {カメラ} inspector {判定者} other {「{facet}」}}では {apart, number, ::percent}。無作為に分けたときの {random, number, ::percent} は期待できません。",
  },
  "report/split-holds": {
    en: "{facet, select, day {On a day} lot {On a lot} line {On a line} camera {On a camera} inspector {With an inspector} other {On a “{facet}”}} it has not seen it holds: {apart, number, ::percent}, against {random, number, ::percent} of a random split.",
    ja: "見たことのない{facet, select, day {日} lot {ロット} line {ライン} camera {カメラ} inspector {判定者} other {「{facet}」}}でも {apart, number, ::percent} を保ちます（無作為に分けた場合 {random, number, ::percent}）。",
  },

  "report/cost-lead": {
    en: "At {volume, number} pictures a day, from the counted mistakes. Ranges carry the 95% intervals of the counts through.",
    ja: "一日 {volume, number} 枚の場合を、数えた間違いから計算しました。幅は数の 95% 区間をそのまま反映しています。",
  },
  "report/cost-wrong": { en: "sorted wrongly a day", ja: "件／日の取り違え" },
  "report/cost-missed": { en: "defects missed a day", ja: "件／日の見逃し" },
  "report/cost-alarms": { en: "good ones stopped a day", ja: "件／日の過検出" },
  "report/cost-yen": { en: "yen a day", ja: "円／日" },
  "report/cost-share": {
    en: "Assumes {share, number, ::percent .0} defects, as among the labelled pictures. If your line has fewer, there are fewer to miss and more good ones to stop.",
    ja: "欠陥の割合を、ラベル付き画像と同じ {share, number, ::percent .0} と仮定しています。実際の割合が低ければ、見逃しは減り、過検出は増えます。",
  },
  "report/cost-without": {
    en: "If every defect passed it would be {yen, number} yen a day.",
    ja: "欠陥をすべて通した場合は一日 {yen, number} 円です。",
  },
  "report/cost-break-even": {
    en: "It pays while one missed defect costs more than {ratio, number, ::.0} false alarms.",
    ja: "見逃し 1 件の損失が過検出 {ratio, number, ::.0} 件分より大きければ、採算が合います。",
  },
  "report/cost-given": {
    en: "As you said: {miss, number} yen for a missed defect, {alarm, number} yen for a false alarm.",
    ja: "ご指定の単価：見逃し 1 件 {miss, number} 円、過検出 1 件 {alarm, number} 円。",
  },

  "report/clusters-lead": {
    en: "{count, number} groups of pictures that look alike to the {encoder, select, untrained {untrained} other {trained}} network, without any label. Look at a card and give it a name: names stay in this browser, and the list below turns them into labels.",
    ja: "{encoder, select, untrained {学習前} other {学習後}}のネットワークにとって似ている画像を、ラベルを使わずに {count, number} のまとまりに分けました。見て名前を付けてください。名前はこのブラウザーに残り、下の一覧でラベルになります。",
  },
  "report/clusters-rule": {
    en: "{items, number} pictures by k-means on the representation. Number of groups: the square root of half the pictures, at most 12, so that a person can name them in a few minutes.",
    ja: "{items, number} 枚を表現の上で k-means で分けました。数は「枚数の半分の平方根、最大 12」。数分で名前を付けられる数にしています。",
  },
  "report/group": { en: "Group {number, number}", ja: "まとまり {number, number}" },
  "report/group-name": {
    en: "Name of group {number, number}",
    ja: "まとまり {number, number} の名前",
  },
  "report/group-placeholder": { en: "give it a name", ja: "名前を付ける" },
  "report/group-size": {
    en: "{count, plural, one {# picture} other {# pictures}}",
    ja: "{count, number} 枚",
  },
  "report/typical": { en: "Typical", ja: "典型" },
  "report/odd": { en: "Odd", ja: "変わり種" },
  "report/least-alike": { en: "Most different", ja: "最も違う二枚" },
  "report/group-labels": {
    en: "Mostly {labels} ({of, number} labelled)",
    ja: "主に {labels}（ラベル付き {of, number} 枚）",
  },
  "report/group-nearest": {
    en: "Most like group {number, number}",
    ja: "まとまり {number, number} に近い",
  },
  "report/group-tight": {
    en: "{kind, select, tight {Tight} loose {Loose} other {Ordinary}}",
    ja: "{kind, select, tight {まとまりが強い} loose {ばらつきが大きい} other {ふつう}}",
  },
  "report/groups-download": {
    en: "Download names as a list (CSV)",
    ja: "名前を一覧（CSV）で保存",
  },
  "report/groups-use": {
    en: "With names given, the list turns into labels: tanafuda data labels {dataset} groups.csv --set groups",
    ja: "名前を付けた一覧はラベルになります：tanafuda data labels {dataset} groups.csv --set groups",
  },
  "report/groups-found": { en: "groups found", ja: "見つかったまとまり" },
  "report/map-untrained": {
    en: "As an untrained network sees them; after training it is drawn anew.",
    ja: "学習前のネットワークから見た並びです。学習後に描き直します。",
  },
} as const satisfies Record<`report/${string}`, Wording>;
