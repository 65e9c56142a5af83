/** What the command line says around its results: labels, endings and hints. */
import type { Wording } from "./language.ts";

export const cli = {
  "cli/eta": { en: "{time} left", ja: "残り {time}" },
  "cli/rate": { en: "{rate, number, ::.#}/s", ja: "{rate, number, ::.#}/秒" },
  "cli/done-in": {
    en: "{phase}: done in {seconds, number, ::.0} s",
    ja: "{phase}：完了（{seconds, number, ::.0} 秒）",
  },
  "cli/next": { en: "Next: {command}", ja: "次の一手：{command}" },
  "cli/selected": {
    en: "{count, plural, one {# picture} other {# pictures}} to label, out of {candidates, number} without a label ({labelled, number} have one). Evaluation pictures are never chosen.",
    ja: "ラベルのない {candidates, number} 枚から {count, number} 枚を選びました（ラベル済み：{labelled, number} 枚）。評価用の画像は選びません。",
  },
  "cli/selected-to-judge": {
    en: "{count, plural, one {# picture} other {# pictures}} to judge by, drawn at random from the {candidates, number} set aside without a label ({labelled, number} have one). Nothing trains on them.",
    ja: "判定用に取り分けたラベルのない {candidates, number} 枚から、無作為に {count, number} 枚を選びました（ラベル済み：{labelled, number} 枚）。学習には使いません。",
  },
  "cli/selected-strata": {
    en: "{count, plural, one {# picture} other {# pictures}} to judge by, drawn by chance in strata from the {candidates, number} set aside without a label ({labelled, number} have one), likelier ones more often: about {strata, number, ::.0} of them should be “{class}” (all drawn alike: {random, number, ::.0}). Each counts for as many as the list says it stands for: label all of them.",
    ja: "判定用に取り分けたラベルのない {candidates, number} 枚から、該当しそうな画像ほど多くなるように {count, number} 枚を抽選で選びました（ラベル済み：{labelled, number} 枚）。うち約 {strata, number, ::.0} 枚が「{class}」の見込みです（一様に選ぶと約 {random, number, ::.0} 枚）。1 枚が何枚分にあたるかは一覧に記録されています。すべてにラベルを付けてください。",
  },
  "cli/select-coverage": {
    en: "Once they are labelled, {coverage, number, ::percent .0} of the shelf is covered ({before, number, ::percent .0} now){error, plural, =0 {} other {; measured on a sample, ± {error, number, ::percent .0}}}.",
    ja: "ラベル付けが済むと、棚の {coverage, number, ::percent .0} をカバーします（現在 {before, number, ::percent .0}）{error, plural, =0 {} other {。標本で測定、誤差 ± {error, number, ::percent .0}}}。",
  },
  "cli/select-page": {
    en: "Label here (opens by a double-click, works without a network; saves {file}): {path}",
    ja: "ラベル付けのページ（ダブルクリックで開き、ネットワーク不要。{file} に保存します）：{path}",
  },
  "cli/select-list": {
    en: "Or in a spreadsheet: {path}",
    ja: "表計算ソフトで入力する場合：{path}",
  },
  "cli/select-tasks": {
    en: "Or in Label Studio: {path}",
    ja: "Label Studio を使う場合：{path}",
  },
  "cli/exported": {
    en: "{file} ({size}): {reference}{classes, plural, =0 {, the encoder} other {, the encoder and its head of # classes}}.",
    ja: "{file}（{size}）：{reference}{classes, plural, =0 {のエンコーダー} other {のエンコーダーとヘッド（# クラス）}}。",
  },
  "cli/exported-tasks": {
    en: "{file} ({size}): “{labelSet}” as {tasks, plural, one {# task} other {# tasks}} with {annotations, plural, one {# annotation} other {# annotations}}. Pictures are named below LOCAL_FILES_DOCUMENT_ROOT, to be set to the folder of “{dataset}”. Labelling interface:",
    ja: "{file}（{size}）：「{labelSet}」のタスク {tasks, number} 件、回答 {annotations, number} 件。画像は LOCAL_FILES_DOCUMENT_ROOT の下の名前です（「{dataset}」のフォルダーに設定してください）。ラベル付け画面の設定：",
  },
  "cli/export-compared": {
    en: "Compared with the product on {pictures, plural, one {# stored picture} other {# stored pictures}}: largest difference {embedding} of the embedding{probability, select, none {} other {, {probability} of a probability}} (allowed: {bound}).",
    ja: "保存済みの画像 {pictures, number} 枚で照合：最大の差は特徴量 {embedding}{probability, select, none {} other {、確率 {probability}}}（許容 {bound}）。",
  },
  "cli/export-whole": {
    en: "On {pictures, plural, one {# whole file} other {# whole files}}, which the model resizes itself: {embedding} of the embedding{probability, select, none {} other {, {probability} of a probability; the same class for {agreeing} of {pictures, number}}}.",
    ja: "元のファイル {pictures, number} 枚（モデル内で縮小）：特徴量 {embedding}{probability, select, none {} other {、確率 {probability}、同じクラス {agreeing}/{pictures, number}}}。",
  },
  "cli/export-read-back": {
    en: "Read back and compared: {tensors, number} tensors, {values, number} values, all equal.",
    ja: "読み戻して照合：テンソル {tensors, number} 個、値 {values, number} 個、すべて一致。",
  },
  "cli/to-label-at": {
    en: "Label first: {path} (what it saves, {saves}, is read by the next command)",
    ja: "まずラベル付け：{path}（保存される {saves} を次のコマンドで取り込みます）",
  },
  "cli/report-at": { en: "Report: {path}", ja: "報告書：{path}" },
  "cli/warning": { en: "Warning: {text}", ja: "注意：{text}" },
  "cli/problem": { en: "Error: {text}", ja: "エラー：{text}" },
  "cli/stopped": {
    en: "Stopped at step {step, number}. The checkpoint is kept; go on with: {command}",
    ja: "ステップ {step, number} で中断しました。チェックポイントは残っています。続けるには：{command}",
  },
  "cli/nothing-here": {
    en: "Nothing here yet. Start with: {command}",
    ja: "まだ何もありません。まずはこちら：{command}",
  },
  "cli/dry-run": {
    en: "Nothing was trained. {steps, plural, one {# step} other {# steps}} would take about {time}, {memory} of memory ({available} are free) and {disk} of disk.",
    ja: "学習はまだ実行していません。見込み：{steps, number} ステップ、所要 {time}、メモリ {memory}（空き {available}）、ディスク {disk}。",
  },
  "cli/welcome-how": {
    en: "It reads a folder of pictures, learns from them without labels on this machine, measures how well that sorts them, and writes a report you can open. Nothing is sent anywhere.",
    ja: "画像フォルダーを取り込み、ラベルなしでこのマシン上で学習し、仕分けの出来を数値で測って、報告書を作ります。データを外部に送ることはありません。",
  },
  "cli/welcome-folder": {
    en: "{pictures, plural, one {# picture} other {# pictures}} in {path}. Try: {command}",
    ja: "{path} に画像が {pictures, number} 枚あります。まずはこちら：{command}",
  },
  "cli/welcome-nothing": {
    en: "There are no pictures here. Point it at a folder of them: {command}",
    ja: "ここに画像はありません。画像フォルダーを指定してください：{command}",
  },
  "cli/welcome-dataset": {
    en: "The dataset “{name}” is ready. Next: {command}",
    ja: "データセット「{name}」が登録済みです。次の一手：{command}",
  },
  "cli/welcome-unfinished": {
    en: "The last pilot stopped before its end. Go on with: {command}",
    ja: "前回の pilot は途中で止まっています。続けるには：{command}",
  },
  "cli/welcome-search": {
    en: "Find pictures like one of yours: {command}",
    ja: "似た画像を探す：{command}",
  },
  "cli/welcome-list": { en: "What is here: {command}", ja: "ここにあるものの一覧：{command}" },
  "cli/welcome-help": { en: "All commands: {command}", ja: "コマンド一覧：{command}" },
  "cli/watching": {
    en: "Watching the folder of “{name}”: pictures that arrive are added. Ctrl-C ends.",
    ja: "「{name}」のフォルダーを監視しています。届いた画像を追加します。終了するには Ctrl-C を押してください。",
  },
  "cli/arrived": {
    en: "{added, plural, one {# picture} other {# pictures}} added, {total, number} in all{rejected, plural, =0 {} other { (# files not usable)}}. The report is written anew: {path}",
    ja: "画像を {added, number} 枚追加しました（計 {total, number} 枚{rejected, plural, =0 {} other {、使えないファイル # 件}}）。報告書を書き直しました：{path}",
  },
  "cli/added-while-watching": {
    en: "{added, plural, one {# picture} other {# pictures}} added, {total, number} in all{rejected, plural, =0 {} other { (# files not usable)}}.",
    ja: "画像を {added, number} 枚追加しました（計 {total, number} 枚{rejected, plural, =0 {} other {、使えないファイル # 件}}）。",
  },
  "cli/watched": {
    en: "No longer watching. The same command goes on.",
    ja: "監視を終了しました。同じコマンドで再開できます。",
  },
  "cli/completion-how": {
    en: "To switch it on for good: {command}",
    ja: "常に有効にするには：{command}",
  },
  "cli/stopping": {
    en: "Stopping at the next safe point; Ctrl-C again ends at once.",
    ja: "区切りのよいところで止めます。もう一度 Ctrl-C を押すとすぐに終了します。",
  },
  "cli/data-added": {
    en: "Dataset “{name}” (version {version}): {total, number} pictures; {added, number} new, {unchanged, number} unchanged, {removed, number} gone; {rejected, number} not usable, {other, number} other files.",
    ja: "データセット「{name}」（版 {version}）：画像 {total, number} 枚（新規 {added, number}、変更なし {unchanged, number}、消えたもの {removed, number}）。使えない画像 {rejected, number}、その他のファイル {other, number}。",
  },
  "cli/set-aside": {
    en: "{evaluation, number} of {total, number} pictures are set aside for evaluation; nothing trains or selects on them.",
    ja: "{total, number} 枚のうち {evaluation, number} 枚を評価用に取り分けました。学習にも選択にも使いません。",
  },
  "cli/dataset": { en: "dataset", ja: "データセット" },
  "cli/version": { en: "version", ja: "版" },
  "cli/pictures": { en: "pictures", ja: "画像" },
  "cli/set-aside-head": { en: "set aside", ja: "評価用" },
  "cli/representation": { en: "representation", ja: "表現" },
  "cli/method": { en: "method", ja: "手法" },
  "cli/steps": { en: "steps", ja: "ステップ" },
  "cli/created": { en: "made (UTC)", ja: "作成（UTC）" },
  "cli/run-unfinished": {
    en: "Run {run}: {state, select, interrupted {interrupted; go on with: {command}} died {its process ended early; go on with: {command}} failed {failed} running {running} other {not finished}}",
    ja: "実行 {run}：{state, select, interrupted {中断。続けるには：{command}} died {途中で終了。続けるには：{command}} failed {失敗} running {実行中} other {未完了}}",
  },
  "cli/label-sets": { en: "label sets (classes)", ja: "ラベル集合（クラス数）" },
  "cli/and-more": {
    en: "… and {more, number} more; the output of --json lists all.",
    ja: "……ほか {more, number} 件。--json の出力にすべてあります。",
  },
  "cli/label-set": { en: "label set", ja: "ラベル集合" },
  "cli/classes": { en: "classes", ja: "クラス" },
  "cli/labelled": { en: "labelled", ja: "ラベルつき" },
  "cli/coarser": { en: "coarser set", ja: "上位の集合" },
  "cli/views": { en: "Views: {recipe}", ja: "ビュー：{recipe}" },
  "cli/views-at": {
    en: "Nothing was trained. {pictures, plural, one {# picture} other {# pictures}} beside their views: {path}",
    ja: "学習はまだ実行していません。{pictures, number} 枚の画像とビュー：{path}",
  },
  "cli/trained": {
    en: "{name}: {steps, number} steps in {time}, {rate, number, ::.0} views/s.",
    ja: "{name}：{steps, number} ステップ、{time}、毎秒 {rate, number, ::.0} ビュー。",
  },
  "cli/part": { en: "part of a step", ja: "1 ステップの内訳" },
  "cli/milliseconds": { en: "ms", ja: "ミリ秒" },
  "cli/part-draw": { en: "drawing views", ja: "ビューの抽選" },
  "cli/part-apply": { en: "applying them", ja: "ビューの作成" },
  "cli/part-forward": { en: "forward", ja: "順伝播" },
  "cli/part-backward": { en: "backward", ja: "逆伝播" },
  "cli/part-optimiser": { en: "optimiser", ja: "最適化" },
  "cli/part-step": { en: "whole step", ja: "合計" },
  "cli/views-per-second": {
    en: "{rate, number, ::.0} views/s",
    ja: "毎秒 {rate, number, ::.0} ビュー",
  },
  "cli/measure": { en: "measure", ja: "指標" },
  "cli/similarity": { en: "similarity", ja: "類似度" },
  "cli/picture": { en: "picture", ja: "画像" },
  "cli/labelled-as": { en: "labels", ja: "ラベル" },
  "cli/trained-head": { en: "trained", ja: "学習後" },
  "cli/untrained": { en: "untrained", ja: "学習前" },
  "cli/pixels": { en: "raw pixels", ja: "生の画素" },
  "cli/majority": { en: "majority class", ja: "最多クラス" },
  "cli/shuffled": { en: "shuffled labels", ja: "ラベル入れ替え" },
  "cli/features": { en: "features", ja: "命令セット" },
  "cli/not-told": { en: "not told by this system", ja: "このシステムでは不明" },
  "cli/not-usable": { en: "not usable, see below", ja: "使えません（下記参照）" },
  "cli/library": { en: "library", ja: "ライブラリ" },
  "cli/training-rate": { en: "training, GFLOP/s", ja: "学習（GFLOP/秒）" },
  "cli/embedding-rate": { en: "embedding", ja: "特徴量の計算" },
  "cli/measuring-rate": { en: "measuring", ja: "測定" },
  "cli/doctor-chosen": {
    en: "Training, embedding and measuring use {executor} on {device}, {precision, select, auto {precision as is fastest} other {{precision}}}, {threads, plural, one {# thread} other {# threads}}; --executor, --device, --precision and --threads change that.",
    ja: "学習・特徴量の計算・測定は {executor}（{device}、精度 {precision, select, auto {自動} other {{precision}}}、{threads, number} スレッド）で行います。--executor・--device・--precision・--threads で変えられます。",
  },
  "cli/installed": {
    en: "oneDNN {version} works: {rate, number, ::.0} GFLOP/s in training on one thread. It lies in {path} and is used from now on.",
    ja: "oneDNN {version} が使えます（学習で毎秒 {rate, number, ::.0} GFLOP、1 スレッド）。{path} にあり、今後はこれを使います。",
  },
  "cli/hint-onednn": {
    en: "oneDNN would make training on this machine faster.",
    ja: "oneDNN を入れると、このマシンでの学習が速くなります。",
  },
  "cli/jpeg-wasm": {
    en: "libjpeg-turbo as WebAssembly{why, select, off { (TANAFUDA_TURBOJPEG is off)} other {}}",
    ja: "WebAssembly の libjpeg-turbo{why, select, off {（TANAFUDA_TURBOJPEG が off）} other {}}",
  },
  "cli/hint-jpeg": {
    en: "A libjpeg-turbo of this machine would take in small JPEG files in two thirds of the time, with the same pixels: {system, select, darwin {brew install jpeg-turbo} linux {apt install libturbojpeg0 (Ubuntu: libturbojpeg, Fedora: turbojpeg)} other {let TANAFUDA_TURBOJPEG name its turbojpeg library}}.",
    ja: "このマシンに libjpeg-turbo を入れると、小さい JPEG の取り込みが約 3 分の 2 の時間で済みます（画素は同じです）：{system, select, darwin {brew install jpeg-turbo} linux {apt install libturbojpeg0（Ubuntu は libturbojpeg、Fedora は turbojpeg）} other {TANAFUDA_TURBOJPEG で turbojpeg のライブラリを指定してください}}。",
  },
  "cli/hint-jpeg-unusable": {
    en: "{path} is not used for JPEG files: {why, select, unreadable {it is no library for this machine ({message})} foreign {it lacks what is called ({message})} different {its pixels differ from those of the decoder that Tanafuda brings along ({message})} other {{message}}}. That decoder gives the same pixels everywhere; it only takes longer.",
    ja: "{path} は JPEG に使いません：{why, select, unreadable {このマシン用のライブラリではありません（{message}）} foreign {必要な関数がありません（{message}）} different {画素が Tanafuda 付属のデコーダーと一致しません（{message}）} other {{message}}}。付属のデコーダーを使います。画素はどこでも同じで、時間が長くかかるだけです。",
  },
  "cli/hint-avx2": {
    en: "This processor has no AVX2, so vendor libraries fall back to slow code; any machine since 2014 or so is several times faster.",
    ja: "このプロセッサーには AVX2 がないため、ライブラリは遅いコードで動作します。2014 年ごろ以降のマシンなら数倍速くなります。",
  },
  "cli/hint-cores": {
    en: "Training uses {threads, plural, one {# thread} other {# threads}}; more cores make it faster almost in proportion.",
    ja: "学習は {threads, number} スレッドで行います。コアが増えれば、ほぼ比例して速くなります。",
  },
  "cli/hint-memory": {
    en: "Little memory is free ({free}); a smaller --batch needs less.",
    ja: "空きメモリが少なめです（{free}）。--batch を小さくすると減らせます。",
  },
  "cli/hint-disk": {
    en: "Little disk is free ({free}) where the workspace lies.",
    ja: "作業場所のディスクの空きが少なめです（{free}）。",
  },
  "cli/hint-held": {
    en: "The workspace is being written by process {pid} ({command}).",
    ja: "作業場所には、プロセス {pid}（{command}）が書き込み中です。",
  },
  "cli/what": { en: "what", ja: "項目" },
  "cli/found": { en: "found", ja: "状態" },
  "cli/workspace-made": { en: "Workspace made: {path}", ja: "作業場所を作りました：{path}" },
  "cli/finding": { en: "finding", ja: "指摘" },
  "cli/groups": { en: "groups", ja: "組" },
  "cli/such-as": { en: "such as", ja: "例" },
  "cli/check-excluded": {
    en: "{excluded, plural, one {# item was} other {# items were}} taken out by earlier answers.",
    ja: "これまでの回答で {excluded, number} 件を外しています。",
  },
  "cli/check-by": {
    en: "Labels are doubted by what {representation} finds similar.",
    ja: "ラベルの疑いは、{representation} が似ているとした画像から判断しています。",
  },
  "cli/check-list": {
    en: "The list is in {path}. Fill its last column with keep, remove or relabel:CLASS; empty means not yet.",
    ja: "一覧を {path} に書き出しました。最後の列に「残す」「外す」「ラベル変更:クラス名」を記入してください（空欄は未回答）。",
  },
  "cli/check-answered": {
    en: "{name}: {removed, number} removed, {relabelled, number} relabelled, {restored, number} restored, {kept, number} kept as they are; {open, plural, one {# row is} other {# rows are}} without an answer. The new version has {items, plural, one {# item} other {# items}}; {excluded, plural, one {# is} other {# are}} out. No file was deleted.",
    ja: "{name}: 外した {removed, number} 件、ラベル変更 {relabelled, number} 件、戻した {restored, number} 件、そのまま {kept, number} 件、未回答 {open, number} 行。新しい版は {items, number} 件で、{excluded, number} 件を外しています。ファイルは削除していません。",
  },
  "cli/nothing-found": { en: "Nothing doubtful found.", ja: "気になる点は見つかりませんでした。" },
  "cli/label-set-title": { en: "Label set “{name}”", ja: "ラベル集合「{name}」" },
  "cli/evaluation-note": {
    en: "On pictures set aside, unless it says “training”. All numbers, features as they come included, are in the output of --json and in the run {run}.",
    ja: "「学習用」と書いたもの以外は、評価用に取り分けた画像での値です。すべての数値は --json の出力と、実行 {run} にあります。",
  },
  "cli/on-training": { en: "{name}, training", ja: "{name}、学習用" },
  "cli/without-labels": { en: "without labels", ja: "ラベルなし" },
  "cli/layer": { en: "layer", ja: "層" },
  "cli/compared": { en: "from → to", ja: "比較" },
  "cli/difference": {
    en: "difference (* = its interval leaves out 0)",
    ja: "差（* は区間が 0 を含まない）",
  },
  "cli/pca": { en: "PCA", ja: "主成分（PCA）" },
  "cli/accuracy": { en: "accuracy", ja: "正解率" },
  "cli/balanced-accuracy": { en: "balanced accuracy", ja: "均衡正解率" },
  "cli/processor": { en: "processor", ja: "プロセッサー" },
  "cli/memory": { en: "memory (free)", ja: "メモリ（空き）" },
  "cli/disk": { en: "free disk", ja: "ディスクの空き" },
  "cli/workspace": { en: "workspace (datasets)", ja: "作業場所（データセット数）" },
  "cli/executor": { en: "executor", ja: "実行器" },
  "cli/mean": { en: "mean over seeds", ja: "シード平均" },
  "cli/deviation": { en: "deviation", ja: "標準偏差" },
  "cli/seeds": { en: "seeds", ja: "シード数" },
} as const satisfies Record<`cli/${string}`, Wording>;
