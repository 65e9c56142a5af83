/** Notices of the use cases. */
import type { Wording } from "../language.ts";

export const appNotices = {
  "app/classes-unlabelled": {
    en: "{count, plural, one {# class has} other {# classes have}} pictures set aside but no training label (“{name}”: {items, number}), so no head can name {count, plural, one {it} other {them}}; {total, plural, one {# picture counts} other {# pictures count}} as wrong.",
    ja: "判定用の画像にあって学習用のラベルにないクラスが {count, number} 個あります（「{name}」{items, number} 枚など）。分類器はそれらを答えられないため、{total, number} 枚は誤りとして数えます。",
  },
  "app/classes-with-one-label": {
    en: "{count, plural, one {The class “{name}” has one label (or labels of one group) to train on} other {# classes have one label each (or labels of one group) to train on, “{name}” among them}}: nothing can be promised of {count, plural, one {it} other {them}}.",
    ja: "学習用のラベルが 1 件（または 1 グループ）しかないクラスが {count, number} 個あります（「{name}」など）。これらについては何も約束できません。",
  },
  "app/budget-capped": {
    en: "To keep this short, curves are drawn from {labelled, number} of {ofLabelled, number} labels and {unlabelled, number} of {ofUnlabelled, number} pictures without one, and judged on {judged, number} of {ofJudged, number}, drawn at random; counts below are of all.",
    ja: "時間を抑えるため、曲線は無作為に選んだラベル {labelled, number} / {ofLabelled, number} 件とラベルのない画像 {unlabelled, number} / {ofUnlabelled, number} 枚から描き、{judged, number} / {ofJudged, number} 枚で判定します。以下の件数は全体のものです。",
  },
  "app/label-set-begins": {
    en: "“{labels}” is a new label set of “{dataset}”; the one of that name that there is sorts the pictures of “{other}”. If that was meant, name a representation of “{other}”.",
    ja: "「{labels}」は「{dataset}」の新しいラベル集合になります。同名の既存の集合は「{other}」の画像のものです。そちらのつもりなら「{other}」の表現を指定してください。",
  },
  "app/supervised-left-out": {
    en: "Not compared with training on these labels alone: its {trainings} trainings would take about {minutes, plural, one {# minute} other {# minutes}} here. With --supervised they are done, one by one; what is finished is kept.",
    ja: "このラベルだけでの学習とは比べていません。{trainings, number} 回の学習にこのコンピューターで約 {minutes, number} 分かかるためです。--supervised を付けると順に実行し、終わった分は保存します。",
  },
  "app/supervised-takes": {
    en: "Training on these labels alone, {trainings} times: about {minutes, plural, one {# minute} other {# minutes}}. What is finished is kept if you stop; --no-supervised leaves it out.",
    ja: "このラベルだけでの学習を {trainings, number} 回行います：約 {minutes, number} 分。途中で止めても終わった分は保存されます。--no-supervised で省けます。",
  },
  "app/strata-counted-alike": {
    en: "Pictures that judge “{set}” were drawn in strata; measures count each alike, so their figures are about those pictures, not about all that are set aside. adapt and budget count each for as many as it stands for.",
    ja: "「{set}」を判定する画像は層別に選ばれています。測定では 1 枚ずつ同じ重みで数えるため、数値はそれらの画像だけについてのものです。adapt と budget は代表する枚数で重み付けします。",
  },
  "app/head-not-judged": {
    en: "No picture that was set aside has a label of “{labelSet}”, so this head is not judged. Draw some at random to judge by: tanafuda select {representation} --evaluation -n 200 --labels {labelSet}",
    ja: "判定用に取り分けた画像に「{labelSet}」のラベルがないため、この分類器は評価していません。無作為に選んでラベルを付けてください：tanafuda select {representation} --evaluation -n 200 --labels {labelSet}",
  },
  "app/labels-doubtful": {
    en: "{count, plural, one {# training label of “{set}” looks} other {# training labels of “{set}” look}} doubtful: similar pictures say otherwise. {path} is “{label}”, perhaps “{other}”. All of them: tanafuda data check {dataset} --representation {representation} --csv doubts.csv",
    ja: "「{set}」の学習用ラベル {count, number} 件が、似た画像と食い違っています。{path} は「{label}」ですが、「{other}」かもしれません。一覧：tanafuda data check {dataset} --representation {representation} --csv doubts.csv",
  },
  "app/chosen-labels-train": {
    en: "{count, plural, one {# label of “{set}” was} other {# labels of “{set}” were}} chosen by {strategy}, not drawn: {count, plural, one {it trains} other {they train}}, and promises rest on labels drawn at random. More of those: tanafuda select … --strategy random.",
    ja: "「{set}」のラベル {count, number} 件は {strategy} で選ばれたもので、無作為ではありません。学習には使いますが、約束の根拠には無作為に選んだラベルだけを使います。追加するには：tanafuda select … --strategy random。",
  },
  "app/leaks-left-out": {
    en: "{count, plural, one {# labelled picture of “{set}” has} other {# labelled pictures of “{set}” have}} a copy among the pictures set aside; {count, plural, one {it does} other {they do}} not train, so that the numbers are not flattered.",
    ja: "「{set}」のラベル付き画像 {count, number} 枚は、判定用の画像とほぼ同じものでした。数字が実際より良く見えないよう、学習には使いません。",
  },
  "app/executor-chosen": {
    en: "Computing with {executor}{library, select, none {} other { ({library})}} on {device}, {precision, select, auto {precision as is fastest} other {{precision}}}, {threads, plural, one {# thread} other {# threads}}.",
    ja: "計算：{executor}{library, select, none {} other {（{library}）}}、{device}、精度 {precision, select, auto {自動} other {{precision}}}、{threads, number} スレッド。",
  },
  "app/executor-checks-only": {
    en: "Executor {executor} is the plainest arithmetic, there to check the other executors, and far too slow for more than a few small pictures. Leave --executor out (executor in tanafuda.yaml), and a fast one is taken.",
    ja: "実行器 {executor} は他の実行器を確かめるための最も素朴な計算で、小さな画像が数枚でない限り遅すぎます。--executor（tanafuda.yaml では executor）を外すと速いものを使います。",
  },
  "app/installing": {
    en: "Fetching {wheel} with this machine's pip, over the network …",
    ja: "{wheel} をこのマシンの pip でネットワークから取得しています……",
  },
  "app/nothing-new": {
    en: "Nothing changed since run {run}: its results are taken, and the report is written anew.",
    ja: "実行 {run} から変更がないため、その結果を使って報告書だけを書き直します。",
  },
  "app/report-begun": {
    en: "A first report is there, open it now: {path} (it is rewritten as the work goes on)",
    ja: "最初の報告書ができました。今すぐ開けます：{path}（作業が進むたびに書き直します）",
  },
  "app/training-kept": {
    en: "The same training was done before: {representation} is taken, and nothing is trained.",
    ja: "同じ学習が済んでいるため、{representation} をそのまま使います（学習は行いません）。",
  },
  "app/watched-folder-busy": {
    en: "The workspace is in use by another command; what arrived is added when that has ended.",
    ja: "作業場所を別のコマンドが使用中です。届いた画像は、その終了後に追加します。",
  },
  "app/workspace-begun": {
    en: "Everything is kept in the workspace {path} (in its folder .tanafuda).",
    ja: "作業場所 {path}（その中の .tanafuda フォルダー）にすべて保存します。",
  },
  "app/tuned": {
    en: "Chose algorithms by measuring, once per machine: {shapes, plural, one {# shape} other {# shapes}}, {seconds, number, ::.0} s.",
    ja: "このマシンで速いアルゴリズムを測って選びました（初回のみ）：{shapes, number} 種類、{seconds, number, ::.0} 秒。",
  },
  "app/tuning-begins": {
    en: "Choosing algorithms by measuring, once per machine. This takes some seconds.",
    ja: "このマシンで速いアルゴリズムを測って選んでいます（初回のみ）。数秒かかります。",
  },
  "app/tuning-not-kept": {
    en: "What was measured to be fastest cannot be kept in {file} ({reason}); it is measured again next time.",
    ja: "測って選んだアルゴリズムを {file} に保存できません（{reason}）。次回も測り直します。",
  },
  "app/tuning-remade": {
    en: "{file} cannot be read ({reason}); what is fastest is measured again, and the file is made anew.",
    ja: "{file} を読めません（{reason}）。速いアルゴリズムを測り直し、ファイルを作り直します。",
  },
  "app/path-became-dataset": {
    en: "{path} is now the dataset “{name}”.",
    ja: "{path} をデータセット「{name}」として登録しました。",
  },
  "app/classes-left-out": {
    en: "Label set “{labelSet}”: {count, plural, one {# class has} other {# classes have}} too few pictures to be measured (two to train on and one set aside are needed) and {count, plural, one {is} other {are}} left out, such as “{first}”.",
    ja: "ラベル集合「{labelSet}」：{count, number} クラスは画像が少なく測れないため除きました（学習用 2 枚・評価用 1 枚が必要）。例：「{first}」。",
  },
  "app/label-set-not-measured": {
    en: "Label set “{labelSet}” cannot be measured: {kept, plural, =0 {none of its {classes, plural, one {# class} other {# classes}} has} one {only one of its {classes, plural, one {# class} other {# classes}} has} other {too few of its classes have}} two pictures to train on and one set aside. More labelled pictures would help.",
    ja: "ラベル集合「{labelSet}」は測れません。{classes, number} クラスのうち、学習用 2 枚・評価用 1 枚がそろうものは {kept, number} クラスです（2 クラス以上必要）。ラベルつきの画像を増やしてください。",
  },
  "app/nothing-set-aside": {
    en: "No picture of “{dataset}” is set aside for evaluation, so labels cannot be judged honestly and are not measured. More pictures, or a finer --group, would help.",
    ja: "「{dataset}」には評価用の画像がないため、ラベルによる公正な測定ができません。画像を増やすか、より細かい --group を指定してください。",
  },
  "app/controls-sampled": {
    en: "Raw pixels and PCA are measured on {used, number} of {total, number} training pictures, to save memory.",
    ja: "生の画素と PCA は、メモリ節約のため学習用画像 {total, number} 枚のうち {used, number} 枚で測ります。",
  },
} as const satisfies Record<`app/${string}`, Wording>;
