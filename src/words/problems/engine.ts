/** Sentences for the problems of the room `engine`: what was found, then the cure. */

const pair = {
  en: "\n  left   {leftOp} ({leftOrigin})\n  right  {rightOp} ({rightOrigin})\n",
  ja: "\n  左  {leftOp}（{leftOrigin}）\n  右  {rightOp}（{rightOrigin}）\n",
} as const;

const operand = { en: "\n  {of} ({origin})\n", ja: "\n  {of}（{origin}）\n" } as const;

export const engineProblems = {
  "engine/shape-amounts": {
    en: `pad cannot put {before} before and {after} after the axes of {shape}:${operand.en}Give one whole number of 0 or more for each axis, in both lists.`,
    ja: `pad は {shape} の各軸の前に {before}、後ろに {after} を付け足せません。${operand.ja}両方のリストに、軸ごとに 0 以上の整数を 1 つずつ渡してください。`,
  },
  "engine/shape-axes": {
    en: `{op} cannot work along the axes {axes} of {shape}:${operand.en}Name each axis once, from 0 to the number of axes minus 1, or counted from the end with -1, -2, ….`,
    ja: `{op} は {shape} の軸 {axes} に沿って計算できません。${operand.ja}軸は 0 から（軸の数 − 1）まで、または末尾から数えて -1、-2、… で、重複なく指定してください。`,
  },
  "engine/shape-batch": {
    en: `matmul cannot multiply {left} by {right}: the axes before the last two do not broadcast.${pair.en}Make these axes equal, or 1 in one of the two.`,
    ja: `matmul は {left} と {right} を掛けられません。最後の 2 軸より前の軸がブロードキャストできません。${pair.ja}これらの軸を等しくするか、どちらかを 1 にしてください。`,
  },
  "engine/shape-broadcast": {
    en: `{op} cannot combine {left} with {right}: counted from the last axis, sizes must be equal or 1.${pair.en}Reshape one of the two so that its axes line up.`,
    ja: `{op} は {left} と {right} を組み合わせられません。最後の軸から数えて、大きさが等しいか 1 でなければなりません。${pair.ja}軸がそろうように、どちらかを reshape してください。`,
  },
  "engine/shape-channels": {
    en: `{op} finds no agreement on channels between {left} and {right}.${pair.en}Pictures are [n, channels, height, width] and filters [filters, channels, height, width]; scales, shifts and statistics have one value for each channel (in layerNorm: for each feature of the last axis).`,
    ja: `{op} で {left} と {right} のチャネル数が合いません。${pair.ja}画像は [n, チャネル, 高さ, 幅]、フィルターは [フィルター, チャネル, 高さ, 幅] です。scale、shift、統計量はチャネルごと（layerNorm では最後の軸の特徴ごと）に値を 1 つ持ちます。`,
  },
  "engine/shape-dtypes": {
    en: `{op} needs {expected} here and was given {found}:${operand.en}Indexes and classes are i32, everything that is calculated with is f32; oneHot and gather lead from the one to the other.`,
    ja: `{op} のこのオペランドは {expected} である必要がありますが、{found} でした。${operand.ja}添字とクラスは i32、計算に使う値は f32 です。i32 から f32 へは oneHot と gather で移れます。`,
  },
  "engine/shape-empty": {
    en: `{op} over the axes {axes} of {shape} has nothing to choose from: one of them has size 0.${operand.en}Leave the empty batch out before it comes here.`,
    ja: `{shape} の軸 {axes} に対する {op} は、大きさ 0 の軸があるため選ぶ値がありません。${operand.ja}空のバッチは、ここに来る前に除いてください。`,
  },
  "engine/shape-forward": {
    en: `{op} does not fit its forward: expected {expected}, found {found}.${operand.en}Pass what the forward op was given and gave, with the same attributes; gradient(loss, targets) does this by itself.`,
    ja: `{op} が対応する順方向の演算と合いません（必要：{expected}、実際：{found}）。${operand.ja}順方向の演算と同じ属性で、その入力と出力を渡してください。gradient(loss, targets) を使えば自動で行われます。`,
  },
  "engine/shape-indexes": {
    en: `{op} cannot use {right} as indexes with {left}.${pair.en}Indexes are i32. gather takes (table [rows, …], indexes […]), scatterAdd takes (updates [indexes…, …], indexes […]).`,
    ja: `{op} は {left} に対して {right} を添字として使えません。${pair.ja}添字は i32 です。gather は（table [行, …], 添字 […]）、scatterAdd は（updates [添字…, …], 添字 […]）を受け取ります。`,
  },
  "engine/shape-inner": {
    en: `matmul cannot multiply {left} by {right}: the last size of left must be the last but one of right.${pair.en}{cure, select, right {Did you mean matmul(left, transpose(right))?} left {Did you mean matmul(transpose(left), right)?} other {Check which layer is meant to make these sizes meet.}}`,
    ja: `matmul は {left} と {right} を掛けられません。左の最後の大きさは、右の最後から 2 番目の大きさと等しくなければなりません。${pair.ja}{cure, select, right {matmul(left, transpose(right)) のつもりではありませんか。} left {matmul(transpose(left), right) のつもりではありませんか。} other {どの層でこの大きさが合うはずだったか確認してください。}}`,
  },
  "engine/shape-inputs": {
    en: "{op} takes {expected, plural, one {# tensor} other {# tensors}} and was given {found, number}. Use the builder function of that name instead of building the node by hand.",
    ja: "{op} はテンソルを {expected, plural, other {# 個}}受け取りますが、{found, number} 個でした。ノードを直接組み立てず、同じ名前のビルダー関数を使ってください。",
  },
  "engine/shape-kernel": {
    en: `{op} cannot place a kernel of {kernel} with stride {stride} and padding {padding} on {shape}:${operand.en}Use larger pictures, a smaller kernel or fewer strides before this point. Strides are whole numbers from 1, paddings from 0; in maxPool, padding is at most half the kernel.`,
    ja: `{op} は {shape} の上に、カーネル {kernel}、ストライド {stride}、パディング {padding} の窓を置けません。${operand.ja}画像を大きくするか、カーネルを小さくするか、ここまでのストライドを減らしてください。ストライドは 1 以上、パディングは 0 以上の整数で、maxPool のパディングはカーネルの半分までです。`,
  },
  "engine/shape-parts": {
    en: "concatenate cannot join {shapes} along axis {axis, number}: all other axes and the types must be equal, and there must be at least one part.\n  {origins}\nCheck the part that differs, or the axis.",
    ja: "concatenate は {shapes} を軸 {axis, number} に沿ってつなげられません。他の軸と型がすべて等しく、少なくとも 1 つの部分が必要です。\n  {origins}\n異なっている部分か、軸の指定を確認してください。",
  },
  "engine/shape-permutation": {
    en: `transpose cannot reorder the axes of {shape} by {permutation}:${operand.en}Name each axis from 0 exactly once. Without a permutation, the last two axes are swapped, so there must be two.`,
    ja: `transpose は {shape} の軸を {permutation} の順に並べ替えられません。${operand.ja}0 から始まる各軸をちょうど 1 回ずつ指定してください。指定がなければ最後の 2 軸を入れ替えるため、2 軸以上が必要です。`,
  },
  "engine/shape-range": {
    en: `slice cannot take {starts} to {ends} from {shape}:${operand.en}Give one start and one end for each axis, with 0 ≤ start ≤ end ≤ size.`,
    ja: `slice は {shape} から {starts} ～ {ends} を取り出せません。${operand.ja}軸ごとに始点と終点を 1 つずつ、0 ≤ 始点 ≤ 終点 ≤ 大きさ となるように渡してください。`,
  },
  "engine/shape-size": {
    en: `reshape cannot turn {from} into {to}: the numbers of elements differ.${operand.en}Let one size be -1 to have it worked out, or check what came before.`,
    ja: `reshape は {from} を {to} にできません。要素数が異なります。${operand.ja}大きさの 1 つを -1 にすると自動で決まります。または手前の処理を確認してください。`,
  },
  "engine/shape-sizes": {
    en: "{op} was given the shape {shape}; sizes are whole numbers of 0 or more. Check the division or the setting that this size comes from.",
    ja: "{op} に形状 {shape} が渡されました。大きさは 0 以上の整数でなければなりません。この大きさを決めている割り算や設定を確認してください。",
  },
  "engine/shape-target": {
    en: `broadcastTo cannot copy {from} to {to}: counted from the last axis, sizes must be equal or 1 before.${operand.en}Reshape it first so that the axes to be copied have size 1.`,
    ja: `broadcastTo は {from} を {to} に広げられません。最後の軸から数えて、大きさが等しいか、元が 1 でなければなりません。${operand.ja}広げる軸の大きさが 1 になるように、先に reshape してください。`,
  },
  "engine/shape-values": {
    en: "A constant of {dtype} with shape {shape} was given {values, plural, one {# value} other {# values}}. Give one value for all elements or one for each, whole numbers if it is i32.",
    ja: "形状 {shape}、型 {dtype} の定数に{values, plural, other {値が # 個}}渡されました。全要素に 1 つ、または要素ごとに 1 つの値を渡してください（i32 では整数）。",
  },
  "engine/loss-not-scalar": {
    en: "A gradient is taken of one number, but {op} gave {shape} ({origin}). Reduce it with mean or sum first.",
    ja: "勾配は 1 つの数に対して求めますが、{op} の結果は {shape} でした（{origin}）。先に mean か sum で 1 つの数にしてください。",
  },
  "engine/not-differentiable": {
    en: "No gradient passes through {op} ({origin}): {reason, select, statistics {the mean and variance of batch norm feed running averages only. Use stopGradient on them, or mean and variance of the tensor itself} integers {indexes are whole numbers. Differentiate by the table they point into} other {it is itself part of a gradient, and gradients of gradients are not offered. Write the penalty without one, or put stopGradient around the inner gradient}}.",
    ja: "{op} には勾配を通せません（{origin}）。{reason, select, statistics {batch norm の平均と分散は移動平均のためだけのものです。stopGradient を使うか、テンソルから直接 mean と variance を求めてください} integers {添字は整数です。添字が指す表の側で微分してください} other {これ自体が勾配の一部で、勾配の勾配には対応していません。勾配を使わない形に書き換えるか、内側の勾配に stopGradient を使ってください}}。",
  },
  "engine/invalid-program": {
    en: "The program does not hold together: {what, select, duplicateName {two inputs, parameters or states are both called {name}. Give each layer a name of its own} ownedDtype {the parameter or state {name} is not f32. Make it an input} updateTarget {{name} cannot be updated: only parameters and states can} updateTwice {{name} is updated twice. Combine the two updates into one} updateShape {the new value of {name} has another shape or type than {name} itself} outputs {a pass gave {name} a shape that does not follow from its inputs. This is a defect of that pass; please report it} other {{name}}} ({origin}).",
    ja: "プログラムに矛盾があります：{what, select, duplicateName {{name} という名前の入力、パラメーターまたは状態が 2 つあります。層ごとに別の名前を付けてください} ownedDtype {パラメーターまたは状態 {name} が f32 ではありません。入力にしてください} updateTarget {{name} は更新できません。更新できるのはパラメーターと状態だけです} updateTwice {{name} が 2 回更新されています。1 つの更新にまとめてください} updateShape {{name} の新しい値の形状または型が元と異なります} outputs {変換処理が {name} に、入力から導けない形状を与えました。変換処理の不具合です。報告をお願いします} other {{name}}}（{origin}）。",
  },
  "engine/index-outside": {
    en: "{op} was given the index {index, number}, but there {rows, plural, one {is # row} other {are # rows}}, counted from 0. Check that the classes or indexes belong to this table; -1 for “no label” has to be left out before.",
    ja: "{op} に添字 {index, number} が渡されましたが、{rows, plural, other {行は # 個}}しかありません（0 から数えます）。クラスや添字がこの表のものか確認してください。「ラベルなし」を表す -1 は事前に除いてください。",
  },
  "engine/input-size": {
    en: "“{name}” has shape {shape}, {expected, plural, one {# value} other {# values}}, but was given {found, number}. Programs are compiled for fixed shapes: fill up the last batch, or compile for its size.",
    ja: "「{name}」の形状は {shape} で、{expected, plural, other {値が # 個}}必要ですが、{found, number} 個渡されました。プログラムは固定の形状でコンパイルされます。最後のバッチを埋めるか、その大きさでコンパイルしてください。",
  },
  "engine/input-type": {
    en: "“{name}” takes a {expected} and was given a {found}. Convert it with {expected}.from(values).",
    ja: "「{name}」は {expected} を受け取りますが、{found} が渡されました。{expected}.from(values) で変換してください。",
  },
  "engine/missing-input": {
    en: "The program needs a value for “{name}” at each run; given were: {given}. Add it to what run() is called with.",
    ja: "プログラムは実行のたびに「{name}」の値を必要としますが、渡されたのは {given} でした。run() に渡す値に加えてください。",
  },
  "engine/program-disposed": {
    en: "This program ({executor}) was disposed and its values are gone. Read what is needed before dispose(), or compile it again.",
    ja: "このプログラム（{executor}）は破棄済みで、値は残っていません。必要な値は dispose() の前に読み出すか、もう一度コンパイルしてください。",
  },
  "engine/unknown-input": {
    en: "The program has no input “{name}”; its inputs are: {known}. Leave it out, or check whether an output really depends on it; parameters and states are set with write().",
    ja: "プログラムに入力「{name}」はありません。入力は {known} です。渡さないようにするか、出力が本当にそれに依存しているか確認してください。パラメーターと状態は write() で設定します。",
  },
  "engine/unknown-output": {
    en: "The program has no output “{name}”; its outputs are: {known}. Ask for one of these.",
    ja: "プログラムに出力「{name}」はありません。出力は {known} です。この中から選んでください。",
  },
  "engine/unknown-state": {
    en: "The program owns no parameter or state “{name}”; it owns: {known}. A checkpoint of another model may have been given: use the one that belongs to this architecture.",
    ja: "プログラムに「{name}」というパラメーターや状態はありません。あるのは {known} です。別のモデルのチェックポイントかもしれません。この構造に対応するものを使ってください。",
  },
  "engine/library-missing": {
    en: "{library} could not be loaded: {what, select, absent {there is no such file} empty {the folder holds no libdnnl.so.2 or libdnnl.so.3} unreadable {it is no library for this machine ({message})} foreign {it is a library, but not oneDNN ({message})} version {it is version {message}, and only 2 and 3 are understood} descriptors {its descriptors do not lie as versions 2 and 3 have them ({message})} threads {it was built without OpenMP, so its threads cannot be counted out ({message})} other {{message}}}. {what, select, package {Run npm install again on this machine} other {Install oneDNN with apt install libdnnl2 or tanafuda doctor --install onednn, and let TANAFUDA_ONEDNN name it or nothing}}, or choose another executor; tanafuda doctor shows which ones work here.",
    ja: "{library} を読み込めませんでした：{what, select, absent {そのファイルはありません} empty {フォルダーに libdnnl.so.2 も libdnnl.so.3 もありません} unreadable {このマシン用のライブラリではありません（{message}）} foreign {ライブラリですが oneDNN ではありません（{message}）} version {バージョン {message} です。対応しているのは 2 と 3 です} descriptors {記述子の並びがバージョン 2 とも 3 とも合いません（{message}）} threads {OpenMP なしでビルドされており、スレッド数を指定できません（{message}）} other {{message}}}。{what, select, package {このマシンで npm install をやり直すか} other {apt install libdnnl2 か tanafuda doctor --install onednn で oneDNN をインストールし、TANAFUDA_ONEDNN にはそれを指定するか何も設定しないでください。あるいは}}、別の実行エンジンを選んでください。使えるものは tanafuda doctor で確認できます。",
  },
  "engine/out-of-memory": {
    en: "The machine would not give {needed, number} bytes of memory for this program. Close other programs, or choose a smaller batch (--batch) or picture size (--size).",
    ja: "このプログラムに必要なメモリー {needed, number} バイトを確保できませんでした。ほかのプログラムを閉じるか、バッチ（--batch）や画像サイズ（--size）を小さくしてください。",
  },
  "engine/plan-differs": {
    en: "The plan that this training ran by cannot be followed here: {reason}. Results would no longer be the same to the last bit. Go on where it was started, or choose anew with --replan.",
    ja: "これまでの学習の実行計画をこの環境では再現できません：{reason}。最後の桁まで同じ結果にはなりません。もとの環境で続けるか、--replan で計画を選び直してください。",
  },
  "engine/library-refused": {
    en: "{library} refused the program: {message}. If memory ran out, use a smaller batch or size; otherwise run tanafuda doctor and choose another executor.",
    ja: "{library} がプログラムの実行を拒否しました：{message}。メモリ不足の場合はバッチや画像サイズを小さくしてください。それ以外の場合は tanafuda doctor を実行し、別の実行エンジンを選んでください。",
  },
  "engine/node-refused": {
    en: "{library} could not compute {op} {shapes} ({origin}): {message}. If memory ran out, use a smaller batch or size; otherwise run tanafuda doctor and choose another executor.",
    ja: "{library} が {op} {shapes} を計算できませんでした（{origin}）：{message}。メモリ不足の場合はバッチや画像サイズを小さくしてください。それ以外の場合は tanafuda doctor を実行し、別の実行エンジンを選んでください。",
  },
  "engine/device-missing": {
    en: "There is no device “{name}” here ({message}); what answers: {known}. Choose one of these, or install the driver of the device and, for PyTorch, the build that belongs to it.",
    ja: "デバイス「{name}」はこのマシンで使えません（{message}）。使えるのは {known} です。この中から選ぶか、デバイスのドライバー（PyTorch の場合はデバイスに合う PyTorch も）をインストールしてください。",
  },
  "engine/torch-missing": {
    en: "No PyTorch was found: not in TANAFUDA_TORCH, the active virtual environment or python3. Install version {least} or newer with pip install torch, or set TANAFUDA_TORCH to the folder of its package.",
    ja: "PyTorch が見つかりません（TANAFUDA_TORCH、有効な仮想環境、python3 の順に探しました）。pip install torch でバージョン {least} 以降をインストールするか、TANAFUDA_TORCH にパッケージのフォルダーを設定してください。",
  },
  "engine/torch-unusable": {
    en: "The PyTorch in {path} cannot be used: {reason, select, noLibrary {it holds no {found}} tooOld {it is version {found}, and {least} or newer is needed} another {this process already uses the one in {found}} other {it does not load ({found})}}. {reason, select, noLibrary {Set TANAFUDA_TORCH to the folder of the Python package torch} tooOld {Bring it up to date with pip install --upgrade torch} another {Use one PyTorch in a process} other {Install it again for this machine, or set TANAFUDA_TORCH to another}}.",
    ja: "{path} の PyTorch は使えません：{reason, select, noLibrary {{found} がありません} tooOld {バージョンが {found} です。{least} 以降が必要です} another {このプロセスはすでに {found} の PyTorch を使っています} other {読み込めません（{found}）}}。{reason, select, noLibrary {TANAFUDA_TORCH に Python パッケージ torch のフォルダーを設定してください} tooOld {pip install --upgrade torch で更新してください} another {1 つのプロセスで使える PyTorch は 1 つです} other {このマシン向けにインストールし直すか、TANAFUDA_TORCH に別の PyTorch を設定してください}}。",
  },
} as const;
