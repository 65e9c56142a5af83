/**
 * A Parquet file read in a process of its own: a file with one wrong bit can make the library loop
 * for ever, take all memory or bring V8 down. That process is ended when it reads no further page
 * for a while, and its memory is bounded.
 */
import { fork } from "node:child_process";
import { closeSync, fstatSync, openSync } from "node:fs";
import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { type Code, type Evidence, Problem } from "../../base/index.ts";
import {
  type ParquetMatrix,
  type ParquetSelection,
  readParquetMatrix,
} from "../../formats/parquet/index.ts";

export type FromParquetChild =
  | { readonly say: "alive" }
  | {
      readonly say: "head";
      readonly head: Pick<ParquetMatrix, "rows" | "columns" | "features"> & {
        readonly hasIds: boolean;
      };
    }
  | { readonly say: "values"; readonly at: number; readonly values: Float32Array }
  | { readonly say: "ids"; readonly texts: readonly string[] }
  | { readonly say: "texts"; readonly column: string; readonly texts: readonly (string | null)[] }
  | { readonly say: "problem"; readonly code: Code; readonly values: Evidence }
  | { readonly say: "done" };

interface ApartOptions {
  /** How long a page may take in a small file; large files have large pages, and more time. */
  readonly patience?: number;
  /** The built child; from TypeScript sources there is none, and the file is read in this process. */
  readonly child?: URL | undefined;
}

const megabyte = 1 << 20;
const startUp = 30_000;
/** Numbers become JavaScript's own, and repeated ones are stored once: a small file may hold many. */
const memory = { least: 1 << 29, timesFile: 64 } as const;

export async function readParquetApart(
  path: string,
  selection: ParquetSelection,
  { patience = 10_000, child = builtChild() }: ApartOptions = {},
): Promise<ParquetMatrix> {
  const bytes = sizeOf(path);
  if (child === undefined) return await readParquetMatrix(path, selection);
  const limit = Math.min(totalmem() / 2, memory.least + memory.timesFile * bytes);
  const megabytes = Math.ceil(limit / megabyte);
  const reader = fork(fileURLToPath(child), [], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
    execArgv: [`--max-old-space-size=${megabytes}`],
  });
  const end = () => reader.kill("SIGKILL");
  process.once("exit", end);
  try {
    return await new Promise((resolve, reject) => {
      const contradicts = (end: "time" | "memory") =>
        reject(new Problem("formats/file-contradicts", { file: path, end, limit: megabytes }));
      // A busy machine may take long to start a process; what counts begins with its first word.
      let timer = setTimeout(() => contradicts("time"), startUp + patience);
      const allowed = Math.ceil(patience + bytes / 4000);
      reader.once("message", () => {
        clearTimeout(timer);
        timer = setTimeout(() => contradicts("time"), allowed);
      });
      const take = gatherMatrix(selection.labels ?? []);
      reader.on("message", (message: FromParquetChild) => {
        timer.refresh();
        if (message.say === "problem") reject(new Problem(message.code, message.values));
        else {
          const matrix = take(message);
          if (matrix !== undefined) resolve(matrix);
        }
      });
      reader.on("error", reject);
      reader.on("close", () => {
        clearTimeout(timer);
        contradicts("memory");
      });
      reader.send({ path, selection });
    });
  } finally {
    end();
    process.off("exit", end);
  }
}

function gatherMatrix(labels: readonly string[]) {
  const texts = new Map<string, (string | null)[]>(labels.map((name) => [name, []]));
  const ids: string[] = [];
  let head: Extract<FromParquetChild, { say: "head" }>["head"] | undefined;
  let values = new Float32Array(0);
  return (message: FromParquetChild): ParquetMatrix | undefined => {
    switch (message.say) {
      case "head":
        head = message.head;
        values = new Float32Array(head.rows * head.columns);
        return undefined;
      case "values":
        values.set(message.values, message.at);
        return undefined;
      case "texts":
        for (const text of message.texts) texts.get(message.column)?.push(text);
        return undefined;
      case "ids":
        for (const id of message.texts) ids.push(id);
        return undefined;
      case "done": {
        if (head === undefined) return undefined;
        const { hasIds, ...rest } = head;
        return { ...rest, values, labels: Object.fromEntries(texts), ...(hasIds && { ids }) };
      }
      default:
        return undefined;
    }
  };
}

function sizeOf(path: string): number {
  try {
    const file = openSync(path, "r");
    try {
      return fstatSync(file).size;
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new Problem("app/file-unreadable", { path, reason }, { cause });
  }
}

function builtChild(): URL | undefined {
  const isSource = import.meta.url.endsWith(".ts");
  return isSource ? undefined : new URL("./parquet-child.js", import.meta.url);
}
