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
    en: "Duplicates, blank and dark pictures, odd sizes, split leaks",
    ja: "重複、無地・暗い画像、異常なサイズ、分割の漏れを点検する",
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
  "command/search": {
    en: "Find the nearest pictures on the shelf",
    ja: "棚から最も近い画像を探す",
  },
  "command/pilot": {
    en: "All of it in one go: read, train, measure, report",
    ja: "取り込みから学習・測定・報告書までを一度に行う",
  },
  "command/doctor": {
    en: "What this machine can do, and what would make it faster",
    ja: "このコンピューターでできることと、速くする方法",
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
  "option/seed": { en: "seed of every random draw", ja: "乱数の種" },
  "option/name": { en: "its name", ja: "名前" },
  "option/resolution": {
    en: "shorter side of the stored pictures, in pixels",
    ja: "保存する画像の短辺（画素数）",
  },
  "option/labels-file": {
    en: "a CSV or JSON list with labels, groups or splits (repeatable)",
    ja: "ラベル・グループ・分割を記した CSV・JSON の一覧（複数可）",
  },
  "option/group": {
    en: "what must never be split: a column of the list, or folder, near-duplicate, item",
    ja: "分割をまたがせない単位：一覧の列名、または folder・near-duplicate・item",
  },
  "option/split": {
    en: "a column of the list that gives the split (train, test)",
    ja: "分割（train・test）を示す一覧の列名",
  },
  "option/share": {
    en: "share of the groups set aside for evaluation",
    ja: "評価用に取り分けるグループの割合",
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
  "option/method": { en: "simclr or vicreg", ja: "simclr または vicreg" },
  "option/backbone": {
    en: "res-L-H (such as res-2-64), resnet-18, resnet-18-imagenet",
    ja: "res-L-H（例：res-2-64）、resnet-18、resnet-18-imagenet",
  },
  "option/size": { en: "side of a view, in pixels", ja: "ビューの一辺（画素数）" },
  "option/epochs": { en: "passes over the training pictures", ja: "学習画像を何周するか" },
  "option/minutes": {
    en: "train for about this long; turned into a recorded number of steps",
    ja: "学習時間の目安（分）。ステップ数に換算して記録します",
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
  "option/from": { en: "go on from this representation", ja: "この表現から続ける" },
  "option/resume": {
    en: "go on with an interrupted run (its id, or the last)",
    ja: "中断した実行を再開する（ID、省略時は最後）",
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
  "option/executor": { en: "ort or reference", ja: "ort または reference" },
  "option/threads": { en: "threads for the arithmetic", ja: "計算に使うスレッド数" },
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
  "option/count": { en: "how many", ja: "件数" },
  "option/out": { en: "where the result goes", ja: "出力先" },
  "config/heading": {
    en: "Preferences of this workspace. Take the # away to set one; options on the command line win.",
    ja: "この作業場所の設定です。# を外すと有効になります。コマンドラインの指定が優先されます。",
  },
  "help/example": { en: "Examples:", ja: "例：" },
} as const satisfies Record<
  `${"command" | "argument" | "option" | "config" | "help"}/${string}`,
  Wording
>;
