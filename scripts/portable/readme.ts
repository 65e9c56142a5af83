/** The page that lies in a portable folder, in both languages. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "./platforms.ts";

interface Told {
  readonly platform: Platform;
  readonly version: string;
  readonly node: string;
  /** Nothing that the platform may lack is missing. */
  readonly complete: boolean;
}

/** Notepad knows UTF-8 by its mark and wants both line ends. */
export function writeReadme(folder: string, told: Told): void {
  const { os } = told.platform;
  const text = `${english(told)}\n\n${japanese(told)}\n`;
  const bytes = os === "win32" ? `\ufeff${text.replaceAll("\n", "\r\n")}` : text;
  writeFileSync(join(folder, "README.txt"), bytes);
}

const names = {
  win32: { start: "start.cmd", line: "tanafuda.cmd", system: "Windows 10 / 11, 64 bit" },
  linux: { start: "start.sh", line: "./tanafuda", system: "Linux x64 (glibc 2.28 or newer)" },
} as const;

function english({ platform, version, node, complete }: Told): string {
  const { start, line, system } = names[platform.os];
  return `Tanafuda ${version} for ${system}

Copy this whole folder to the computer. Nothing is installed, no network is used, no Node is needed:
Node ${node} lies in the folder "node".

1. Double-click ${start}, and drag a folder of pictures into the window that opens; or drag the folder
   onto ${start} itself.
2. Ten minutes later the report opens. It is kept in the folder "Tanafuda" of your home folder.
3. Closed the window too early, or the power failed? Do the same again: it goes on where it stopped.
${os(platform, "english")}${complete ? "" : runtime.english}
All commands: ${line} --help
Licences: app/LICENSE, node/LICENSE, and a licence in each folder of app/node_modules.
`;
}

function japanese({ platform, version, node, complete }: Told): string {
  const { start, line, system } = names[platform.os];
  return `Tanafuda 棚札 ${version}（${system}）

このフォルダーをまるごとパソコンにコピーしてください。インストールもネットワークも不要です。
Node も不要です（「node」フォルダーに Node ${node} が入っています）。

1. ${start} をダブルクリックし、開いたウィンドウに画像フォルダーをドラッグします。
   画像フォルダーを ${start} に直接ドラッグしても構いません。
2. 約 10 分で報告書が開きます。報告書はホームフォルダーの「Tanafuda」に保存されます。
3. 途中でウィンドウを閉じたり停電したりしても、同じ操作をもう一度すれば続きから再開します。
${os(platform, "japanese")}${complete ? "" : runtime.japanese}
コマンド一覧：${line} --help
ライセンス：app/LICENSE、node/LICENSE、および app/node_modules の各フォルダー内のファイル。
`;
}

const runtime = {
  english: `
If ONNX Runtime cannot be loaded, install the "Microsoft Visual C++ Redistributable" (x64) first.
`,
  japanese: `
ONNX Runtime を読み込めない場合は、先に「Microsoft Visual C++ 再頒布可能パッケージ」（x64）を
インストールしてください。
`,
} as const;

function os({ os }: Platform, language: "english" | "japanese"): string {
  const told = {
    win32: {
      english: `
If Windows says that it protected your PC, choose "More info", then "Run anyway": the launcher is not
signed.
`,
      japanese: `
「Windows によって PC が保護されました」と表示されたら、「詳細情報」→「実行」を選んでください
（起動ファイルに署名がないためです）。
`,
    },
    linux: {
      english: `
In a file manager that does not run ${names.linux.start}, use Tanafuda.desktop ("Allow launching"), or in a
terminal: sh start.sh FOLDER
`,
      japanese: `
ファイルマネージャーで start.sh を実行できない場合は、Tanafuda.desktop（「起動を許可する」）を使うか、
ターミナルで sh start.sh フォルダー を実行してください。
`,
    },
  } as const;
  return told[os][language];
}
