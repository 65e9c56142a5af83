/** Sentences for the notices of the room `data`. */

export const dataNotices = {
  "data/items-set-aside": {
    en: "{evaluation, plural, one {# item was} other {# items were}} set aside for evaluation, in whole groups; nothing trains on them. {train, plural, one {# item is} other {# items are}} for training.",
    ja: "評価用に {evaluation, number} 件をグループ単位で取り分けました（学習には使いません）。学習用は {train, number} 件です。",
  },
} as const;
