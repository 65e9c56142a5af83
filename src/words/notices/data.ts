/** Sentences for the notices of the room `data`. */

export const dataNotices = {
  "data/items-set-aside": {
    en: "{evaluation, plural, one {# item was} other {# items were}} set aside for evaluation, in whole groups; nothing trains on them. {train, plural, one {# item is} other {# items are}} for training.",
    ja: "評価用に {evaluation, number} 件をグループ単位で取り分けました（学習には使いません）。学習用は {train, number} 件です。",
  },
  "data/all-equal": {
    en: "All {count, number} pictures are the same file. There is nothing to learn from them.",
    ja: "{count, number} 件の画像がすべて同じ内容です。これでは学習できません。",
  },
  "data/classes-with-one-item": {
    en: "{count, plural, one {# class} other {# classes}} of {set} {count, plural, one {has} other {have}} a single item, such as “{first}”: it can be learned or tested, not both.",
    ja: "{set} には 1 件しかないクラスが {count, number} 個あります（例:「{first}」）。学習と評価の両方には使えません。",
  },
  "data/facet-found": {
    en: "{facet, select, day {{count, plural, one {# day was} other {# days were}}} lot {{count, plural, one {# lot was} other {# lots were}}} line {{count, plural, one {# line was} other {# lines were}}} camera {{count, plural, one {# camera was} other {# cameras were}}} other {{count, plural, one {# inspector was} other {# inspectors were}}}} found in {place, select, names {folder and file names} cameras {what cameras wrote into the files (Exif)} other {{file}}} ({first} … {last}; {found, number} of {total, number} pictures), to split figures by.{grouped, select, yes {} other { To keep each {facet} on one side of the evaluation split: --group {facet}, with a --name of its own.}}",
    ja: "{place, select, names {フォルダ名・ファイル名} cameras {カメラの記録（Exif）} other {{file} }}から{facet, select, day {日付} lot {ロット} line {ライン} camera {カメラ} other {判定者}}を {count, number} 種類読み取りました（{first} … {last}、{total, number} 件中 {found, number} 件）。結果を{facet, select, day {日付} lot {ロット} line {ライン} camera {カメラ} other {判定者}}別に分けて見られます。{grouped, select, yes {} other {評価用の取り分けで同じ{facet, select, day {日付} lot {ロット} line {ライン} camera {カメラ} other {判定者}}を分けないようにするには、--group {facet} と別の --name を付けて追加してください。}}",
  },
  "data/folders-told-twice": {
    en: "The folders (“{set}”) sort the pictures just as {kind, select, labels {the labels “{by}”} other {the {by, select, day {days} lot {lots} line {lines} camera {cameras} other {inspectors}}}} do, and are no label set of their own.",
    ja: "フォルダ（「{set}」）による分け方は{kind, select, labels {ラベル「{by}」} other {{by, select, day {日付} lot {ロット} line {ライン} camera {カメラ} other {判定者}}}}とまったく同じなので、独立したラベルにはしませんでした。",
  },
  "data/files-rejected": {
    en: "{broken, plural, =0 {Every picture could be used} one {# picture could not be used} other {# pictures could not be used}}; {notPictures, plural, =0 {all files are pictures} one {# other file is no picture} other {# other files are no pictures}}. The first is {first}; the dataset’s version lists them all.",
    ja: "使えないファイルが {broken, number} 件、画像でないファイルが {notPictures, number} 件ありました（最初は {first}）。すべてデータセットの記録に載っています。",
  },
  "data/columns-empty": {
    en: "Of {file}, the columns {columns} are empty for all pictures here and were left out.",
    ja: "{file} の列 {columns} は、ここにある画像のすべてで空なので使いませんでした。",
  },
  "data/columns-left-out": {
    en: "Of {file}, the columns {columns} were left out: almost every picture has a value of its own there. To take one as labels: tanafuda data labels {dataset} {file} --set {first}",
    ja: "{file} の列 {columns} は、ほとんどの画像で値が異なるため、ラベルにしませんでした。ラベルとして使うには: tanafuda data labels {dataset} {file} --set {first}",
  },
  "data/hierarchy-offered": {
    en: "In {file}, {child} divides {parent} further. To measure them as levels of one hierarchy: --hierarchy ''{parent}>{child}''",
    ja: "{file} では、{child} が {parent} をさらに細かく分けています。一つの階層として測るには: --hierarchy ''{parent}>{child}''",
  },
  "data/found-blank": {
    en: "{count, plural, one {# picture shows} other {# pictures show}} nothing but one colour, such as {first}.",
    ja: "一色だけの画像が {count, number} 件あります（例: {first}）。",
  },
  "data/found-blurred": {
    en: "{count, plural, one {# picture is} other {# pictures are}} much less sharp than the rest, such as {first}.",
    ja: "ほかと比べてぼけの強い画像が {count, number} 件あります（例: {first}）。",
  },
  "data/found-bright": {
    en: "{count, plural, one {# picture is} other {# pictures are}} over-exposed: far more of it is pure white than in the rest, such as {first}.",
    ja: "白飛びしている画像が {count, number} 件あります。ほかの画像より真っ白な部分がずっと広くなっています（例: {first}）。",
  },
  "data/found-dark": {
    en: "{count, plural, one {# picture is} other {# pictures are}} almost black, such as {first}.",
    ja: "ほぼ真っ暗な画像が {count, number} 件あります（例: {first}）。",
  },
  "data/found-doubtful-labels": {
    en: "{count, plural, one {# label is} other {# labels are}} contradicted by similar pictures, such as that of {first}; the most doubtful come first. Similar pictures name the class of “{set}” rightly in {agreement, number, ::percent .0} of all cases{low, select, yes {, which is little: expect many false alarms} other {}}.",
    ja: "似た画像のラベルと食い違うラベルが {count, number} 件あります（例: {first}）。疑わしい順に並んでいます。「{set}」では、似た画像から当てたクラスが全体の {agreement, number, ::percent .0} で正解でした{low, select, yes {。この割合は低いため、空振りが多いと考えてください} other {}}。",
  },
  "data/found-equal-bytes": {
    en: "{count, plural, one {# item has} other {# items have}} a twin with the very same bytes, such as {first}.",
    ja: "まったく同じ内容の画像が {count, number} 件あります（例: {first}）。",
  },
  "data/found-file-shortcuts": {
    en: "{groups, plural, one {# class is} other {# classes are}} told apart by the file alone ({count, number} pictures, such as {first}): all of “{class}” in “{set}” have the {facet, select, type {file type} shape {shape} other {{facet}}} {value}, which is rarer elsewhere. A model may learn that instead of what is shown.",
    ja: "ファイルの形式や縦横の大きさだけで見分けがつくクラスが {groups, number} 個あります（計 {count, number} 件、例: {first}）。「{set}」の「{class}」はすべて{facet, select, type {形式} shape {大きさ} other {{facet}}}が {value} で、ほかでは少数です。モデルが写っているものではなく、そちらを手がかりにするおそれがあります。",
  },
  "data/found-leaks": {
    en: "{count, plural, one {# picture is} other {# pictures are}} part of {groups, plural, one {a group} other {# groups}} that lie on both sides of the split and show nearly the same, such as {first}: {evaluation, plural, one {# picture} other {# pictures}} of the evaluation ({share, number, ::percent .0}) {evaluation, plural, one {has} other {have}} a near-duplicate in training, so figures may be too good.",
    ja: "学習用と評価用の両側に、ほぼ同じ画像があります（{groups, number} 組、計 {count, number} 件、例: {first}）。評価用の {evaluation, number} 件（{share, number, ::percent .0}）は学習用にそっくりな画像があるため、数字が良く出すぎるおそれがあります。",
  },
  "data/found-near-duplicates": {
    en: "{count, plural, one {# picture shows} other {# pictures show}} nearly the same as another one ({groups, plural, one {# group} other {# groups}}), such as {first}: cropped, mirrored, compressed again or taken twice.",
    ja: "ほぼ同じ画像が {groups, number} 組、計 {count, number} 件あります（例: {first}）。切り抜き、左右反転、再圧縮、または続けて撮ったものです。",
  },
  "data/found-odd-sizes": {
    en: "{count, plural, one {# picture has} other {# pictures have}} proportions unlike the rest, such as {first}.",
    ja: "縦横比がほかと大きく違う画像が {count, number} 件あります（例: {first}）。",
  },
  "data/found-shortcuts": {
    en: "{groups, plural, one {# class was} other {# classes were}} seen on one day, lot, line or camera, or by one inspector, only ({count, number} pictures, such as {first}): “{class}” of “{set}” only with {facet, select, day {day} lot {lot} line {line} camera {camera} inspector {inspector} other {{facet}}} {value}. A model may learn that instead of the class.",
    ja: "特定の日・ロット・ライン・カメラ・判定者にしかないクラスが {groups, number} 個あります（計 {count, number} 件、例: {first}）。「{set}」の「{class}」は{facet, select, day {撮影日} lot {ロット} line {ライン} camera {カメラ} inspector {判定者} other {{facet}}} {value} だけです。モデルがクラスの違いではなく、そちらを手がかりにするおそれがあります。",
  },
  "data/found-tiny-classes": {
    en: "{groups, plural, one {# class has} other {# classes have}} fewer than {limit, number} items ({count, number} in all, such as {first}).",
    ja: "{limit, number} 件未満のクラスが {groups, number} 個あります（計 {count, number} 件、例: {first}）。",
  },
  "data/found-twins-disagree": {
    en: "{groups, plural, one {# picture is} other {# pictures are}} there several times under different labels ({count, number} items, such as {first}): at most one of the labels is right.",
    ja: "同じ画像に異なるラベルがついたものが {groups, number} 組あります（計 {count, number} 件、例: {first}）。正しいラベルは多くても一つです。",
  },
  "data/group-missing": {
    en: "{count, plural, one {# new item has} other {# new items have}} no value in the column {column}, such as {first}; each is a group of its own.",
    ja: "新しい画像のうち {count, number} 件は列 {column} に値がありません（例: {first}）。それぞれ独立したグループとします。",
  },
  "data/labels-ambiguous": {
    en: "{count, plural, one {# row} other {# rows}} of {file} could mean several items, such as “{first}”. Write the path.",
    ja: "{file} の {count, number} 行は複数の画像に当てはまります（例:「{first}」）。パスで書いてください。",
  },
  "data/labels-elsewhere": {
    en: "The paths in {file} begin with “{beginning}”; that was taken as the folder of this dataset.",
    ja: "{file} のパスは「{beginning}」で始まっています。これをこのデータセットのフォルダとみなしました。",
  },
  "data/labels-from-names": {
    en: "Every file name says OK ({ok, number}) or NG ({ng, number}): that became the label set {set}.",
    ja: "すべてのファイル名に OK（{ok, number} 件）か NG（{ng, number} 件）が含まれているため、ラベル集合 {set} にしました。",
  },
  "data/labels-respelled": {
    en: "{count, plural, one {# row} other {# rows}} of {file} {count, plural, one {spells its} other {spell their}} picture otherwise (capital letters, full-width characters, blanks): “{first}” was taken as “{meant}”.",
    ja: "{file} の {count, number} 行は、大文字・小文字、全角・半角、空白だけがファイル名と違います。「{first}」を「{meant}」とみなしました。",
  },
  "data/labels-without-item": {
    en: "{count, plural, one {# row} other {# rows}} of {file} {count, plural, one {names} other {name}} no item of the dataset, such as “{first}”.{near, select, yes { Did you mean {nearest}?} other {}}",
    ja: "{file} の {count, number} 行に当たる画像がデータセットにありません（例:「{first}」）。{near, select, yes {「{nearest}」のことですか？} other {}}",
  },
  "data/list-cell-errors": {
    en: "{count, plural, one {# cell} other {# cells}} of the sheet “{sheet}” in {file} {count, plural, one {shows} other {show}} an error and {count, plural, one {was} other {were}} read as empty, such as {cell} ({found}).",
    ja: "{file} のシート「{sheet}」でエラー表示のセル {count, number} 個を空とみなしました（例: {cell} の {found}）。",
  },
  "data/list-encoding": {
    en: "{file} was read as {encoding}.",
    ja: "{file} を {encoding} として読み込みました。",
  },
  "data/list-sheet": {
    en: "{file} has {count, number} sheets; “{sheet}” was read. For another one write: {file}#{second}",
    ja: "{file} にはシートが {count, number} 枚あり、「{sheet}」を読み込みました。ほかのシートは {file}#{second} のように指定してください。",
  },
  "data/copies-not-sought": {
    en: "Close copies lie on one side of the split. Crops and mirrored copies were not sought, since more than {limit, number} pictures came at once: “tanafuda data check {name}” finds them, with those that leak from training into the evaluation.",
    ja: "ほぼ同じ画像は、学習用と評価用のどちらか一方にまとめました。一度に {limit, number} 件を超えたため、切り抜きや左右反転は探していません。「tanafuda data check {name}」で、学習用と評価用にまたがるものを含めて見つけられます。",
  },
  "data/looks-tell-more": {
    en: "This representation names the class of “{set}” from similar pictures rightly in {agreement, number, ::percent .0} of all cases, plain looks in {looks, number, ::percent .0}. Train it longer, or check without --representation.",
    ja: "この表現では、似た画像から「{set}」のクラスを正しく言い当てられるのは {agreement, number, ::percent .0} です。見た目だけなら {looks, number, ::percent .0} です。もっと学習させるか、--representation なしで確認してください。",
  },
  "data/look-alikes": {
    en: "{count, number} pictures look so much alike that near-duplicates say nothing about what belongs together; they count as separate. If they come in lots or series, name the column that says so as the group.",
    ja: "{count, number} 件の画像が互いに似すぎていて、類似だけではまとまりを判断できないため、別々に扱います。ロットなどのまとまりがあれば、その列をグループに指定してください。",
  },
  "data/answers-disagree": {
    en: "{set}: people disagree on {count, plural, one {# picture} other {# pictures}}. All answers are kept, the newest counts; for example {path}: “{label}” ({by}), “{other}” ({otherBy}).",
    ja: "{set}：{count, number} 枚の画像で回答が食い違っています。回答はすべて残し、最新のものを採用します。例：{path} は「{label}」（{by}）と「{other}」（{otherBy}）。",
  },
  "data/classes-alike": {
    en: "{set} has the classes “{label}” and “{meant}”, which differ in spelling alone. If they are one, correct the list and read it again.",
    ja: "{set} の分類「{label}」と「{meant}」は表記が違うだけのようです。同じものなら、一覧を直して読み込み直してください。",
  },
  "data/one-class": {
    en: "{set} has a single class, “{class}”: it sorts nothing.",
    ja: "{set} のクラスは「{class}」だけです。これでは分類になりません。",
  },
  "data/one-picture": {
    en: "There is a single picture. It can be shown, but nothing can be learned from it.",
    ja: "画像が 1 件しかありません。表示はできますが、学習はできません。",
  },
  "data/one-sided-split": {
    en: "All items are on one side of the split ({train, number} for training, {evaluation, number} for evaluation; {groups, plural, one {# group} other {# groups}}): nothing can be evaluated honestly. More groups, or a finer group, would help.",
    ja: "すべての画像が片側に入りました（学習用 {train, number} 件、評価用 {evaluation, number} 件、グループ {groups, number} 個）。公正な評価ができません。グループを増やすか、細かくしてください。",
  },
  "data/pages-as-items": {
    en: "{files, plural, one {# file holds} other {# files hold}} several pages; each page is a picture of its own ({count, number} in all, such as {first}), and pages of one file stay together.",
    ja: "{files, number} 個のファイルに複数のページがあり、1 ページを 1 件の画像としました（計 {count, number} 件、例: {first}）。同じファイルのページは同じグループに入ります。",
  },
  "data/pictures-clipped": {
    en: "{count, plural, one {# 16-bit picture is} other {# 16-bit pictures are}} brighter than {white, number}, this dataset’s white, such as {first}: what lies above was cut off. Adding all pictures under a new --name finds the white anew.",
    ja: "16 ビット画像のうち {count, number} 件は、このデータセットの白の値 {white, number} より明るいため、超えた分を切り捨てました（例: {first}）。すべての画像を別の --name で追加し直すと、白の値を決め直せます。",
  },
  "data/tasks-read": {
    en: "{file} was read as a Label Studio export: {answers, plural, one {# answer} other {# answers}} in {tasks, plural, one {# task} other {# tasks}}.{skipped, plural, =0 {} one { # annotation was skipped or cancelled and is left out.} other { # annotations were skipped or cancelled and are left out.}}{several, plural, =0 {} one { # answer has several choices at once and is left out: a picture has one class.} other { # answers have several choices at once and are left out: a picture has one class.}}{others, plural, =0 {} one { # result is no choice (a box, a text) and is left out.} other { # results are no choices (boxes, texts) and are left out.}}{unanswered, plural, =0 {} one { # task has no annotation.} other { # tasks have no annotation.}}{nameless, plural, =0 {} one { # task names no picture.} other { # tasks name no picture.}}",
    ja: "{file} を Label Studio の書き出しとして読み込みました：タスク {tasks, number} 件、回答 {answers, number} 件。{skipped, plural, =0 {} other {スキップまたは取り消された # 件を除きました。}}{several, plural, =0 {} other {複数選択の # 件を除きました（1 枚に 1 クラス）。}}{others, plural, =0 {} other {選択肢以外の結果（枠・文字など）# 件を除きました。}}{unanswered, plural, =0 {} other {未回答のタスクが # 件あります。}}{nameless, plural, =0 {} other {画像名のないタスクが # 件あります。}}",
  },
  "data/white-found": {
    en: "The 16-bit pictures hold {bits, number} bits: the value {white, number} is white for all pictures of this dataset, also for those that are added later.",
    ja: "16 ビット画像の実際の階調は {bits, number} ビットでした。値 {white, number} をこのデータセット全体の白とし、後から追加する画像にも使います。",
  },
  "data/pictures-enlarged": {
    en: "{count, plural, one {# picture was} other {# pictures were}} smaller than the working resolution of {resolution, number} and {count, plural, one {was} other {were}} enlarged.",
    ja: "作業解像度 {resolution, number} より小さい画像 {count, number} 件を拡大しました。",
  },
} as const;
