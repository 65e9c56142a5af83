/** Sentences for the problems of the room `formats`: what was found, then the cure. */

export const formatsProblems = {
  "formats/document-cut-short": {
    en: "{file} is no complete {kind} document: its {bytes, number} bytes end before the JSON does, or something else wrote it. Remove or restore that file; what else lies in the workspace is not affected.",
    ja: "{file} は {kind} 文書として完結していません（{bytes, number} バイトで途切れているか、別のプログラムが書き込んだ可能性があります）。このファイルを削除するか復元してください。ワークスペースの他のデータには影響ありません。",
  },
  "formats/document-invalid": {
    en: "{file} is no valid {kind} document: at {place}, {found}. Restore the file from a copy, or make it again with the command that wrote it.",
    ja: "{file} は正しい {kind} 文書ではありません。{place} の箇所：{found}。控えから復元するか、作成したコマンドでもう一度作り直してください。",
  },
  "formats/document-version": {
    en: "{file} is a {kind} document of version {found}; this Tanafuda reads version {expected}. {age, select, newer {A newer Tanafuda wrote it: update Tanafuda.} older {An older Tanafuda wrote it: make it again with the command that wrote it.} other {It names no version, so it is not one of Tanafuda’s files or was changed: restore it from a copy.}}",
    ja: "{file} は {kind} 文書のバージョン {found} ですが、この Tanafuda が読めるのはバージョン {expected} です。{age, select, newer {新しい Tanafuda で書かれています。Tanafuda を更新してください。} older {古い Tanafuda で書かれています。作成したコマンドでもう一度作り直してください。} other {バージョンの記載がないため、Tanafuda のファイルではないか、変更されています。控えから復元してください。}}",
  },
  "formats/not-npy": {
    en: "{file} is no .npy file: it does not begin with the mark that NumPy writes. Save the array with numpy.save.",
    ja: "{file} は .npy ファイルではありません（NumPy の先頭記号がありません）。numpy.save で保存してください。",
  },
  "formats/not-parquet": {
    en: "{file} cannot be read as Parquet: {found}. Copy or export it again.",
    ja: "{file} を Parquet として読めません：{found}。コピーまたは書き出しをやり直してください。",
  },
  "formats/npy-cut-short": {
    en: "{file} is cut short: its shape needs {expected, number} bytes of numbers, but there are {found, number}. Copy or save it again.",
    ja: "{file} は途中で切れています。形状からは {expected, number} バイト必要ですが、{found, number} バイトしかありません。コピーまたは保存し直してください。",
  },
  "formats/npy-fortran-order": {
    en: "{file} is stored column by column (Fortran order), which is not read, since rows and columns would be easy to confuse. Save numpy.ascontiguousarray(array) instead.",
    ja: "{file} は列優先（Fortran 順）で保存されています。行と列の取り違えを防ぐため読み込みません。numpy.ascontiguousarray(array) を保存してください。",
  },
  "formats/npy-header": {
    en: "The header of {file} cannot be understood: {found}. Save the array again with numpy.save.",
    ja: "{file} のヘッダーを解釈できません：{found}。numpy.save で保存し直してください。",
  },
  "formats/npy-shape": {
    en: "{file} holds an array of shape {found}; {expected} is needed.",
    ja: "{file} の配列の形状は {found} です。{expected} が必要です。",
  },
  "formats/npy-type": {
    en: '{file} holds numbers of type {found}; these can be read: {expected}. Convert it first, for example with array.astype("float32").',
    ja: '{file} の数値の型は {found} です。読めるのは {expected} です。array.astype("float32") などで変換してください。',
  },
  "formats/npy-version": {
    en: "{file} is an .npy file of version {found}; versions {expected} can be read. Save the array again with numpy.save.",
    ja: "{file} は .npy のバージョン {found} です。読めるのは {expected} です。numpy.save で保存し直してください。",
  },
  "formats/file-contradicts": {
    en: "{file} is broken: its lengths contradict each other, and reading it would {end, select, memory {take more than {limit, number} MB of memory} other {never end}}. Copy or write it again.",
    ja: "{file} は壊れています。長さの記載に矛盾があり、読み込むと{end, select, memory {メモリーを {limit, number} MB より多く使って} other {いつまでも終わらなくなって}}しまいます。コピーまたは書き出しをやり直してください。",
  },
  "formats/parquet-codec": {
    en: "The column {column} of {file} is compressed with {found}, which cannot be read here. Write the file with one of {expected}.",
    ja: "{file} の列「{column}」の圧縮方式 {found} はここでは読めません。{expected} のいずれかで書き出してください。",
  },
  "formats/parquet-column-missing": {
    en: "{file} has no column {column}. Its columns are: {found}.",
    ja: "{file} に列「{column}」がありません。ある列：{found}。",
  },
  "formats/parquet-no-matrix": {
    en: "{file} has no column of number lists and no columns of decimal numbers that could be the features. Its columns are: {found}. Name the features’ column or columns.",
    ja: "{file} には、特徴量になりうる数値リストの列も小数の列もありません。ある列：{found}。特徴量の列を指定してください。",
  },
  "formats/parquet-null": {
    en: "The column {column} of {file} has no value in row {row, number}. Fill the gap or leave that row out.",
    ja: "{file} の列「{column}」の {row, number} 行目に値がありません。値を補うか、その行を除いてください。",
  },
  "formats/parquet-ragged": {
    en: "In the column {column} of {file}, row {row, number} has {found, number} numbers where the rows before have {expected, number}. Every row needs the same count.",
    ja: "{file} の列「{column}」で、{row, number} 行目は {found, number} 個、それより前の行は {expected, number} 個の数値です。全行の個数をそろえてください。",
  },
  "formats/parquet-several-matrices": {
    en: "{file} has several columns that could be the features: {found}. Name the one that is meant.",
    ja: "{file} には特徴量になりうる列が複数あります：{found}。どれを使うか指定してください。",
  },
  "formats/parquet-type": {
    en: "The column {column} of {file} holds {found} where {expected} is needed.",
    ja: "{file} の列「{column}」の型は {found} ですが、{expected} が必要です。",
  },
  "formats/safetensors-cut-short": {
    en: "{file} is cut short: its header needs {expected, number} bytes, but there are {found, number}. Use an earlier checkpoint or copy the file again.",
    ja: "{file} は途中で切れています。ヘッダーからは {expected, number} バイト必要ですが、{found, number} バイトしかありません。一つ前のチェックポイントを使うか、コピーし直してください。",
  },
  "formats/safetensors-header": {
    en: "The header of {file} is no safetensors header: {found}. Use an earlier checkpoint or copy the file again.",
    ja: "{file} のヘッダーは safetensors 形式ではありません：{found}。一つ前のチェックポイントを使うか、コピーし直してください。",
  },
  "formats/safetensors-missing": {
    en: "{file} has no tensor {tensor}. It is not the file of this network; it has {found}.",
    ja: "{file} にテンソル「{tensor}」がありません。このネットワークのファイルではないようです。含まれるもの：{found}。",
  },
  "formats/safetensors-type": {
    en: "The tensor {tensor} in {file} has the type {found}; these can be read: {expected}.",
    ja: "{file} のテンソル「{tensor}」の型は {found} です。読めるのは {expected} です。",
  },
  "formats/sheet-missing": {
    en: "{file} has no sheet “{sheet}”. Its sheets are: {sheets}.",
    ja: "{file} にシート「{sheet}」がありません。あるシート: {sheets}。",
  },
  "formats/workbook-broken": {
    en: "{file} cannot be read as a workbook: {found}. Open it in Excel and save it again as .xlsx or as CSV (UTF-8).",
    ja: "{file} を表計算のファイルとして読み込めません: {found}。Excel で開き、.xlsx か CSV（UTF-8）で保存し直してください。",
  },
  "formats/workbook-locked": {
    en: "{file} is protected by a password. Save a copy without one, or as CSV (UTF-8).",
    ja: "{file} はパスワードで保護されています。パスワードなしのコピーか、CSV（UTF-8）で保存してください。",
  },
  "formats/workbook-too-large": {
    en: "{file} unpacks to {unpacked, number} bytes; up to {limit, number} are read. Save the sheet with the labels alone, as CSV (UTF-8).",
    ja: "{file} は展開すると {unpacked, number} バイトになり、上限の {limit, number} を超えています。ラベルのシートだけを CSV（UTF-8）で保存してください。",
  },
  "formats/csv-syntax": {
    en: "{file} cannot be read as a table: {found}. Save it again as CSV (UTF-8, comma-separated).",
    ja: "{file} を表として読み込めません: {found}。CSV（UTF-8、カンマ区切り）で保存し直してください。",
  },
  "formats/pack-damaged": {
    en: "The pack file {file} has {bytes, number} bytes where {expected, number} belong. Delete the pack's folder and add the dataset again: the pictures are read anew.",
    ja: "パックのファイル {file} は {bytes, number} バイトですが、本来は {expected, number} バイトです。パックのフォルダを削除してデータセットを追加し直すと、画像を読み直します。",
  },
  "formats/pack-missing": {
    en: "The pack file {file} cannot be opened. Add the dataset again, or bring the workspace back complete.",
    ja: "パックのファイル {file} を開けません。データセットを追加し直すか、ワークスペースを欠けのない状態に戻してください。",
  },
  "formats/pack-picture-size": {
    en: "A picture of {height} × {width} came with {bytes, number} bytes. This is a defect of Tanafuda; please report it.",
    ja: "{height} × {width} の画像が {bytes, number} バイトで渡されました。Tanafuda の不具合です。報告をお願いします。",
  },
  "formats/pack-writer-closed": {
    en: "A picture was added to a pack in {folder} that was finished already. This is a defect of Tanafuda; please report it.",
    ja: "{folder} の完成済みのパックに画像が追加されました。Tanafuda の不具合です。報告をお願いします。",
  },
  "formats/picture-library-missing": {
    en: "The library that reads pictures (sharp) does not start on this machine: {message}. Nothing is wrong with the pictures. Run npm install again on this machine, for its own system; on Windows it needs Windows 10 or newer.",
    ja: "画像を読むライブラリ（sharp）がこのマシンで動きません：{message}。画像に問題はありません。このマシンで、その OS 用に npm install をやり直してください。Windows では Windows 10 以降が必要です。",
  },
  "formats/jpeg-library-unusable": {
    en: "{path}, which TANAFUDA_TURBOJPEG names, cannot decode JPEG files here: {what, select, absent {there is no such file} unreadable {it is no library for this machine ({message})} foreign {it is a library, but not TurboJPEG ({message})} different {its pixels differ from those of the decoder that Tanafuda brings along ({message})} other {{message}}}. Set TANAFUDA_TURBOJPEG to another file, to off, or to nothing.",
    ja: "TANAFUDA_TURBOJPEG に指定された {path} では JPEG を読めません：{what, select, absent {そのファイルはありません} unreadable {このマシン用のライブラリではありません（{message}）} foreign {ライブラリですが TurboJPEG ではありません（{message}）} different {画素が Tanafuda 付属のデコーダーと一致しません（{message}）} other {{message}}}。TANAFUDA_TURBOJPEG に別のファイルか off を指定するか、何も設定しないでください。",
  },
  "formats/picture-broken": {
    en: "The picture {path} is broken or cut short: {found}. Copy it again from where it came.",
    ja: "画像 {path} は壊れているか途中で切れています: {found}。元の場所からコピーし直してください。",
  },
  "formats/picture-heic": {
    en: "The picture {path} is HEIC, a phone’s own kind that is not read. On the iPhone choose Settings > Camera > Formats > Most Compatible; pictures that are there already become JPEG where they are shared by mail or exported as JPEG.",
    ja: "画像 {path} は HEIC（スマートフォン独自の形式）のため読み込めません。iPhone では「設定」>「カメラ」>「フォーマット」>「互換性優先」を選んでください。撮影済みの画像は JPEG で書き出してください。",
  },
  "formats/picture-too-large": {
    en: "The picture {path} has {width} × {height} = {megapixels, number} megapixels; up to {limit, number} are taken in. Make it smaller or cut it into tiles.",
    ja: "画像 {path} は {width} × {height} = {megapixels, number} メガピクセルで、上限の {limit, number} を超えています。縮小するか、分割してください。",
  },
  "formats/picture-too-narrow": {
    en: "The picture {path} of {width} × {height} is a strip: one side is more than {limit, number} times the other. Cut it into pieces.",
    ja: "画像 {path}（{width} × {height}）は細長すぎます（一辺がもう一辺の {limit, number} 倍を超えています）。分割してください。",
  },
  "formats/picture-unsupported": {
    en: "The picture {path} is of a kind that is not read: {kind}. Convert it to PNG or JPEG.",
    ja: "画像 {path} の形式（{kind}）には対応していません。PNG か JPEG に変換してください。",
  },
  "formats/text-encoding": {
    en: "The text of {file} is neither UTF-8, UTF-16 nor Shift_JIS. Save it again as UTF-8.",
    ja: "{file} の文字コードが UTF-8、UTF-16、Shift_JIS のいずれでもありません。UTF-8 で保存し直してください。",
  },
} as const;
