/** Problems of the use cases: what was asked of the whole system. */
import type { Wording } from "../language.ts";

export const appProblems = {
  "app/all-pictures-equal": {
    en: "All {pictures, number} training pictures of “{dataset}” look the same, so there is nothing to tell apart. Check the folder, or remove the copies and add it again.",
    ja: "「{dataset}」の学習用画像 {pictures, number} 枚がすべて同じに見えるため、区別するものがありません。フォルダーを確認するか、重複を除いて取り込み直してください。",
  },
  "app/class-unknown": {
    en: "“{labelSet}” has no class “{name}”.{nearest, select, none {} other { Did you mean “{nearest}”?}} It has: {known}.",
    ja: "「{labelSet}」に「{name}」というクラスはありません。{nearest, select, none {} other {もしかして：「{nearest}」。}}あるもの：{known}。",
  },
  "app/defect-missing": {
    en: "Costs need the class that must not be missed: name it with --defect CLASS. “{labelSet}” has: {known}.",
    ja: "費用を指定するときは、見逃してはならないクラスも --defect クラス名 で指定してください。「{labelSet}」のクラス：{known}。",
  },
  "app/encoder-changed": {
    en: "The encoder of {representation} is not the one that the head {head} was fitted on: its weights have changed since, and the head's answers would mean nothing. Fit a new head: tanafuda adapt {representation} --labels SET",
    ja: "{representation} のエンコーダーは、分類器 {head} を作ったときのものと重みが違うため、正しい答えは得られません。分類器を作り直してください：tanafuda adapt {representation} --labels ラベル集合",
  },
  "app/head-kind-unknown": {
    en: "There is no kind of head “{name}”.{nearest, select, none {} other { Did you mean {nearest}?}} Known: {known}.",
    ja: "「{name}」という種類の分類器はありません。{nearest, select, none {} other {もしかして：{nearest}。}}使えるもの：{known}。",
  },
  "app/head-without-encoder": {
    en: "The head {head} was fitted on the features of {representation}, which is not in this workspace, so pictures cannot be put to it. Bring that representation back, or fit a head on one that is here: tanafuda data list",
    ja: "分類器 {head} は {representation} の特徴量で作られましたが、その表現はこの作業場所にないため、画像を判定できません。その表現を戻すか、ここにある表現で作り直してください：tanafuda data list",
  },
  "app/label-set-elsewhere": {
    en: "The label set “{name}” belongs to the dataset “{other}”, but this representation was trained on “{dataset}”. Name a representation of “{other}”, or attach labels to “{dataset}”: tanafuda data labels {dataset} LIST",
    ja: "ラベル集合「{name}」はデータセット「{other}」のものですが、この表現は「{dataset}」で学習されました。「{other}」の表現を指定するか、「{dataset}」にラベルを付けてください：tanafuda data labels {dataset} 一覧",
  },
  "app/list-exists": {
    en: "{path} exists already. Name another file with --out, or replace it with --overwrite.",
    ja: "{path} はすでにあります。--out で別のファイルを指定するか、--overwrite で置き換えてください。",
  },
  "app/no-training-labels": {
    en: "“{labelSet}” names no class of any training picture of “{dataset}”{evaluation, plural, =0 {} one { (# label is of a picture set aside, which never trains)} other { (# labels are of pictures set aside, which never train)}}. Choose which to label: tanafuda select {representation} --labels {labelSet}",
    ja: "「{labelSet}」には「{dataset}」の学習用画像のラベルがありません{evaluation, plural, =0 {} other {（判定用に取り分けた画像のラベルは # 件ありますが、学習には使いません）}}。ラベルを付ける画像を選んでください：tanafuda select {representation} --labels {labelSet}",
  },
  "app/nothing-to-predict": {
    en: "Name pictures or folders to predict, or a folder to watch, such as: tanafuda predict {head} ./new-photos",
    ja: "判定する画像かフォルダー、または見張るフォルダーを指定してください。例：tanafuda predict {head} ./new-photos",
  },
  "app/configuration-differs": {
    en: "Run {run} was started with other settings ({fields}). Leave those options out to go on with it, or start a new run without --resume.",
    ja: "実行 {run} は別の設定（{fields}）で始められています。続けるにはそのオプションを外し、新しく始めるには --resume を外してください。",
  },
  "app/data-missing": {
    en: "Say which pictures to train on: a dataset's name or a folder, such as: tanafuda pretrain ./photos",
    ja: "学習する画像を、データセット名またはフォルダーで指定してください。例：tanafuda pretrain ./photos",
  },
  "app/dataset-gone": {
    en: "{representation} was trained on “{dataset}”, which is not in this workspace. Say what to measure on with --data NAME.",
    ja: "{representation} は「{dataset}」で学習されましたが、この作業場所にありません。--data 名前 で測る対象を指定してください。",
  },
  "app/interrupted": {
    en: "Stopped on request. What was finished is kept; the same command goes on from there.",
    ja: "ご指示により中断しました。完了した分は残っています。同じコマンドを実行すると続きから始めます。",
  },
  "app/layer-unknown": {
    en: "{representation} has no layer “{layer}”. It has: {known}. Or give --layers all.",
    ja: "{representation} に層「{layer}」はありません。あるもの：{known}。--layers all も使えます。",
  },
  "app/epochs-and-minutes": {
    en: "--epochs and --minutes both say how long to train; give one of them.",
    ja: "--epochs と --minutes はどちらも学習の長さを決めます。どちらか一方を指定してください。",
  },
  "app/device-unknown": {
    en: "There is no kind of device “{device}”. Known: {known}.",
    ja: "「{device}」というデバイスの種類はありません。使えるもの：{known}。",
  },
  "app/device-unserved": {
    en: "{executor, select, none {No executor} other {The executor {executor}}} cannot compute on {device}. {count, plural, =0 {Leave --device out to use the CPU.} other {Use --executor {able}, or leave --executor out.}}",
    ja: "{executor, select, none {どの実行器も} other {実行器 {executor} は}} {device} で計算できません。{count, plural, =0 {--device を外すと CPU を使います。} other {--executor {able} を指定するか、--executor を外してください。}}",
  },
  "app/executor-unknown": {
    en: "There is no executor “{name}”. {nearest, select, none {} other {Did you mean {nearest}? }}Known: {known}.",
    ja: "「{name}」という実行器はありません。{nearest, select, none {} other {もしかして：{nearest}。}}使えるもの：{known}。",
  },
  "app/weights-changed": {
    en: "The weights of {representation} are not those that were stored under this name: {path} was changed since. Nothing was written. Put it back from a copy, or train the representation again.",
    ja: "{representation} の重みは、この名前で保存したものと異なります。{path} が後から変更されています。何も書き出していません。控えから戻すか、表現を学習し直してください。",
  },
  "app/export-dataset-gone": {
    en: "{representation} was trained on “{dataset}”, which is not in this workspace: an export is compared on its pictures, and the model needs their working resolution. Add it again with: tanafuda data add PATH --name {dataset}",
    ja: "{representation} は「{dataset}」で学習されましたが、この作業場所にありません。書き出しではその画像で照合し、その作業解像度を使います。取り込み直すには：tanafuda data add パス --name {dataset}",
  },
  "app/export-differs": {
    en: "What was written does not compute what it should: embeddings differ by {embedding, number, ::.0000}, probabilities by {probability, number, ::.0000} (at most {bound, number, ::.0000} is allowed). The file was not kept. This is a defect of tanafuda or of a library; please report it with the run's versions (tanafuda doctor --json).",
    ja: "書き出したモデルの計算結果が一致しません：特徴量の差 {embedding, number, ::.0000}、確率の差 {probability, number, ::.0000}（許容 {bound, number, ::.0000}）。ファイルは残していません。tanafuda またはライブラリーの不具合です。tanafuda doctor --json の内容を添えてご報告ください。",
  },
  "app/export-exists": {
    en: "{path} is there already. Give --overwrite to replace it, or another place with --out.",
    ja: "{path} はすでにあります。置き換えるには --overwrite、別の場所にするには --out を指定してください。",
  },
  "app/export-format-unknown": {
    en: "There is no format “{name}”. {nearest, select, none {} other {Did you mean {nearest}? }}Known: {known}.",
    ja: "形式「{name}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}使えるもの：{known}。",
  },
  "app/export-needs-head": {
    en: "{representation} alone names no classes, so a page has nothing to answer with. Train a head with: tanafuda adapt {representation} --labels SET, then export the head.",
    ja: "{representation} だけではクラスがないため、ページで答えられません。tanafuda adapt {representation} --labels ラベル集合 でヘッドを学習し、そのヘッドを書き出してください。",
  },
  "app/export-onto-folder": {
    en: "{path} is a folder. Give a file with --out.",
    ja: "{path} はフォルダーです。--out にはファイルを指定してください。",
  },
  "app/fine-tune-unknown": {
    en: "“{name}” is nothing that can be fine-tuned. {nearest, select, none {} other {Did you mean {nearest}? }}Known: {known}.",
    ja: "調整の範囲「{name}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}使えるもの：{known}。",
  },
  "app/export-unknown": {
    en: "There is no representation and no head “{name}”. {nearest, select, none {} other {Did you mean {nearest}? }}What there is: tanafuda data list",
    ja: "「{name}」という表現もヘッドもありません。{nearest, select, none {} other {もしかして：{nearest}。}}一覧：tanafuda data list",
  },
  "app/export-which-labels": {
    en: "Say which label set of “{dataset}” to export, with --labels. It has: {known}.",
    ja: "「{dataset}」のどのラベル集合を書き出すか、--labels で指定してください。あるもの：{known}。",
  },
  "app/file-unreadable": {
    en: "{path} cannot be read ({reason}). Check the path and its permissions.",
    ja: "{path} を読めません（{reason}）。パスと権限を確認してください。",
  },
  "app/hierarchy-unreadable": {
    en: "“{text}” is no hierarchy. Write COARSE>FINE in quotes, such as 'family>part', once for each pair.",
    ja: "「{text}」は階層として読めません。'family>part' のように 粗い>細かい を引用符で囲み、組ごとに指定してください。",
  },
  "app/install-failed": {
    en: "pip could not fetch {wheel}: {said}. It needs the network; check the connection or the proxy, then run the command again. Without it, everything works, only slower.",
    ja: "pip で {wheel} を取得できませんでした：{said}。ネットワーク接続やプロキシを確認して、もう一度実行してください。なくても動作します（遅くなるだけです）。",
  },
  "app/install-unsuited": {
    en: "There is no ready-made oneDNN for {platform}; it can be installed on Linux x64. Elsewhere, install oneDNN with the system's package manager, or set TANAFUDA_ONEDNN to its library file.",
    ja: "{platform} 用のビルド済み oneDNN はありません（Linux x64 のみ）。システムのパッケージ管理で oneDNN をインストールするか、TANAFUDA_ONEDNN にライブラリファイルを指定してください。",
  },
  "app/job-died": {
    en: "The working process of “{job}” ended without a word ({how}{how, select, SIGSEGV {: a crash in native code} SIGABRT {: a crash in native code} SIGILL {: an instruction this processor does not have} SIGBUS {: a crash in native code} other {}}). {job, select, pretrain {The last checkpoint is kept; go on with: tanafuda pretrain --resume. Once more the same? Another --executor may help (with --replan).} pilot {What was finished is kept; give the same command with --resume. Once more the same? Another --executor may help (with --replan).} other {What was finished is kept; run the command again.}} If memory is short, a smaller --batch helps. Its last words: {said}",
    ja: "「{job}」の処理が何も告げずに終了しました（{how}{how, select, SIGSEGV {：ネイティブコードの異常終了} SIGABRT {：ネイティブコードの異常終了} SIGILL {：このプロセッサーにない命令} SIGBUS {：ネイティブコードの異常終了} other {}}）。{job, select, pretrain {最後のチェックポイントは残っています。続けるには：tanafuda pretrain --resume。繰り返す場合は、別の --executor を（--replan とともに）お試しください。} pilot {完了した分は残っています。同じコマンドに --resume をつけて実行してください。繰り返す場合は、別の --executor を（--replan とともに）お試しください。} other {完了した分は残っています。もう一度実行してください。}}メモリ不足の場合は --batch を小さくしてください。最後の出力：{said}",
  },
  "app/job-killed": {
    en: "The working process of “{job}” was killed ({how}), most often because memory ran out. {job, select, pretrain {The last checkpoint is kept; go on with: tanafuda pretrain --resume} pilot {What was finished is kept; give the same command with --resume} other {What was finished is kept; run the command again}}. If it happens again, use a smaller --batch or --resolution. {said}",
    ja: "「{job}」の処理が強制終了されました（{how}）。多くはメモリ不足が原因です。{job, select, pretrain {最後のチェックポイントは残っています。続けるには：tanafuda pretrain --resume} pilot {完了した分は残っています。同じコマンドに --resume をつけて実行してください} other {完了した分は残っています。もう一度実行してください}}。繰り返す場合は --batch や --resolution を小さくしてください。{said}",
  },
  "app/label-set-unknown": {
    en: "Dataset “{dataset}” has no label set “{name}”. It has: {known}. Attach one with: tanafuda data labels {dataset} FILE",
    ja: "データセット「{dataset}」にラベル集合「{name}」はありません。あるもの：{known}。追加するには：tanafuda data labels {dataset} ファイル",
  },
  "app/labels-do-not-fit": {
    en: "{file} has {labels, number} rows of labels, but {matrix} has {rows, number} rows. One label per row, in the same order, is needed.",
    ja: "{file} のラベルは {labels, number} 行ですが、{matrix} は {rows, number} 行です。同じ順序で 1 行に 1 つのラベルが必要です。",
  },
  "app/labels-missing": {
    en: "{matrix} is a matrix without labels. Give them with --list FILE: a CSV or JSON with one row per row of the matrix, and optionally a column “split” (train, test).",
    ja: "{matrix} はラベルのない行列です。--list ファイル で指定してください（行列の 1 行につき 1 行の CSV または JSON。列「split」に train・test も書けます）。",
  },
  "app/nothing-to-resume": {
    en: "There is no interrupted {kind} run to go on with in {workspace}. Start one without --resume.",
    ja: "{workspace} に再開できる {kind} の実行はありません。--resume なしで始めてください。",
  },
  "app/nothing-to-watch": {
    en: "“{dataset}” comes from {path}, which is no folder of pictures, so nothing can arrive there. Leave --watch out.",
    ja: "「{dataset}」の取り込み元 {path} は画像フォルダーではないため、監視できません。--watch を外してください。",
  },
  "app/augment-unknown": {
    en: "There is no augmentation “{name}”. {nearest, select, none {} other {Did you mean {nearest}? }}Known: {known}.",
    ja: "「{name}」という拡張はありません。{nearest, select, none {} other {もしかして：{nearest}。}}使えるもの：{known}。",
  },
  "app/views-exist": {
    en: "{path} is there already. Give --overwrite to replace it, or another file with --show-views.",
    ja: "{path} はすでにあります。置き換えるには --overwrite、別のファイルにするには --show-views で指定してください。",
  },
  "app/views-need-html": {
    en: "--show-views writes a page, and {path} is not named like one. Give a name that ends in .html.",
    ja: "--show-views はページを書き出します。{path} ではなく、.html で終わる名前を指定してください。",
  },
  "app/no-temperature": {
    en: "--temperature belongs to simclr; {method} has none. Leave it out, or choose --method simclr.",
    ja: "--temperature は simclr のものです。{method} にはありません。外すか、--method simclr を選んでください。",
  },
  "app/evaluation-drawn": {
    en: "Pictures to judge by are drawn at random; chosen by “{name}”, they would flatter or blame. Leave --strategy out.",
    ja: "判定用の画像は無作為に選びます。「{name}」で選ぶと結果が偏ります。--strategy を外してください。",
  },
  "app/strata-class-unknown": {
    en: "No picture to train on has the label “{class}” in “{labels}”, so nobody knows which ones are likely to be. {nearest, select, none {} other {Did you mean {nearest}? }}Labels there are: {known}.",
    ja: "「{labels}」の学習用画像に「{class}」のラベルがないため、どれが該当しそうか分かりません。{nearest, select, none {} other {もしかして：{nearest}。}}あるラベル：{known}。",
  },
  "app/strata-drawn-before": {
    en: "{count, plural, one {# picture} other {# pictures}} set aside to judge by {count, plural, one {was} other {were}} drawn in strata for “{labels}” before, and {count, plural, one {stands} other {stand}} for the others already: a further draw would count those twice. Judge by them as they are, or put the labels into a set of its own (tanafuda data labels … --set NEW) and draw as many as are needed there at once.",
    ja: "判定用に取り分けた画像のうち {count, number} 枚は、すでに「{labels}」のために層別に選ばれ、残りの画像の分も代表しています。さらに選ぶと二重に数えることになります。今ある画像で判定するか、ラベルを別のラベル集合に入れ（tanafuda data labels … --set 新しい名前）、そこで必要な枚数を一度に選んでください。",
  },
  "app/strata-unlabelled": {
    en: "No picture to train on has a label in “{labels}”, so nobody knows which ones are likely to be “{class}”. Label some first: tanafuda select @last -n 50 --labels {labels}",
    ja: "「{labels}」の学習用画像にラベルがないため、どれが「{class}」らしいか分かりません。先にいくつかラベルを付けてください：tanafuda select @last -n 50 --labels {labels}",
  },
  "app/strategy-unknown": {
    en: "There is no strategy “{name}”. Known: {known}.",
    ja: "選び方「{name}」はありません。使えるもの：{known}。",
  },
  "app/optimizer-unknown": {
    en: "There is no optimizer “{name}”. {nearest, select, none {} other {Did you mean {nearest}? }}Known: {known}.",
    ja: "「{name}」という最適化手法はありません。{nearest, select, none {} other {もしかして：{nearest}。}}使えるもの：{known}。",
  },
  "app/onednn-missing": {
    en: "oneDNN is not on this machine. {installable, select, yes {Install it with: tanafuda doctor --install onednn} other {Install it with the system's package manager, or set TANAFUDA_ONEDNN to its library file}}. Or leave --executor out: training then runs on ort.",
    ja: "このマシンに oneDNN がありません。{installable, select, yes {インストールするには：tanafuda doctor --install onednn} other {システムのパッケージ管理でインストールするか、TANAFUDA_ONEDNN にライブラリファイルを指定してください}}。--executor を外せば ort で学習します。",
  },
  "app/answers-exist": {
    en: "{path} exists already, and somebody may have answered in it. Give --overwrite to replace it, or another place.",
    ja: "{path} はすでにあり、回答が入っているかもしれません。置き換えるには --overwrite を付けるか、別の場所を指定してください。",
  },
  "app/output-exists": {
    en: "{path} exists already and is no report of these pictures. Give --overwrite to replace it, or another --out.",
    ja: "{path} はすでにあり、この画像の報告書ではありません。置き換えるには --overwrite、別の場所にするには --out を指定してください。",
  },
  "app/precision-unknown": {
    en: "There is no precision “{precision}”. Known: {known}.",
    ja: "「{precision}」という精度はありません。使えるもの：{known}。",
  },
  "app/precision-beyond-processor": {
    en: "The executor {executor} computes in {precision} only on processors with one of {needed}, and this one has none. Leave --precision out (or “precision” in tanafuda.yaml), or use --executor {able}.",
    ja: "実行器 {executor} が {precision} で計算できるのは {needed} のいずれかを備えたプロセッサだけで、このマシンのプロセッサにはありません。--precision（tanafuda.yaml では precision）を外すか、--executor {able} を指定してください。",
  },
  "app/precision-unserved": {
    en: "The executor {executor} does not compute in {precision}. Use --executor {able}, or leave --precision out.",
    ja: "実行器 {executor} は {precision} で計算できません。--executor {able} を指定するか、--precision を外してください。",
  },
  "app/python-missing": {
    en: "{what, select, pip {This machine's Python has no pip} other {There is no python3 on this machine}} ({said}), and oneDNN is fetched with it. Install {what, select, pip {pip (python3 -m ensurepip, or the package python3-pip)} other {Python 3 with pip}}, or set TANAFUDA_ONEDNN to a library that is there already.",
    ja: "{what, select, pip {このマシンの Python に pip がありません} other {このマシンに python3 がありません}}（{said}）。oneDNN の取得に必要です。{what, select, pip {pip（python3 -m ensurepip または python3-pip パッケージ）} other {pip つきの Python 3}} をインストールするか、既存のライブラリを TANAFUDA_ONEDNN に指定してください。",
  },
  "app/too-few-pictures": {
    en: "“{dataset}” has {train, plural, one {# picture} other {# pictures}} to train on and {evaluation, number} set aside; at least {needed, number} to train on are needed. Add more pictures with: tanafuda data add FOLDER --name {dataset}",
    ja: "「{dataset}」の学習用画像は {train, number} 枚、評価用は {evaluation, number} 枚です。学習用に少なくとも {needed, number} 枚必要です。追加するには：tanafuda data add フォルダー --name {dataset}",
  },
} as const satisfies Record<`app/${string}`, Wording>;
