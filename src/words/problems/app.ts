/** Problems of the use cases: what was asked of the whole system. */
import type { Wording } from "../language.ts";

export const appProblems = {
  "app/all-pictures-equal": {
    en: "All {pictures, number} training pictures of “{dataset}” look the same, so there is nothing to tell apart. Check the folder, or remove the copies and add it again.",
    ja: "「{dataset}」の学習用画像 {pictures, number} 枚がすべて同じに見えるため、区別するものがありません。フォルダーを確認するか、重複を除いて取り込み直してください。",
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
    en: "Stopped on request. What was finished is kept; the same command goes on from there, with --resume where it has that option.",
    ja: "ご指示により中断しました。完了した分は残っています。同じコマンドを（あれば --resume をつけて）実行すると続きから始めます。",
  },
  "app/layer-unknown": {
    en: "{representation} has no layer “{layer}”. It has: {known}. Or give --layers all.",
    ja: "{representation} に層「{layer}」はありません。あるもの：{known}。--layers all も使えます。",
  },
  "app/epochs-and-minutes": {
    en: "--epochs and --minutes both say how long to train; give one of them.",
    ja: "--epochs と --minutes はどちらも学習の長さを決めます。どちらか一方を指定してください。",
  },
  "app/executor-unknown": {
    en: "There is no executor “{name}”. Known: {known}.",
    ja: "「{name}」という実行器はありません。使えるもの：{known}。",
  },
  "app/file-unreadable": {
    en: "{path} cannot be read ({reason}). Check the path and its permissions.",
    ja: "{path} を読めません（{reason}）。パスと権限を確認してください。",
  },
  "app/hierarchy-unreadable": {
    en: "“{text}” is no hierarchy. Write COARSE>FINE in quotes, such as 'family>part', once for each pair.",
    ja: "「{text}」は階層として読めません。'family>part' のように 粗い>細かい を引用符で囲み、組ごとに指定してください。",
  },
  "app/job-died": {
    en: "The working process of “{job}” ended without a word ({how}). What was finished is kept; run the command again, with --resume where it has that option. If it happens again, the machine may lack memory: try a smaller --batch. Its last words: {said}",
    ja: "「{job}」の処理が何も告げずに終了しました（{how}）。完了した分は残っています。同じコマンドを（あれば --resume をつけて）もう一度実行してください。繰り返す場合はメモリ不足の可能性があります。--batch を小さくしてみてください。最後の出力：{said}",
  },
  "app/job-killed": {
    en: "The working process of “{job}” was killed ({how}), most often because memory ran out. What was finished is kept; run the command again, with --resume where it has that option, and with a smaller --batch or --resolution if it happens again. {said}",
    ja: "「{job}」の処理が強制終了されました（{how}）。多くはメモリ不足が原因です。完了した分は残っています。同じコマンドを（あれば --resume をつけて）もう一度実行してください。繰り返す場合は --batch や --resolution を小さくしてください。{said}",
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
  "app/no-temperature": {
    en: "--temperature belongs to simclr; {method} has none. Leave it out, or choose --method simclr.",
    ja: "--temperature は simclr のものです。{method} にはありません。外すか、--method simclr を選んでください。",
  },
  "app/optimizer-unknown": {
    en: "There is no optimizer “{name}”. Known: {known}.",
    ja: "「{name}」という最適化手法はありません。使えるもの：{known}。",
  },
  "app/output-exists": {
    en: "{path} exists already. Give --overwrite to replace it, or another --out.",
    ja: "{path} はすでにあります。置き換えるには --overwrite、別の場所にするには --out を指定してください。",
  },
  "app/too-few-pictures": {
    en: "“{dataset}” has {train, plural, one {# picture} other {# pictures}} to train on and {evaluation, number} set aside; at least {needed, number} to train on are needed. Add more pictures with: tanafuda data add FOLDER --name {dataset}",
    ja: "「{dataset}」の学習用画像は {train, number} 枚、評価用は {evaluation, number} 枚です。学習用に少なくとも {needed, number} 枚必要です。追加するには：tanafuda data add フォルダー --name {dataset}",
  },
} as const satisfies Record<`app/${string}`, Wording>;
