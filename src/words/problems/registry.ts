/** Sentences for the problems of the room `registry`: what was found, then the cure. */

export const registryProblems = {
  "registry/alias-reserved": {
    en: "{alias} cannot be an alias: numbers are versions, and “last” means the newest. Choose a word such as “pilot”.",
    ja: "「{alias}」は別名に使えません。数字はバージョン、last は最新を表します。「pilot」のような語にしてください。",
  },
  "registry/ambiguous-version": {
    en: "{version} stands for several versions of {name}: {found}. Write more of its characters.",
    ja: "「{version}」は {name} の複数のバージョンに当てはまります：{found}。もう少し長く入力してください。",
  },
  "registry/config-invalid": {
    en: "{file} cannot be used: at {place}, {found}. Correct that line; “tanafuda init” writes a commented example into an empty folder.",
    ja: "{file} を使用できません。{place}：{found}。その行を直してください。空のフォルダーで「tanafuda init」を実行すると、説明付きの例が作られます。",
  },
  "registry/disk-full": {
    en: "The disk is full: {path} could not be written, {free, number} bytes are free there. Nothing that existed was changed. Make room, then run the command again.",
    ja: "ディスクの空きがありません：{path} を書き込めませんでした（空き {free, number} バイト）。既存のデータは変更していません。空きを作ってから、もう一度実行してください。",
  },
  "registry/exists": {
    en: "{path} exists already and is never changed. Choose another name, or remove it yourself if it is not needed.",
    ja: "{path} はすでに存在し、変更されることはありません。別の名前にするか、不要であればご自身で削除してください。",
  },
  "registry/lock-unreadable": {
    en: "{file} holds the workspace but does not say for whom. If no tanafuda process writes to this workspace, remove that file.",
    ja: "{file} がワークスペースを確保していますが、持ち主が分かりません。このワークスペースに書き込む tanafuda がなければ、このファイルを削除してください。",
  },
  "registry/locked": {
    en: "Another process writes to {workspace} just now: process {pid}, “{command}”, since {since}. Wait until it has finished or stop it; reading works meanwhile.",
    ja: "別のプロセスが {workspace} に書き込み中です：プロセス {pid}「{command}」、開始 {since}。終了を待つか停止してください。その間も読み取りはできます。",
  },
  "registry/locked-elsewhere": {
    en: "{workspace} is held by a process on another machine or in another container, {host}: process {pid}, “{command}”, since {since}. Whether it still runs cannot be seen from here. If it does not, remove {file}.",
    ja: "{workspace} は別のマシンまたはコンテナー {host} のプロセスが使用中です：プロセス {pid}「{command}」、開始 {since}。動作中かどうかはここからは分かりません。動いていなければ {file} を削除してください。",
  },
  "registry/name-collides": {
    en: "“{name}” and the existing “{found}” would be one folder on Windows and macOS. Write the name as it exists, or choose another.",
    ja: "「{name}」と既存の「{found}」は Windows や macOS では同じフォルダーになります。既存の書き方に合わせるか、別の名前にしてください。",
  },
  "registry/name-unusable": {
    en: "{kind, select, alias {The alias} other {The name}} “{name}” cannot be used: {reason, select, empty {it is empty} long {it is longer than {limit} bytes} character {it contains “{found}”} edge {it begins with a dot, a hyphen or a blank, or ends with a dot or a blank} reserved {Windows reserves it} other {it is not text in the usual form}}. Letters (also Japanese), digits, “-”, “_” and “.” are safe.",
    ja: "{kind, select, alias {別名} other {名前}}「{name}」は使えません：{reason, select, empty {空です} long {{limit} バイトを超えています} character {「{found}」が含まれています} edge {先頭がピリオド・ハイフン・空白、または末尾がピリオド・空白です} reserved {Windows の予約語です} other {通常の文字列ではありません}}。文字（日本語も可）、数字、「-」「_」「.」が安全です。",
  },
  "registry/held": {
    en: "{path} stayed in use by another program, such as a virus scanner, a backup or a sync client. Leave the workspace’s folder out of it, then give the command again: nothing was lost.",
    ja: "{path} を別のプログラム（ウイルス対策、バックアップ、同期ソフトなど）が使い続けています。ワークスペースのフォルダーをその対象から外し、もう一度コマンドを実行してください。失われたものはありません。",
  },
  "registry/not-writable": {
    en: "{path} may not be written ({reason}). Check who owns the folder and whether the disk is writable, or use another workspace.",
    ja: "{path} に書き込めません（{reason}）。フォルダーの所有者とディスクの書き込み権限を確認するか、別のワークスペースを使用してください。",
  },
  "registry/nothing-yet": {
    en: "There is no {kind, select, run {run} representation {representation} head {head} other {dataset}} in {workspace} yet. {kind, select, run {“tanafuda pilot PATH” makes the first.} representation {“tanafuda pretrain NAME” trains the first.} head {“tanafuda adapt REPRESENTATION --labels SET” fits the first.} other {“tanafuda data add PATH” makes the first.}}",
    ja: "{workspace} にはまだ{kind, select, run {実行} representation {表現} head {分類器} other {データセット}}がありません。{kind, select, run {「tanafuda pilot PATH」で作成できます。} representation {「tanafuda pretrain NAME」で学習できます。} head {「tanafuda adapt 表現 --labels ラベルセット」で作成できます。} other {「tanafuda data add PATH」で作成できます。}}",
  },
  "registry/run-finished": {
    en: "The run {run} is {state, select, running {still running} other {finished}}, so there is nothing to resume. Start a new one.",
    ja: "実行 {run} は{state, select, running {まだ動作中} other {完了済み}}のため、再開するものがありません。新しく開始してください。",
  },
  "registry/unknown-dataset": {
    en: "There is no dataset {name}.{nearest, select, none {} other { Did you mean {nearest}?}} “tanafuda data list” shows what is here.",
    ja: "データセット「{name}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}「tanafuda data list」で一覧を表示します。",
  },
  "registry/unknown-head": {
    en: "There is no head {name}.{nearest, select, none {} other { Did you mean {nearest}?}} A head is named NAME, NAME@VERSION or @last; “tanafuda data list” shows what is here.",
    ja: "分類器「{name}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}分類器は NAME、NAME@VERSION、@last で指定します。「tanafuda data list」で一覧を表示します。",
  },
  "registry/unknown-representation": {
    en: "There is no representation {name}.{nearest, select, none {} other { Did you mean {nearest}?}} A representation is named NAME@VERSION, NAME@ALIAS, @last or by its folder.",
    ja: "表現「{name}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}表現は NAME@VERSION、NAME@ALIAS、@last、またはフォルダーのパスで指定します。",
  },
  "registry/unknown-run": {
    en: "There is no run {name}.{nearest, select, none {} other { Did you mean {nearest}?}}",
    ja: "実行「{name}」はありません。{nearest, select, none {} other {もしかして：{nearest}。}}",
  },
  "registry/unknown-version": {
    en: "{name} has no version or alias {version}. It has: {found}.",
    ja: "{name} に「{version}」というバージョンや別名はありません。あるもの：{found}。",
  },
  "registry/writer-closed": {
    en: "A write was asked for after the workspace had been released. This is a defect of Tanafuda; nothing was changed.",
    ja: "ワークスペースを解放した後に書き込みが要求されました。Tanafuda の不具合です。何も変更していません。",
  },
} as const;
