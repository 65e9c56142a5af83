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
} as const satisfies Record<`cli/${string}`, Wording>;
