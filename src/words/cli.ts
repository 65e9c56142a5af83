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
  "cli/report-at": { en: "Report: {path}", ja: "報告書：{path}" },
  "cli/warning": { en: "Warning: {text}", ja: "注意：{text}" },
  "cli/problem": { en: "Error: {text}", ja: "エラー：{text}" },
  "cli/path-became-dataset": {
    en: "{path} is now the dataset “{name}”.",
    ja: "{path} をデータセット「{name}」として登録しました。",
  },
  "cli/stopped": {
    en: "Stopped at step {step, number}. The checkpoint is kept; go on with: {command}",
    ja: "ステップ {step, number} で中断しました。チェックポイントは残っています。続けるには：{command}",
  },
  "cli/nothing-here": {
    en: "Nothing here yet. Start with: {command}",
    ja: "まだ何もありません。まずはこちら：{command}",
  },
  "cli/dry-run": {
    en: "Nothing was run. It would take about {time}, {memory} of memory and {disk} of disk.",
    ja: "まだ何も実行していません。見込み：所要 {time}、メモリ {memory}、ディスク {disk}。",
  },
  "cli/welcome": {
    en: "Point Tanafuda at a folder of pictures: tanafuda pilot FOLDER\nIt reads the pictures, trains without labels, measures, and writes a report you can open.\nAll commands: tanafuda --help",
    ja: "画像フォルダーを指定してください：tanafuda pilot フォルダー\n画像を取り込み、ラベルなしで学習し、測定して、報告書を作ります。\nコマンド一覧：tanafuda --help",
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
  "cli/finding": { en: "finding", ja: "点検項目" },
  "cli/count": { en: "count", ja: "件数" },
  "cli/examples": { en: "examples", ja: "例" },
  "cli/dataset": { en: "dataset", ja: "データセット" },
  "cli/version": { en: "version", ja: "版" },
  "cli/pictures": { en: "pictures", ja: "画像" },
  "cli/set-aside-head": { en: "set aside", ja: "評価用" },
  "cli/representation": { en: "representation", ja: "表現" },
  "cli/method": { en: "method", ja: "手法" },
  "cli/steps": { en: "steps", ja: "ステップ" },
  "cli/created": { en: "made (UTC)", ja: "作成（UTC）" },
  "cli/run-unfinished": {
    en: "Run {run}: {state, select, interrupted {interrupted, can be resumed} failed {failed} running {running} other {not finished}}",
    ja: "実行 {run}：{state, select, interrupted {中断（再開できます）} failed {失敗} running {実行中} other {未完了}}",
  },
  "cli/label-set": { en: "label set", ja: "ラベル集合" },
  "cli/classes": { en: "classes", ja: "クラス" },
  "cli/labelled": { en: "labelled", ja: "ラベルつき" },
  "cli/coarser": { en: "coarser set", ja: "上位の集合" },
  "cli/trained": {
    en: "{name}: {steps, number} steps in {time}, {rate, number, ::.0} views/s.",
    ja: "{name}：{steps, number} ステップ、{time}、毎秒 {rate, number, ::.0} ビュー。",
  },
  "cli/part": { en: "part of a step", ja: "1 ステップの内訳" },
  "cli/measure": { en: "measure", ja: "指標" },
  "cli/similarity": { en: "similarity", ja: "類似度" },
  "cli/picture": { en: "picture", ja: "画像" },
  "cli/labelled-as": { en: "labels", ja: "ラベル" },
  "cli/trained-head": { en: "trained", ja: "学習後" },
  "cli/untrained": { en: "untrained", ja: "学習前" },
  "cli/pixels": { en: "raw pixels", ja: "生の画素" },
  "cli/majority": { en: "majority class", ja: "最多クラス" },
  "cli/what": { en: "what", ja: "項目" },
  "cli/found": { en: "found", ja: "状態" },
  "cli/workspace-made": { en: "Workspace made: {path}", ja: "作業場所を作りました：{path}" },
} as const satisfies Record<`cli/${string}`, Wording>;
