/** Sentences for the problems of the room `data`: what was found, then the cure. */

export const dataProblems = {
  "data/answers-class-unknown": {
    en: "{file}, line {line}: “{class}” is no class of {sets}. Known are: {classes}. Correct the spelling, or add the class first with tanafuda data labels.{count, plural, one {} other { # rows have this fault.}} Nothing was changed.",
    ja: "{file} の {line} 行目:「{class}」は {sets} のクラスにありません（あるもの: {classes}）。表記を直すか、先に tanafuda data labels でクラスを加えてください。{count, plural, one {} other {同じ誤りが計 # 行あります。}}何も変更していません。",
  },
  "data/answers-column-missing": {
    en: "{file} has no column “{column}”; its first line reads: {columns}. Use the list that tanafuda data check --csv writes and fill its last column.",
    ja: "{file} に列「{column}」がありません（1 行目: {columns}）。tanafuda data check --csv が書き出した一覧の、最後の列に記入してください。",
  },
  "data/answers-contradict": {
    en: "{file}: the answers for {item} contradict each other: line {firstLine} says “{first}”, line {line} says “{second}”. Leave one of them.{count, plural, one {} other { # rows have this fault.}} Nothing was changed.",
    ja: "{file}: {item} への回答が食い違っています（{firstLine} 行目は「{first}」、{line} 行目は「{second}」）。どちらか一方だけにしてください。{count, plural, one {} other {同じ誤りが計 # 行あります。}}何も変更していません。",
  },
  "data/answers-empty": {
    en: "{file} has {rows, plural, one {# row} other {# rows}} and no answer. Write keep, remove or relabel:CLASS into the last column.",
    ja: "{file} には {rows, number} 行ありますが、回答が一つもありません。最後の列に「残す」「外す」「ラベル変更:クラス名」のいずれかを記入してください。",
  },
  "data/answers-item-gone": {
    en: "{file}, line {line}: {item} was taken out earlier and cannot get another label. Answer restore first, then relabel it.{count, plural, one {} other { # rows have this fault.}} Nothing was changed.",
    ja: "{file} の {line} 行目: {item} はすでに外されているため、ラベルを変えられません。先に「戻す」と答えてから変更してください。{count, plural, one {} other {同じ誤りが計 # 行あります。}}何も変更していません。",
  },
  "data/answers-item-unknown": {
    en: "{file}, line {line}: the dataset has no item “{item}”. The list may be of another dataset, or its column was changed; write the list anew with --csv.{count, plural, one {} other { # rows have this fault.}} Nothing was changed.",
    ja: "{file} の {line} 行目: 画像「{item}」はデータセットにありません。別のデータセットの一覧か、列が書き換えられたようです。--csv で一覧を作り直してください。{count, plural, one {} other {同じ誤りが計 # 行あります。}}何も変更していません。",
  },
  "data/answers-nothing-left": {
    en: "{file} would remove all {items, number} items of the dataset. Leave some. Nothing was changed.",
    ja: "{file} のとおりにすると、データセットの全 {items, number} 件が外れます。一部は残してください。何も変更していません。",
  },
  "data/answers-set-unclear": {
    en: "{file}, line {line}: “{class}” is a class of several label sets ({sets}). Write relabel:{set}={class}.{count, plural, one {} other { # rows have this fault.}} Nothing was changed.",
    ja: "{file} の {line} 行目:「{class}」というクラスは複数のラベル集合（{sets}）にあります。「ラベル変更:{set}={class}」のように書いてください。{count, plural, one {} other {同じ誤りが計 # 行あります。}}何も変更していません。",
  },
  "data/answers-unreadable": {
    en: "{file}, line {line}: the answer “{answer}” for {item} is not understood. Write keep, remove, restore or relabel:CLASS.{count, plural, one {} other { # rows have this fault.}} Nothing was changed.",
    ja: "{file} の {line} 行目: {item} への回答「{answer}」を読み取れません。「残す」「外す」「戻す」「ラベル変更:クラス名」のいずれかを記入してください。{count, plural, one {} other {同じ誤りが計 # 行あります。}}何も変更していません。",
  },
  "data/background-unusable": {
    en: "“{found}” is no colour to lay transparent pictures on. Write it as #rrggbb, such as #808080 for grey.",
    ja: "「{found}」は透明な画像の背景色として使えません。#808080（灰色）のように #rrggbb で書いてください。",
  },
  "data/empty-file": {
    en: "The file {path} is empty (0 bytes). Copy it again from where it came.",
    ja: "ファイル {path} は空です（0 バイト）。元の場所からコピーし直してください。",
  },
  "data/file-too-large": {
    en: "The file {path} has {bytes, number} bytes; up to {limit, number} are read. Make it smaller.",
    ja: "ファイル {path} は {bytes, number} バイトで、上限の {limit, number} バイトを超えています。小さくしてください。",
  },
  "data/folder-empty": {
    en: "The folder {path} holds no files. Name a folder with pictures in it.",
    ja: "フォルダ {path} にファイルがありません。画像の入ったフォルダを指定してください。",
  },
  "data/group-facet-missing": {
    en: "--group {facet} was asked for, but neither folder and file names nor a list tell it (found: {found}). Give a list with such a column, or name folders like lot0123, 2026-03-14, cam2, line3.",
    ja: "--group {facet} が指定されましたが、フォルダ名・ファイル名にも一覧にもそれを示すものがありません（見つかったもの: {found}）。その列のある一覧を渡すか、ロット123、2026-03-14、カメラ2、ライン3 のようなフォルダ名にしてください。",
  },
  "data/group-needs-list": {
    en: "The column {column} was named, but no list was given that could have it. Give the list with the command.",
    ja: "列 {column} が指定されましたが、一覧ファイルが渡されていません。コマンドに一覧ファイルを渡してください。",
  },
  "data/group-unknown": {
    en: "“{group}” is no way to make groups. There are: day, lot, line, camera, inspector (where names or a list tell them), column:NAME, folder, folder:LEVEL, near-duplicate, item.",
    ja: "「{group}」というグループ分けはありません。使えるのは day、lot、line、camera、inspector（名前や一覧から分かる場合）、column:列名、folder、folder:階層、near-duplicate、item です。",
  },
  "data/interrupted": {
    en: "Stopped before the end. Nothing half-written was left; the same command starts over with what is new.",
    ja: "途中で止めました。書きかけのものは残っていません。同じコマンドで新しい分からやり直せます。",
  },
  "data/labels-all-empty": {
    en: "The column {column} of {file} is empty for all items that it names. Name another column.",
    ja: "{file} の列 {column} は、該当する画像のすべてで空です。別の列を指定してください。",
  },
  "data/labels-column-missing": {
    en: "{file} has no column {column}. Its columns are: {columns}.",
    ja: "{file} に列 {column} がありません。ある列: {columns}。",
  },
  "data/labels-contradict": {
    en: "{file} gives {path} two labels for “{set}”: “{first}” (line {firstLine, number}) and “{second}” (line {secondLine, number}). {count, plural, one {This is the only such item.} other {There are # such items.}} Keep one line for each item.",
    ja: "{file} では {path} の「{set}」のラベルが二通りあります: 「{first}」（{firstLine, number} 行目）と「{second}」（{secondLine, number} 行目）。このような画像は {count, number} 件です。1 件につき 1 行にしてください。",
  },
  "data/labels-empty": {
    en: "{file} has no rows. Give a list with one row for each item.",
    ja: "{file} に行がありません。画像ごとに 1 行ある一覧を渡してください。",
  },
  "data/labels-match-nothing": {
    en: "None of the {rows, plural, one {# row} other {# rows}} of {file} names an item of the dataset: its column {column} begins with “{first}”, the dataset with “{path}”. Write paths relative to the dataset’s folder, or name the right column.",
    ja: "{file} の {rows, number} 行のどれもデータセットの画像に一致しません。列 {column} の最初は「{first}」、データセットの最初は「{path}」です。データセットのフォルダからの相対パスで書くか、正しい列を指定してください。",
  },
  "data/labels-missing-file": {
    en: "The list {file} cannot be opened. Check its path.",
    ja: "一覧ファイル {file} を開けません。パスを確かめてください。",
  },
  "data/labels-nested": {
    en: "Row {position, number} of {file} has more than a plain value in {column}. Write a text or a number there.",
    ja: "{file} の {position, number} 番目の {column} が単純な値ではありません。文字列か数値にしてください。",
  },
  "data/labels-no-key": {
    en: "No column of {file} can be told to name the items. Its columns are: {columns}. Say which one names the item.",
    ja: "{file} のどの列が画像を指すのか分かりません。ある列: {columns}。画像を指す列を指定してください。",
  },
  "data/labels-not-json": {
    en: "{file} is no valid JSON: {found}.",
    ja: "{file} は正しい JSON ではありません: {found}。書式を直してください。",
  },
  "data/labels-not-nested": {
    en: "The class “{class}” of {set} lies in two classes of {parent}: “{first}” and “{second}”. Correct the labels, or declare no hierarchy between the two.",
    ja: "{set} のクラス「{class}」が {parent} の二つのクラス「{first}」と「{second}」にまたがっています。ラベルを直すか、階層の指定を外してください。",
  },
  "data/labels-not-records": {
    en: "Entry {position, number} of {file} is no record. Write an array of records, or an object from path to label.",
    ja: "{file} の {position, number} 番目がレコードではありません。レコードの配列か、パスからラベルへのオブジェクトにしてください。",
  },
  "data/labels-parent-missing": {
    en: "The label set {parent}, named as the coarser one of {set}, is not there. There are: {known}. Attach it first.",
    ja: "{set} の上位とされたラベル集合 {parent} がありません。あるもの: {known}。先に追加してください。",
  },
  "data/link-broken": {
    en: "The link {path} leads nowhere. Restore what it points to, or remove it.",
    ja: "リンク {path} の先がありません。リンク先を戻すか、リンクを削除してください。",
  },
  "data/link-leaves-folder": {
    en: "The link {path} leads out of the folder, to {target}; it is not followed. Copy the file into the folder, or add that folder too.",
    ja: "リンク {path} はフォルダの外（{target}）を指しているため、たどりません。ファイルをフォルダ内にコピーするか、そのフォルダも追加してください。",
  },
  "data/link-to-folder": {
    en: "The link {path} leads to the folder {target}, which is taken in where it lies; the link is not followed.",
    ja: "リンク {path} の先のフォルダ {target} は本来の場所で読み込むため、リンクはたどりません。",
  },
  "data/list-contradicts": {
    en: "{file} gives {path} two values in {column}: “{first}” and “{second}”. Keep one line for each item.",
    ja: "{file} では {path} の {column} が二通りあります:「{first}」と「{second}」。1 件につき 1 行にしてください。",
  },
  "data/list-no-workbook": {
    en: "“{sheet}” was named as a sheet of {file}, but that is no workbook. Leave “#{sheet}” out.",
    ja: "{file} のシートとして「{sheet}」が指定されましたが、表計算のファイルではありません。「#{sheet}」を外してください。",
  },
  "data/name-not-unicode": {
    en: "The name of {path} is not UTF-8, so the file cannot be opened. Rename it.",
    ja: "{path} の名前が UTF-8 ではないため開けません。名前を変えてください。",
  },
  "data/no-pictures": {
    en: "There is no picture to use in {path}: {files, plural, one {# file} other {# files}} looked at, {notPictures, number} of them no pictures, {broken, number} broken or refused. JPEG, PNG, WebP, TIFF, BMP, GIF and AVIF are read.",
    ja: "{path} に使える画像がありません。{files, number} 件のうち、画像でないものが {notPictures, number} 件、壊れているなどで使えないものが {broken, number} 件です。読み込めるのは JPEG、PNG、WebP、TIFF、BMP、GIF、AVIF です。",
  },
  "data/not-a-file": {
    en: "{path} is no ordinary file (a device, pipe or socket). Move it elsewhere.",
    ja: "{path} は通常のファイルではありません（デバイス、パイプ、ソケット）。別の場所に移してください。",
  },
  "data/not-a-folder": {
    en: "{path} is a file. Name the folder that the pictures lie in.",
    ja: "{path} はファイルです。画像の入ったフォルダを指定してください。",
  },
  "data/not-a-picture": {
    en: "{path} is no picture; it was passed over.",
    ja: "{path} は画像ではないため、読み飛ばしました。",
  },
  "data/other-source": {
    en: "The dataset {name} was made from {before}, and nothing of that is in {path}. Give the new folder a name of its own.",
    ja: "データセット {name} は {before} から作られましたが、{path} には同じものがありません。新しいフォルダには別の名前を付けてください。",
  },
  "data/path-missing": {
    en: "There is nothing at {path}. {nearest, select, none {Check the path.} other {Did you mean {nearest}?}}",
    ja: "{path} が見つかりません。{nearest, select, none {パスを確かめてください。} other {もしかして：{nearest}}}",
  },
  "data/reader-stopped": {
    en: "A thread that reads pictures stopped: {message}. There may be too little memory: close other programs, then add the data again.",
    ja: "画像を読み込むスレッドが停止しました：{message}。メモリ不足の可能性があります。ほかのプログラムを終了してから、もう一度データを追加してください。",
  },
  "data/record-cut-short": {
    en: "{path} ends in the middle of a record: after {records, number} whole records there are {rest, number} bytes more, and a record has {recordBytes, number}. Fetch the file again.",
    ja: "{path} は途中で切れています。{records, number} 件のあとに {rest, number} バイト残っていますが、1 件は {recordBytes, number} バイトです。ファイルを取得し直してください。",
  },
  "data/record-label-unknown": {
    en: "The record {path} has the label {found, number}, but there are {classes, number} classes. Fetch the file again.",
    ja: "レコード {path} のラベルは {found, number} ですが、クラスは {classes, number} 個です。ファイルを取得し直してください。",
  },
  "data/resolution-out-of-range": {
    en: "The working resolution is a whole number from {low, number} to {high, number}; found {found}.",
    ja: "作業解像度は {low, number} から {high, number} までの整数です（指定: {found}）。",
  },
  "data/setting-frozen": {
    en: "The dataset {name} was made with {setting} {before}; that is frozen, and {asked} was asked for. Leave the option out, or give the data another name.",
    ja: "データセット {name} は {setting} を {before} として作られ、変更できません（指定: {asked}）。オプションを外すか、別の名前を付けてください。",
  },
  "data/share-out-of-range": {
    en: "The evaluation share is at least 0 and below 1; found {found}.",
    ja: "評価用の割合は 0 以上 1 未満です（指定: {found}）。",
  },
  "data/split-unknown": {
    en: "“{split}” is no place that sides can be taken from. There are: auto, hash, folder, column:NAME.",
    ja: "「{split}」という分け方はありません。使えるのは auto、hash、folder、column:列名 です。",
  },
  "data/split-word-unknown": {
    en: "“{found}” in {place} names no side of a split. Words that are understood: train, val, test and their usual variants.",
    ja: "{place} の「{found}」は、学習用か評価用かを表す語ではありません。train、val、test などを使ってください。",
  },
  "data/tasks-unanswered": {
    en: "{file} is a Label Studio export with {tasks, plural, one {# task} other {# tasks}} and no answer that can be used.{skipped, plural, =0 {} one { # annotation was skipped or cancelled and is left out.} other { # annotations were skipped or cancelled and are left out.}}{several, plural, =0 {} one { # answer has several choices at once and is left out: a picture has one class.} other { # answers have several choices at once and are left out: a picture has one class.}}{others, plural, =0 {} one { # result is no choice (a box, a text) and is left out.} other { # results are no choices (boxes, texts) and are left out.}}{unanswered, plural, =0 {} one { # task has no annotation.} other { # tasks have no annotation.}}{nameless, plural, =0 {} one { # task names no picture.} other { # tasks name no picture.}} Export annotated tasks as JSON or JSON-MIN.",
    ja: "{file} は Label Studio の書き出し（タスク {tasks, number} 件）ですが、使える回答がありません。{skipped, plural, =0 {} other {スキップまたは取り消された # 件を除きました。}}{several, plural, =0 {} other {複数選択の # 件を除きました（1 枚に 1 クラス）。}}{others, plural, =0 {} other {選択肢以外の結果（枠・文字など）# 件を除きました。}}{unanswered, plural, =0 {} other {未回答のタスクが # 件あります。}}{nameless, plural, =0 {} other {画像名のないタスクが # 件あります。}}回答済みのタスクを JSON または JSON-MIN で書き出してください。",
  },
  "data/unreadable-file": {
    en: "{path} cannot be read ({found}). Check its permissions and the disk.",
    ja: "{path} を読み込めません（{found}）。権限とディスクを確かめてください。",
  },
} as const;
