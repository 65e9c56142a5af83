/** Sentences for the notices of the room `registry`. */

export const registryNotices = {
  "registry/left-out": {
    en: "“{name}” could not be read and is left out of the list ({code}): {file}. Everything else is shown.",
    ja: "「{name}」は読み込めないため一覧から除きました（{code}）：{file}。ほかはすべて表示しています。",
  },
} as const;
