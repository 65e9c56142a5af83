/**
 * Microsoft's C++ runtime, which ONNX Runtime's libraries for Windows are linked to and which a new
 * Windows may lack: fetched with this machine's pip and laid beside Node's binary, where Windows
 * looks first. Its licence lets programs carry these files.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

const wheel = "msvc-runtime==14.44.35112";
const files = [
  ...["msvcp140.dll", "msvcp140_1.dll", "msvcp140_atomic_wait.dll"],
  ...["vcruntime140.dll", "vcruntime140_1.dll"],
];

/** Whether it could be fetched. */
export function takeWindowsRuntime(folder: string): boolean {
  const aside = join(folder, "runtime");
  mkdirSync(aside);
  try {
    const target = ["--platform", "win_amd64", "--python-version", "3.11"];
    const wanted = ["--no-deps", "--only-binary=:all:", ...target, "-d", aside, wheel];
    python(["-m", "pip", "download", "-q", ...wanted]);
    const [name] = readdirSync(aside);
    python(["-m", "zipfile", "-e", join(aside, name), aside]);
    const there = readdirSync(aside, { recursive: true, encoding: "utf8" });
    for (const file of files) {
      const found = there.find((path) => basename(path) === file);
      if (found === undefined) return false;
      copyFileSync(join(aside, found), join(folder, "node", file));
    }
    return true;
  } catch {
    return false;
  } finally {
    rmSync(aside, { recursive: true });
  }
}

function python(words: readonly string[]): void {
  const name = process.platform === "win32" ? "python" : "python3";
  execFileSync(name, words, { stdio: ["ignore", "ignore", "inherit"] });
}
