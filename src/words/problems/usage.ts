/** Sentences for the problems of the command line and for our own defects. */

export const usageProblems = {
  "internal/defect": {
    en: "Something in Tanafuda itself went wrong: {message}. Nothing that existed was changed. Please report it with the output of “tanafuda doctor”.",
    ja: "Tanafuda 自体の不具合です：{message}。既存のデータは変更していません。「tanafuda doctor」の出力を添えてご報告ください。",
  },
  "usage/unknown-option": {
    en: "The option {option} is not known. “tanafuda --help” and “tanafuda COMMAND --help” list what there is.",
    ja: "オプション {option} はありません。使えるものは「tanafuda --help」と「tanafuda コマンド --help」で確認できます。",
  },
} as const;
