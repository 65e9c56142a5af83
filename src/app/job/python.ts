/** The machine's own Python: asked where its PyTorch lies, or to fetch and unpack a wheel with pip. */
import { execFile } from "node:child_process";
import { homedir } from "node:os";

export interface Told {
  /** 0 where all went well; undefined where there is no Python to start. */
  readonly code: number | undefined;
  readonly out: string;
  /** What it said about what went wrong. */
  readonly said: string;
}

const machines = process.platform === "win32" ? "python" : "python3";

export function runPython(
  words: readonly string[],
  { signal, python = machines }: { readonly signal?: AbortSignal; readonly python?: string } = {},
): Promise<Told> {
  // Python, and Windows too, look in the current folder first: pictures from elsewhere lie there.
  const options = { encoding: "utf8", cwd: homedir(), ...(signal && { signal }) } as const;
  return new Promise((resolve, reject) => {
    execFile(python, words, options, (error, out, said) => {
      if (signal?.aborted) reject(signal.reason);
      else if (error === null) resolve({ code: 0, out, said });
      else if (typeof error.code === "number") resolve({ code: error.code, out, said });
      else resolve({ code: undefined, out, said: error.message });
    });
  });
}

/** The folder of Python's package `torch`, found without loading it. */
export async function askPython(python?: string): Promise<string | undefined> {
  const lines = [
    "import importlib.util as u",
    "s = u.find_spec('torch')",
    "print((s.submodule_search_locations or [''])[0] if s else '')",
  ];
  const { code, out } = await runPython(["-c", lines.join("\n")], { ...(python && { python }) });
  return code === 0 ? out.trim() || undefined : undefined;
}
