/** Help: what each command and option is for. */
import type { Wording } from "./language.ts";

export const commands = {
  "command/tanafuda": {
    en: "Turns the unlabelled pictures you already have into a shelf that can be searched and measured.",
    ja: "手元にあるラベルなし画像を、検索でき、数値で測れる「棚」に変えます。",
  },
  "command/init": {
    en: "Make a workspace with a commented tanafuda.yaml (never required)",
    ja: "説明つきの tanafuda.yaml を備えた作業場所を作る（省略できます）",
  },
  "command/data": {
    en: "Add, label, check and list pictures",
    ja: "画像の登録・ラベル・点検・一覧",
  },
  "command/data-add": {
    en: "Read a folder of pictures (or CIFAR files); again = only what is new or changed",
    ja: "画像フォルダー（または CIFAR 形式）を取り込む。再実行では新規・変更分だけを読む",
  },
  "command/data-labels": {
    en: "Attach label sets from a CSV or JSON list",
    ja: "CSV・JSON の一覧からラベル集合をつける",
  },
  "command/data-check": {
    en: "Before training: duplicates, leaks, bad pictures, shortcuts, doubtful labels",
    ja: "学習前の点検：重複、分割の漏れ、不良画像、近道、疑わしいラベル",
  },
  "command/data-list": {
    en: "What is here: datasets, representations, runs",
    ja: "データセット・表現・実行の一覧",
  },
  "command/pretrain": {
    en: "Train a representation without labels",
    ja: "ラベルを使わずに表現を学習する",
  },
  "command/measure": {
    en: "Measure how well a representation sorts: NCC, CDNV, kNN, linear probe, rank",
    ja: "表現の仕分け力を測る：NCC・CDNV・kNN・線形プローブ・ランク",
  },
  "command/adapt": {
    en: "Put labels to work: a classifier, what it is worth, and what can be promised of it",
    ja: "ラベルから分類器を作り、どれほど使えるか、何を約束できるかを示す",
  },
  "command/predict": {
    en: "Classify pictures or a watched folder with a head",
    ja: "画像や見張るフォルダーを分類器で判定する",
  },
  "argument/head": {
    en: "a head: NAME, NAME@VERSION or @last",
    ja: "分類器（名前、名前@バージョン、@last）",
  },
  "argument/files": { en: "pictures, or folders of them", ja: "画像またはフォルダー" },
  "option/adapt-labels": { en: "the label set to learn", ja: "学習するラベル集合" },
  "option/head-name": {
    en: "name of the head (default: that of the label set)",
    ja: "分類器の名前（既定：ラベル集合の名前）",
  },
  "option/heads": {
    en: "kinds that compete, comma-separated: ncc, ridge, logistic, knn (default: all)",
    ja: "競わせる種類（コンマ区切り）：ncc、ridge、logistic、knn（既定：全部）",
  },
  "option/weights": {
    en: "balanced: classes count alike, however rare; none (default)",
    ja: "balanced は少ないクラスも同じ重みで扱う。none（既定）",
  },
  "option/calibration": {
    en: "labels drawn at random to calibrate promises (default: a quarter, or what they need)",
    ja: "約束の較正に無作為に使うラベル数（既定：4 分の 1、または必要な数）",
  },
  "option/alpha": {
    en: "how often a candidate set may lack the true class (default: 0.1)",
    ja: "候補の集合に正解がないことを許す割合（既定：0.1）",
  },
  "option/sets": {
    en: "all: the promise is for all pictures together (default); class: for each class",
    ja: "all は全画像での約束（既定）、class はクラスごとの約束",
  },
  "option/target": {
    en: "the largest share of wrong answers among those given (default: 0.05)",
    ja: "答えた中で許す誤りの割合（既定：0.05）",
  },
  "option/delta": {
    en: "how often that may fail (default: 0.05)",
    ja: "その約束が破れることを許す割合（既定：0.05）",
  },
  "option/defect": {
    en: "the class that must not be missed",
    ja: "見逃してはならないクラス",
  },
  "option/missed-costs": { en: "costs of a missed one", ja: "見逃し 1 件の費用" },
  "option/false-alarm-costs": { en: "costs of a false alarm", ja: "誤警報 1 件の費用" },
  "option/predict-out": {
    en: "write the list here; JSON lines where the name ends with .jsonl, else CSV",
    ja: "一覧の出力先（.jsonl で終わる名前なら JSON、それ以外は CSV）",
  },
  "option/predict-watch": {
    en: "look into this folder again and again, until Ctrl-C",
    ja: "このフォルダーを Ctrl-C まで見張る",
  },
  "option/neighbours": {
    en: "nearest labelled examples named with --json (default: 3)",
    ja: "--json で示す近いラベル付き画像の数（既定：3）",
  },
  "command/search": {
    en: "Find the nearest pictures on the shelf",
    ja: "棚から最も近い画像を探す",
  },
  "command/pilot": {
    en: "All of it in one go: read, check, train, measure; the report is there within a minute or so",
    ja: "取り込み・点検・学習・測定を一度に行う。報告書は 1 分ほどで開ける",
  },
  "command/help": { en: "Show what a command does", ja: "コマンドの説明を表示する" },
  "command/completion": {
    en: "Completion of commands, options and names with the Tab key",
    ja: "Tab キーでコマンド・オプション・名前を補完できるようにする",
  },
  "argument/shell": { en: "bash, zsh or fish", ja: "bash・zsh・fish のいずれか" },
  "command/doctor": {
    en: "What this machine can do, and what would make it faster",
    ja: "このコンピューターでできることと、速くする方法",
  },
  "command/select": {
    en: "Choose what to label first: a list, and a page on which to label it.",
    ja: "最初にラベル付けすべき画像を選び、一覧とラベル付け用のページを作ります。",
  },
  "command/budget": {
    en: "How many labels a goal takes: learning curve, forecast with an interval, what the shelf saves",
    ja: "目標に必要なラベル数：学習曲線、区間つきの予測、棚による節約",
  },
  "option/budget-labels": {
    en: "the label set (default: the only one)",
    ja: "ラベル集合（既定：1 つだけならそれ）",
  },
  "option/goal-target": {
    en: "what --measure is to reach, such as 0.95",
    ja: "--measure の目標値（例：0.95）",
  },
  "option/goal-measure": {
    en: "accuracy (default), balanced, or recall of --class",
    ja: "accuracy（正解率、既定）・balanced（均衡正解率）・recall（--class の検出率）",
  },
  "option/class": {
    en: "the class that recall or --missed is about",
    ja: "recall・--missed の対象クラス",
  },
  "option/missed": {
    en: "largest share of --class that may be missed, with --false-alarm",
    ja: "--class の見逃しをどこまで許すか（--false-alarm と組で指定）",
  },
  "option/false-alarm": {
    en: "largest share of the other pictures that may raise the alarm",
    ja: "それ以外の画像の過検出をどこまで許すか",
  },
  "option/no-baselines": {
    en: "only the representation's own curve, without what it is compared with",
    ja: "比較対象なしで、この表現の曲線だけを描く",
  },
  "option/supervised": {
    en: "compare with training from scratch on the same labels, however long it takes (default: where it takes three minutes at most)",
    ja: "同じラベルだけでの学習とも、時間がかかっても比べる（既定：3 分以内で済む場合だけ）",
  },
  "option/no-supervised": {
    en: "leave that comparison out",
    ja: "その比較を省く",
  },
  "command/export": {
    en: "Write a representation or a head for use elsewhere: ONNX, weights, a page; checked after writing",
    ja: "表現やヘッドを他で使える形（ONNX・重み・ページ）で書き出し、結果を照合する",
  },
  "argument/exported": {
    en: "a representation or a head: NAME, NAME@VERSION or @last (for label-studio: a dataset)",
    ja: "表現またはヘッド：名前、名前@版、@last（label-studio ではデータセット）",
  },
  "option/fine-tune": {
    en: "let the labels move the encoder, too: last (its last block) or all; kept only where cross-validation finds it better",
    ja: "ラベルでエンコーダーも調整する：last（最後のブロック）または all。交差検証で良くなった場合だけ採用",
  },
  "option/fine-tune-epochs": {
    en: "with --fine-tune: passes over the labels at most (default: 30); cross-validation says when to stop",
    ja: "--fine-tune の最大周回数（既定：30）。やめ時は交差検証で決めます",
  },
  "option/to": {
    en: "onnx (default), safetensors, page or label-studio",
    ja: "onnx（既定）・safetensors・page・label-studio",
  },
  "option/export-labels": {
    en: "for label-studio: the label set",
    ja: "label-studio で書き出すラベル集合",
  },
  "option/export-out": {
    en: "the file (default: named after what is exported, here)",
    ja: "出力ファイル（既定：書き出すものの名前で、現在のフォルダー）",
  },
  "argument/pictures": {
    en: "a folder of pictures, or CIFAR .bin files",
    ja: "画像フォルダー、または CIFAR の .bin ファイル",
  },
  "argument/data": { en: "a dataset's name, or a path", ja: "データセット名、またはパス" },
  "argument/dataset": { en: "a dataset's name", ja: "データセット名" },
  "argument/label-file": { en: "a CSV or JSON list", ja: "CSV・JSON の一覧" },
  "argument/representations": {
    en: "NAME, NAME@VERSION, NAME@ALIAS, @last, a path, or a matrix (.npy, .parquet)",
    ja: "NAME、NAME@VERSION、NAME@ALIAS、@last、パス、または行列（.npy、.parquet）",
  },
  "argument/representation": {
    en: "NAME, NAME@VERSION, NAME@ALIAS, @last or a path",
    ja: "NAME、NAME@VERSION、NAME@ALIAS、@last、またはパス",
  },
  "argument/picture": { en: "a picture to look for", ja: "探したい画像" },
  "argument/folder": { en: "a folder", ja: "フォルダー" },
  "option/help": { en: "show this help", ja: "この説明を表示" },
  "option/version": { en: "show the version", ja: "版を表示" },
  "option/lang": { en: "en or ja", ja: "en または ja" },
  "option/json": { en: "JSON lines for programs", ja: "プログラム向けの JSON 行" },
  "option/workspace": {
    en: "the workspace's folder (default: the nearest one above, else here)",
    ja: "作業場所のフォルダー（省略時：上位で最も近いもの、なければ現在地）",
  },
  "option/seed": { en: "seed of every random draw (default: 0)", ja: "乱数の種（既定：0）" },
  "option/name": { en: "its name", ja: "名前" },
  "option/resolution": {
    en: "shorter side of the stored pictures, in pixels (default: 64)",
    ja: "保存する画像の短辺（画素数、既定：64）",
  },
  "option/labels-file": {
    en: "a CSV or JSON list with labels, groups or splits (repeatable)",
    ja: "ラベル・グループ・分割を記した CSV・JSON の一覧（複数可）",
  },
  "option/group": {
    en: "what must never be split: a column of the list; day, lot, line or camera where names or a list tell them, inspector; or folder, near-duplicate (default), item",
    ja: "分割をまたがせない単位：一覧の列名、名前から分かる day・lot・line・camera、または folder・near-duplicate（既定）・item",
  },
  "option/split": {
    en: "a column of the list that gives the split (train, test)",
    ja: "分割（train・test）を示す一覧の列名",
  },
  "option/background": {
    en: "colour that transparent pictures are laid on (default: #ffffff)",
    ja: "透明な画像の背景色（既定：#ffffff）",
  },
  "option/share": {
    en: "share of the groups set aside for evaluation (default: 0.2)",
    ja: "評価用に取り分けるグループの割合（既定：0.2）",
  },
  "option/check-csv": {
    en: "write all findings as a list to be answered in a spreadsheet",
    ja: "指摘の一覧を CSV に書き出す（表計算ソフトで回答を記入できます）",
  },
  "option/check-answers": {
    en: "read the answered list back and apply it",
    ja: "回答を記入した一覧を読み込んで反映する",
  },
  "option/check-representation": {
    en: "doubt labels by this representation instead of by looks",
    ja: "見た目の代わりに、この表現を使ってラベルを疑う",
  },
  "option/set": { en: "only this label column", ja: "このラベル列だけを使う" },
  "option/hierarchy": {
    en: "coarse>fine: the finer set determines the coarser one",
    ja: "粗い集合>細かい集合（細かい集合が粗い集合を決める）",
  },
  "option/columns": {
    en: "names for the columns of a list without a header, comma-separated",
    ja: "見出しのない一覧の列名（コンマ区切り）",
  },
  "option/method": { en: "simclr (default) or vicreg", ja: "simclr（既定）または vicreg" },
  "option/backbone": {
    en: "res-L-H, resnet-18, -34 or -50 (also resnet-18-imagenet …), vit-tiny or vit-small (also vit-tiny-8: patches of 8) (default: res-2-64)",
    ja: "res-L-H、resnet-18・-34・-50（resnet-18-imagenet なども可）、vit-tiny・vit-small（vit-tiny-8 はパッチ 8）（既定：res-2-64）",
  },
  "option/size": {
    en: "side of a view, in pixels (default: 32)",
    ja: "ビューの一辺（画素数、既定：32）",
  },
  "option/epochs": { en: "passes over the training pictures", ja: "学習画像を何周するか" },
  "option/minutes": {
    en: "train for about this long (default: 10); turned into a recorded number of steps",
    ja: "学習時間の目安（分、既定：10）。ステップ数に換算して記録します",
  },
  "option/batch": {
    en: "pictures in a step; each is seen in two views",
    ja: "1 ステップの画像数（各画像を 2 ビューで見ます）",
  },
  "option/learning-rate": { en: "peak learning rate", ja: "学習率の最大値" },
  "option/optimizer": { en: "sgd, adamw or lars", ja: "sgd・adamw・lars" },
  "option/temperature": { en: "temperature of SimCLR", ja: "SimCLR の温度" },
  "option/projector": {
    en: "widths of the projector, such as 512-128",
    ja: "プロジェクターの幅（例：512-128）",
  },
  "option/augment": {
    en: "what the pictures are like, comma-separated: small-defects (at least half of a picture in a view, no blur), colour-matters (hue kept, no gray views, half the other colour changes), any-orientation (flips both ways, quarter turns), fixed-orientation (neither)",
    ja: "画像の性質（コンマ区切り）：small-defects＝小さな欠陥（ビューに画像の半分以上を残し、ぼかさない）、colour-matters＝色が決め手（色相を保ち、白黒にせず、他の色の変化も半分にする）、any-orientation＝向きは問わない（上下左右の反転と 90°回転）、fixed-orientation＝向きが決め手（反転・回転なし）",
  },
  "option/crop": {
    en: "least and largest share of a picture in a view, such as 0.5-1 (default: 0.08-1; vicreg 0.2-1)",
    ja: "ビューに入れる画像の面積の割合（最小-最大。例：0.5-1、既定：0.08-1、vicreg は 0.2-1）",
  },
  "option/flip": {
    en: "horizontal (default), vertical, both or none",
    ja: "反転：horizontal＝左右（既定）、vertical＝上下、both＝両方、none＝なし",
  },
  "option/turns": {
    en: "quarter (views are also turned by 90°, 180° or 270°) or none (default)",
    ja: "回転：quarter＝90°・180°・270°の回転も行う、none＝なし（既定）",
  },
  "option/colour": {
    en: "strength of the colour changes: 0 leaves colours alone, 1 is the method’s own (default)",
    ja: "色の変化の強さ（0＝変えない、1＝手法の標準・既定）",
  },
  "option/hue": {
    en: "farthest turn of the hue, up to 0.5 of the circle (default: 0.1)",
    ja: "色相の変化の最大値（色相環に対する割合、0.5 まで。既定：0.1）",
  },
  "option/grayscale": {
    en: "probability that a view is gray (default: 0.2)",
    ja: "ビューを白黒にする確率（既定：0.2）",
  },
  "option/blur": {
    en: "probability that a view is blurred (default: 0; above 64 pixels 0.5)",
    ja: "ビューをぼかす確率（既定：0、64 画素を超えると 0.5）",
  },
  "option/solarize": {
    en: "probability that the bright half of a view is inverted (default: 0; vicreg 0.1)",
    ja: "ビューの明るい側を反転（ソラリゼーション）する確率（既定：0、vicreg は 0.1）",
  },
  "option/show-views": {
    en: "train nothing: write a page with pictures beside the views that training would draw of them",
    ja: "学習はせず、画像と、学習で使うビューを並べたページを書き出す",
  },
  "option/from": { en: "go on from this representation", ja: "この表現から続ける" },
  "option/resume": {
    en: "go on with an interrupted run (its id, else the last one)",
    ja: "中断した実行を再開する（ID、省略時は最後のもの）",
  },
  "option/resume-pilot": {
    en: "go on where the last pilot of these pictures stopped",
    ja: "この画像で最後に中断した pilot を続きから行う",
  },
  "option/no-color": { en: "without colours", ja: "色をつけない" },
  "option/no-pictures": {
    en: "also write report-without-pictures.html: a copy without pictures, file names and places, to hand on",
    ja: "画像・ファイル名・保存場所を含まない写し report-without-pictures.html も書き出す（社外に渡せる版）",
  },
  "option/volume": {
    en: "pictures a day: the report then counts mistakes a day",
    ja: "1 日の画像枚数（報告書に 1 日あたりの誤りの件数を載せます）",
  },
  "option/defect-share": {
    en: "share of defects among a day's pictures (default: as labelled)",
    ja: "1 日の画像に占める不良の割合（既定：ラベルどおり）",
  },
  "option/miss-cost": {
    en: "what one missed defect costs, in yen",
    ja: "見逃し 1 件あたりの損失（円）",
  },
  "option/alarm-cost": {
    en: "what one false alarm costs, in yen",
    ja: "過検出 1 件あたりの損失（円）",
  },
  "option/watch": {
    en: "go on, and add what arrives in the folder",
    ja: "終了せずに監視し、フォルダーに届いた画像を追加する",
  },
  "option/overwrite": { en: "replace an existing output", ja: "既存の出力を置き換える" },
  "option/dry-run": {
    en: "say time, memory and disk, and run nothing",
    ja: "所要時間・メモリ・ディスクの見込みだけを示す",
  },
  "option/profile": {
    en: "milliseconds of each part of a step",
    ja: "1 ステップの内訳をミリ秒で示す",
  },
  "option/executor": {
    en: "onednn (default where oneDNN is found), ort (default elsewhere), torch or reference",
    ja: "onednn（oneDNN があれば既定）・ort（なければ既定）・torch・reference",
  },
  "option/precision": {
    en: "auto (default: what is fastest here), f32 or bf16",
    ja: "auto（既定：このマシンで速いもの）・f32・bf16",
  },
  "option/device": {
    en: "cpu (default), cuda, cuda:1, xpu, mps or webgpu; devices other than cpu need PyTorch (webgpu: none)",
    ja: "cpu（既定）・cuda・cuda:1・xpu・mps・webgpu。cpu 以外は PyTorch が必要です（webgpu は不要）",
  },
  "option/replan": {
    en: "when resuming, choose anew how to compute; the last bits of the result may differ",
    ja: "再開時に計算方法を選び直す（結果の最後の桁が変わることがあります）",
  },
  "option/install": {
    en: "fetch a library with this machine's pip (uses the network): onednn",
    ja: "ライブラリをこのマシンの pip で取得する（ネットワークを使います）：onednn",
  },
  "option/threads": {
    en: "threads for the arithmetic (default: all cores)",
    ja: "計算に使うスレッド数（既定：全コア）",
  },
  "option/labels": {
    en: "label sets to measure, comma-separated (default: all)",
    ja: "測るラベル集合（コンマ区切り、省略時は全部）",
  },
  "option/layers": {
    en: "layers to measure, comma-separated, or all",
    ja: "測る層（コンマ区切り、または all）",
  },
  "option/data": {
    en: "measure on this dataset instead of its own",
    ja: "学習時と別のデータセットで測る",
  },
  "option/label-column": {
    en: "a CSV or JSON list of labels for a matrix",
    ja: "行列に対応するラベルの一覧（CSV・JSON）",
  },
  "option/select-count": { en: "how many (default: 50)", ja: "枚数（既定：50）" },
  "option/select-labels": {
    en: "the label set to fill: what has a label in it is known already (default: a new set, “label”)",
    ja: "対象のラベルセット。ラベル済みの画像は除きます（既定：新しいセット「label」）",
  },
  "option/evaluation": {
    en: "draw at random from the pictures set aside to judge by",
    ja: "判定用に取り分けた画像から無作為に選ぶ",
  },
  "option/strata": {
    en: "where this class is rare: draw pictures to judge by in strata, the more the likelier they are of it; each then counts for as many as it stands for",
    ja: "まれなクラス向け：判定用の画像を、このクラスらしいものほど多く層別に選ぶ。1 枚が何枚分にあたるかを数値に反映する",
  },
  "option/strategy": {
    en: "max-herding (default), typiclust, prob-cover, k-centre, random",
    ja: "max-herding（既定）、typiclust、prob-cover、k-centre、random",
  },
  "option/select-out": {
    en: "folder for the list and the page (default: tanafuda-labels)",
    ja: "一覧とページの出力先フォルダー（既定：tanafuda-labels）",
  },
  "option/count": { en: "how many (default: 10)", ja: "件数（既定：10）" },
  "option/out": {
    en: "where the report goes (default: tanafuda-report)",
    ja: "報告書の出力先（既定：tanafuda-report）",
  },
  "config/second-view": {
    en: "what is different in the second of a picture’s two views",
    ja: "2 つのビューのうち、2 つ目だけで変える設定",
  },
  "config/heading": {
    en: "Preferences of this workspace. Take the # away to set one; options on the command line win.",
    ja: "この作業場所の設定です。# を外すと有効になります。コマンドラインの指定が優先されます。",
  },
  "help/example": { en: "Examples:", ja: "例：" },
  "help/usage": { en: "Usage:", ja: "使い方：" },
  "help/arguments": { en: "Arguments:", ja: "引数：" },
  "help/options": { en: "Options:", ja: "オプション：" },
  "help/options-data": { en: "Pictures and labels:", ja: "画像とラベル：" },
  "help/options-training": { en: "Training:", ja: "学習：" },
  "help/options-views": { en: "Views (augmentation):", ja: "ビュー（データ拡張）：" },
  "help/options-result": { en: "Result:", ja: "結果：" },
  "help/options-general": { en: "Workspace and machine:", ja: "作業場所とコンピューター：" },
  "help/everywhere": { en: "Everywhere:", ja: "共通：" },
  "help/commands": { en: "Commands:", ja: "コマンド：" },
} as const satisfies Record<
  `${"command" | "argument" | "option" | "config" | "help"}/${string}`,
  Wording
>;
