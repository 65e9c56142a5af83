/** The labelling sheet: a page on which people say what pictures show. */
import type { Wording } from "./language.ts";

export const sheet = {
  "sheet/title": { en: "What is on these pictures?", ja: "この画像は何ですか？" },
  "sheet/lead": {
    en: "{items, plural, one {# picture} other {# pictures}} out of {shelf, number}, chosen so that each answer says as much as possible about the rest. Press a class’s key, or tap it. Nothing is sent anywhere.",
    ja: "{shelf, number} 枚の中から、答えが残りの画像にも最も役立つように {items, number} 枚を選びました。分類のキーを押すか、タップしてください。どこにも送信されません。",
  },
  "sheet/lead-drawn": {
    en: "{items, plural, one {# picture} other {# pictures}} drawn at random out of {shelf, number} that are set aside to judge by. Press a class’s key, or tap it. Nothing is sent anywhere.",
    ja: "判定用に取り分けた {shelf, number} 枚から、無作為に {items, number} 枚を選びました。分類のキーを押すか、タップしてください。どこにも送信されません。",
  },
  "sheet/lead-strata": {
    en: "{items, plural, one {# picture} other {# pictures}} drawn by chance out of {shelf, number} that are set aside to judge by, likelier ones more often; the list says how many each stands for. Answer all of them: what is left out would bias the figures. Press a class’s key, or tap it. Nothing is sent anywhere.",
    ja: "判定用に取り分けた {shelf, number} 枚から、該当しそうな画像ほど多くなるように {items, number} 枚を抽選で選びました。1 枚が何枚分にあたるかは一覧に記録されます。途中でやめると数値が偏るため、すべてに回答してください。分類のキーを押すか、タップしてください。どこにも送信されません。",
  },
  "sheet/progress": {
    en: "{done} of {items} answered",
    ja: "{items} 枚のうち {done} 枚に回答済み",
  },
  "sheet/covered": {
    en: "The answers so far cover {covered} of the shelf",
    ja: "ここまでの回答で、棚全体の {covered} をカバーしています",
  },
  "sheet/position": {
    en: "Picture {at} of {items}",
    ja: "{items} 枚中 {at} 枚目",
  },
  "sheet/classes": { en: "Classes", ja: "分類" },
  "sheet/no-classes": {
    en: "No class has a name yet. Type the first one below, for example “OK”.",
    ja: "分類はまだありません。下に最初の名前を入れてください。例：「良品」。",
  },
  "sheet/cannot-tell": { en: "Cannot tell", ja: "判断できない" },
  "sheet/new-class": { en: "Name of a new class", ja: "新しい分類の名前" },
  "sheet/add": { en: "Add", ja: "追加" },
  "sheet/remove-class": { en: "Remove the class “{name}”", ja: "分類「{name}」を削除" },
  "sheet/undo": { en: "Undo", ja: "元に戻す" },
  "sheet/previous": { en: "Previous picture", ja: "前の画像" },
  "sheet/next": { en: "Next picture", ja: "次の画像" },
  "sheet/clear": { en: "Take the answer back", ja: "回答を取り消す" },
  "sheet/save": { en: "Save the list", ja: "一覧を保存" },
  "sheet/by": { en: "Your name or initials (optional)", ja: "担当者名（任意）" },
  "sheet/all": { en: "All pictures", ja: "すべての画像" },
  "sheet/why": { en: "Why this one", ja: "この画像を選んだ理由" },
  "sheet/unanswered": { en: "no answer yet", ja: "未回答" },
  "sheet/done": {
    en: "All answered. Save the list, then: tanafuda data labels {dataset} {file}",
    ja: "すべて回答しました。一覧を保存してから実行：tanafuda data labels {dataset} {file}",
  },
  "sheet/saved": {
    en: "Saved as {file} among your downloads. Next: tanafuda data labels {dataset} {file}",
    ja: "ダウンロードに {file} として保存しました。次のコマンド：tanafuda data labels {dataset} {file}",
  },
  "sheet/not-kept": {
    en: "This browser keeps nothing for this page: save the list before you close it.",
    ja: "このブラウザでは途中の回答が残りません。閉じる前に一覧を保存してください。",
  },
  "sheet/answered": { en: "{path}: {label}", ja: "{path} は「{label}」" },
  "sheet/undone": { en: "{path}: taken back", ja: "{path}：取り消しました" },
  "sheet/class-exists": {
    en: "There is a class “{name}” already.",
    ja: "分類「{name}」はすでにあります。",
  },
  "sheet/keys": {
    en: "Keys: 1–9 a class, 0 cannot tell, Backspace undo, ← → move",
    ja: "キー操作：1–9 分類、0 判断できない、Backspace 元に戻す、← → 移動",
  },
  "sheet/language": { en: "Language", ja: "言語（Language）" },
  "sheet/offline": {
    en: "This page is one file and needs no network. Answers stay in this browser until you save them.",
    ja: "このページは 1 つのファイルで、ネットワークは不要です。回答は保存するまでこのブラウザの中だけに残ります。",
  },
  "sheet/why-covers": {
    en: "It adds most to what is covered: another {gain, number, ::percent .0} of the shelf. For {share, number, ::percent .0} it is the nearest of all chosen.",
    ja: "カバーできる範囲が最も広がる画像です（棚の {gain, number, ::percent .0} が新たに加わります）。棚の {share, number, ::percent .0} にとって、選ばれた中で最も近い画像です。",
  },
  "sheet/why-typical": {
    en: "It is the most typical picture of a group that has the fewest labels. For {share, number, ::percent .0} of the shelf it is the nearest of all chosen.",
    ja: "ラベルが最も少ないまとまりの中で、最も典型的な画像です。棚の {share, number, ::percent .0} にとって、選ばれた中で最も近い画像です。",
  },
  "sheet/why-farthest": {
    en: "It is the one most unlike everything labelled and chosen before. For {share, number, ::percent .0} of the shelf it is the nearest of all chosen.",
    ja: "これまでにラベル付け・選択した画像と最も似ていない画像です。棚の {share, number, ::percent .0} にとって、選ばれた中で最も近い画像です。",
  },
  "sheet/why-strata": {
    en: "It was drawn by chance from pictures of its kind.",
    ja: "同じような画像の中から抽選で選んだ画像です。",
  },
  "sheet/why-drawn": {
    en: "It was drawn at random. For {share, number, ::percent .0} of the shelf it is the nearest of all chosen.",
    ja: "無作為に選んだ画像です。棚の {share, number, ::percent .0} にとって、選ばれた中で最も近い画像です。",
  },
} satisfies Record<string, Wording>;
