/** Asks the machine's Python where its package `torch` lies, without importing it. */
import { execFile } from "node:child_process";

const question = [
  "import importlib.util",
  "found = importlib.util.find_spec('torch')",
  "print(next(iter(found.submodule_search_locations), '') if found else '')",
].join("\n");

/** The folder of the package; undefined where there is no Python or no package. */
export async function askPython(
  python = process.platform === "win32" ? "python" : "python3",
): Promise<string | undefined> {
  return await new Promise((resolve) => {
    execFile(python, ["-I", "-c", question], { timeout: 30_000 }, (error, answer) => {
      resolve(error ? undefined : answer.trim() || undefined);
    });
  });
}
