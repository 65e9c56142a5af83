/** Problems of the label budget. */
import type { Wording } from "../language.ts";

export const budgetProblems = {
  "app/budget-few-in-class": {
    en: "{kept, plural, =0 {None} other {Only #}} of the classes of “{labels}” {kept, plural, one {has} other {have}} two labels to train on and one to judge by, and two such classes are needed: “{class}” has {training, number} and {evaluation, number}. Label more of it.",
    ja: "「{labels}」で、学習用ラベル 2 件と評価用ラベル 1 件がそろうクラスは {kept, number} 個です（2 個以上必要）。例えば「{class}」は学習用 {training, number} 件、評価用 {evaluation, number} 件です。このクラスのラベルを増やしてください。",
  },
  "app/budget-no-labels": {
    en: "No picture of “{dataset}” that may be trained on has a label in “{labels}”, so there is no curve to draw. Draw some at random and label them: tanafuda select {representation} --strategy random -n 100 --labels {labels}",
    ja: "「{dataset}」の学習用画像に「{labels}」のラベルが 1 件もないため、学習曲線を描けません。無作為に選んでラベルを付けてください：tanafuda select {representation} --strategy random -n 100 --labels {labels}",
  },
  "app/budget-no-sets": {
    en: "“{dataset}” has no labels at all. Choose what to label with: tanafuda select @last --strategy random -n 100 – or attach a list: tanafuda data labels {dataset} FILE",
    ja: "「{dataset}」にはラベルがまったくありません。ラベルを付ける画像を選ぶには：tanafuda select @last --strategy random -n 100。一覧があれば：tanafuda data labels {dataset} ファイル",
  },
  "app/budget-none-to-judge": {
    en: "None of the pictures of “{dataset}” that are set aside has a label in “{labels}”, so nothing can be judged honestly. Draw some: tanafuda select {representation} --evaluation -n 200 --labels {labels}",
    ja: "「{dataset}」の評価用に取り分けた画像に「{labels}」のラベルがないため、公正に判定できません。評価用の画像を選ぶには：tanafuda select {representation} --evaluation -n 200 --labels {labels}",
  },
  "app/budget-one-class": {
    en: "All labels of “{labels}” to train on say “{class}”. A forecast needs labels of at least two classes; label pictures of another one.",
    ja: "「{labels}」の学習用ラベルはすべて「{class}」です。予測には 2 クラス以上のラベルが必要です。別のクラスの画像にもラベルを付けてください。",
  },
  "app/budget-only-selected": {
    en: "All {selected, plural, one {# label} other {# labels}} of “{labels}” to train on {selected, plural, one {was} other {were}} chosen by {strategy}, which is no sample: a curve of labels at random cannot be drawn from them. Draw some by chance: tanafuda select {representation} --strategy random -n 100 --labels {labels}",
    ja: "「{labels}」の学習用ラベル {selected, number} 件はすべて {strategy} で選ばれたもので、無作為標本ではありません。無作為なラベルの学習曲線は描けません。無作為に選ぶには：tanafuda select {representation} --strategy random -n 100 --labels {labels}",
  },
  "app/class-missing": {
    en: "{option} is about one class; say which with --class NAME.",
    ja: "{option} は特定の 1 クラスについての指定です。--class 名前 でクラスを指定してください。",
  },
  "app/class-unasked": {
    en: "--class {class} belongs to --measure recall or --missed; {measure} is about all classes. Leave it out, or name one of these.",
    ja: "--class {class} は --measure recall か --missed と組み合わせます。{measure} は全クラスが対象です。外すか、どちらかを指定してください。",
  },
  "app/goal-class-unknown": {
    en: "“{labelSet}” has no class “{class}” that can be judged. {nearest, select, none {} other {Did you mean {nearest}? }}It has: {known}.",
    ja: "「{labelSet}」に、判定できるクラス「{class}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}あるもの：{known}。",
  },
  "app/false-alarm-missing": {
    en: "At most {missed, number, ::percent .0#} missed is easy if everything raises the alarm: say how many false alarms may be raised, such as --false-alarm 0.05.",
    ja: "見逃し {missed, number, ::percent .0#} 以下は、すべてに警報を出せば達成できてしまいます。許す過検出の割合も指定してください（例：--false-alarm 0.05）。",
  },
  "app/goal-missing": {
    en: "Say what is to be reached: --target 0.95 (accuracy), --measure recall --class NAME --target 0.95, or --missed 0.01 --false-alarm 0.05 --class NAME.",
    ja: "目標を指定してください：--target 0.95（正解率）、--measure recall --class 名前 --target 0.95、または --missed 0.01 --false-alarm 0.05 --class 名前。",
  },
  "app/goal-perfect": {
    en: "No number of pictures shows that nothing ever goes wrong. Allow an error, such as --target 0.99 or --missed 0.01.",
    ja: "誤りがまったくないことは、何枚調べても示せません。--target 0.99 や --missed 0.01 のように、許す誤りを指定してください。",
  },
  "app/goals-both": {
    en: "--missed and --target or --measure ({target}) are two goals. Ask for one at a time.",
    ja: "--missed と --target・--measure（{target}）は別の目標です。一度に 1 つだけ指定してください。",
  },
  "app/label-set-unnamed": {
    en: "“{dataset}” has several label sets. Name one with --labels: {known}.",
    ja: "「{dataset}」にはラベル集合が複数あります。--labels で 1 つ指定してください：{known}。",
  },
  "app/labels-elsewhere": {
    en: "“{labels}” sorts the pictures of “{elsewhere}”, but {representation} was trained on “{dataset}”. Use a representation of “{elsewhere}”, or a label set of “{dataset}”.",
    ja: "「{labels}」は「{elsewhere}」のラベル集合ですが、{representation} は「{dataset}」で学習した表現です。「{elsewhere}」の表現か、「{dataset}」のラベル集合を指定してください。",
  },
  "app/missed-missing": {
    en: "--false-alarm {falseAlarm} needs --missed: the share of the class that may be missed, such as --missed 0.01.",
    ja: "--false-alarm {falseAlarm} には --missed（許す見逃しの割合、例：--missed 0.01）が必要です。",
  },
} as const satisfies Record<`app/${string}`, Wording>;
