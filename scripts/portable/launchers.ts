/** Files to double-click, and the command line, beside `app/` and `node/`. */
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "./platforms.ts";

/**
 * The last `exit` ends the whole shell: a folder named `a&b`, dropped on the launcher, would
 * otherwise have `b` run as a command after it. The line itself goes on to the launcher in Node.
 */
const startCmd = String.raw`@echo off
chcp 65001 >nul
title Tanafuda
setlocal DisableDelayedExpansion
set "TANAFUDA_LAUNCHER=%~f0"
set "TANAFUDA_HOME=%~dp0"
set "TANAFUDA_FOLDER=%~1"
setlocal EnableDelayedExpansion
set "TANAFUDA_LINE=!cmdcmdline!"
"!TANAFUDA_HOME!node\node.exe" "!TANAFUDA_HOME!app\dist\surface\cli\start.js" "!TANAFUDA_FOLDER!"
echo.
pause
exit
`;

const tanafudaCmd = String.raw`@echo off
chcp 65001 >nul
"%~dp0node\node.exe" "%~dp0app\dist\surface\cli\main.js" %*
`;

const home = `here=$(dirname -- "$(readlink -f -- "$0")")`;

const startSh = String.raw`#!/bin/sh
${home}
"$here/node/node" "$here/app/dist/surface/cli/start.js" "$@"
code=$?
if [ -t 0 ]; then printf '\nEnter: '; read -r _; fi
exit $code
`;

const tanafudaSh = `#!/bin/sh
${home}
exec "$here/node/node" "$here/app/dist/surface/cli/main.js" "$@"
`;

/** \`%k\` is where this file lies: the folder may be anywhere. */
const desktop = String.raw`[Desktop Entry]
Type=Application
Name=Tanafuda
Name[ja]=Tanafuda 棚札
Comment=From a folder of pictures to a report
Comment[ja]=画像フォルダーから報告書まで
Exec=sh -c "exec \\"\\$(dirname -- \\"\\$1\\")/start.sh\\" \\"\\$2\\"" sh %k %f
Terminal=true
Categories=Science;
`;

export function writeLaunchers(folder: string, { os }: Platform): void {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  switch (os) {
    case "win32":
      write("start.cmd", text(startCmd));
      write("tanafuda.cmd", text(tanafudaCmd));
      return;
    case "linux":
      write("start.sh", startSh);
      write("tanafuda", tanafudaSh);
      write("Tanafuda.desktop", desktop);
      for (const name of ["start.sh", "tanafuda", "Tanafuda.desktop", "node/node"]) {
        chmodSync(join(folder, name), 0o755);
      }
      return;
    default:
      os satisfies never;
  }
}

/** Lines as cmd.exe reads them. */
function text(script: string): string {
  return script.replaceAll("\n", "\r\n");
}
