/** Runs a job in a child process, so that a native crash or Ctrl-C never takes the store along. */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Problem } from "../../base/index.ts";
import type { Work } from "../work.ts";
import type { JobName, JobOptions, JobResult } from "./jobs.ts";
import type { FromChild, ToChild } from "./messages.ts";

/**
 * The job's result. Aborting the signal asks the child to stop at its next safe point; it then still
 * answers. Throws the child's Problem, or `app/job-died` when it died without a word. When this
 * process exits before that, the child ends with it.
 */
export function runJob<K extends JobName>(
  job: K,
  options: JobOptions<K>,
  { workspace, cwd, command, emit, signal }: Omit<Work, "clock">,
): Promise<JobResult<K>> {
  const child = fork(fileURLToPath(new URL("./child.js", import.meta.url)), [], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: ["--enable-source-maps", ...(heapOf[job] ?? []), ...process.execArgv],
    env: { ...process.env, UV_THREADPOOL_SIZE: threadPool() },
  });
  const lastWords: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords.push(text);
    if (lastWords.length > 50) lastWords.shift();
  });
  const tell = (message: ToChild) => {
    if (child.connected) child.send(message, () => {});
  };
  const stop = () => tell({ say: "stop" });
  const end = () => child.kill("SIGKILL");
  signal.addEventListener("abort", stop);
  process.once("exit", end);

  return new Promise((resolve, reject) => {
    let answered = false;
    child.on("message", (message: FromChild) => {
      switch (message.say) {
        case "ready":
          tell({ say: "start", job, options, workspace, cwd, command });
          if (signal.aborted) stop();
          return;
        case "event":
          emit(message.event);
          return;
        case "done":
          answered = true;
          resolve(message.result as JobResult<K>);
          return;
        case "problem": {
          answered = true;
          const problem = new Problem(message.code, message.values);
          problem.stack = message.stack;
          reject(problem);
          return;
        }
        default:
          message satisfies never;
      }
    });
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      signal.removeEventListener("abort", stop);
      process.off("exit", end);
      if (answered) return;
      const said = lastWords.join("").slice(-2000).trim();
      const values = { job, how: killedBy ?? `${code}`, said };
      reject(new Problem(killedBy === "SIGKILL" ? "app/job-killed" : "app/job-died", values));
    });
  });
}

/**
 * Taking pictures in leaves little garbage, and room for it is taken three times over: of 16 MB, which
 * is usual, a large folder fills all.
 */
const heapOf: Partial<Record<JobName, readonly string[]>> = {
  "add-data": ["--max-semi-space-size=4"],
};

/** Decoding runs on libuv's pool, which has four threads unless told before the process starts. */
function threadPool(): string {
  return process.env.UV_THREADPOOL_SIZE ?? String(Math.max(4, availableParallelism()));
}
