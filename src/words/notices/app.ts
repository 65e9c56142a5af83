/** Notices of the use cases. */
import type { Wording } from "../language.ts";

export const appNotices = {
  "app/path-became-dataset": {
    en: "{path} is now the dataset “{name}”.",
    ja: "{path} をデータセット「{name}」として登録しました。",
  },
  "app/classes-left-out": {
    en: "Label set “{labelSet}”: {count, plural, one {# class has} other {# classes have}} too few pictures to be measured (two to train on and one set aside are needed) and {count, plural, one {is} other {are}} left out, such as “{first}”.",
    ja: "ラベル集合「{labelSet}」：{count, number} クラスは画像が少なく測れないため除きました（学習用 2 枚・評価用 1 枚が必要）。例：「{first}」。",
  },
  "app/controls-sampled": {
    en: "Raw pixels and PCA are measured on {used, number} of {total, number} training pictures, to save memory.",
    ja: "生の画素と PCA は、メモリ節約のため学習用画像 {total, number} 枚のうち {used, number} 枚で測ります。",
  },
} as const satisfies Record<`app/${string}`, Wording>;
