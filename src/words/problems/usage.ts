/** Sentences for the problems of the command line and for our own defects. */

export const usageProblems = {
  "internal/defect": {
    en: "Something in Tanafuda itself went wrong: {message}. Nothing that existed was changed. Please report it with the output of “tanafuda doctor”.",
    ja: "Tanafuda 自体の不具合です：{message}。既存のデータは変更していません。「tanafuda doctor」の出力を添えてご報告ください。",
  },
  "usage/missing-argument": {
    en: "“{command}” needs {argument}, and nothing was given for it. “{command} --help” has examples.",
    ja: "「{command}」には {argument} の指定が必要です。例は「{command} --help」にあります。",
  },
  "usage/missing-value": {
    en: "The option {option} needs a value after it. “{command} --help” says which.",
    ja: "オプション {option} の後に値が必要です。詳しくは「{command} --help」をご覧ください。",
  },
  "usage/too-many-arguments": {
    en: "“{command}” takes {expected, plural, =0 {no arguments} one {# argument} other {# arguments}}, but {found, number} were given. A name with blanks goes into quotes.",
    ja: "「{command}」の引数は {expected, number} 個ですが、{found, number} 個指定されています。空白を含む名前は引用符で囲んでください。",
  },
  "usage/unknown-command": {
    en: "There is no command “{name}”. {nearest, select, none {“{command} --help” lists what there is.} other {Did you mean {nearest}?}}",
    ja: "「{name}」というコマンドはありません。{nearest, select, none {一覧は「{command} --help」で確認できます。} other {もしかして：{nearest}}}",
  },
  "usage/unknown-option": {
    en: "“{command}” has no option {option}. {nearest, select, none {“{command} --help” lists what there is.} other {Did you mean {nearest}?}}",
    ja: "「{command}」にオプション {option} はありません。{nearest, select, none {一覧は「{command} --help」で確認できます。} other {もしかして：{nearest}}}",
  },
  "usage/unusable-line": {
    en: "The command line cannot be understood ({message}). “{command} --help” shows how it is written.",
    ja: "コマンドラインを解釈できません（{message}）。書き方は「{command} --help」をご覧ください。",
  },
  "usage/value-unusable": {
    en: "{option} cannot be “{found}”. {kind, select, whole {It takes a whole number, {least, number} or more.} positive {It takes a number above 0.} between {It takes a number from {from, number} to {to, number}.} range {It takes two numbers above 0 and up to 1 joined by “-”, the smaller one first, such as 0.5-1.} fraction {It takes a number above 0 and below 1, such as 0.2.} widths {It takes whole numbers joined by “-”, such as 512-128.} choice {{nearest, select, none {} other {Did you mean {nearest}? }}It takes one of: {choices}.} other {}}",
    ja: "{option} に「{found}」は指定できません。{kind, select, whole {{least, number} 以上の整数を指定してください。} positive {0 より大きい数を指定してください。} between {{from, number} から {to, number} までの数を指定してください。} range {0 より大きく 1 以下の 2 つの数を、小さい方を先にして「-」でつないで指定してください（例：0.5-1）。} fraction {0 より大きく 1 より小さい数を指定してください（例：0.2）。} widths {整数を「-」でつないで指定してください（例：512-128）。} choice {{nearest, select, none {} other {もしかして：{nearest}。}}次のいずれかを指定してください：{choices}。} other {}}",
  },
} as const;
