/** What every command is given: streams, language, clock, and one way to run work and to fail. */
import { resolve } from "node:path";
import { findWorkspace, type JobName } from "../../app/index.ts";
import { type Clock, type Emit, exitCodes, type Json, Problem, typed } from "../../base/index.ts";
import { type Language, type SentenceId, sentence } from "../../words/index.ts";
import { jsonLines } from "./json-lines.ts";
import { liveLine } from "./live-line.ts";
import { harmless } from "./notice.ts";
import type { Palette } from "./palette.ts";
import { plainLines } from "./plain-lines.ts";
import type { Renderer } from "./renderer.ts";

export interface Context {
  readonly language: Language;
  readonly json: boolean;
  readonly clock: Clock;
  readonly cwd: string;
  /** Of standard output, where that is a terminal. */
  readonly columns?: number;
  /** For standard output. */
  readonly paint: Palette;
  /** For standard error. */
  readonly paintTold: Palette;
  /** A line on standard output, for people. Silent under `--json`. */
  print(line: string): void;
  say(id: SentenceId, values?: Parameters<typeof sentence>[1]): string;
}

interface Listening {
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Where a command runs, and how it was called, for the record. */
export function placeOf({ cwd }: Pick<Context, "cwd">, workspace: string | undefined) {
  return {
    workspace: workspace === undefined ? findWorkspace(cwd) : resolve(cwd, workspace),
    cwd,
    command: process.argv.slice(2),
  };
}

/** What the use case is asked; the rest of the flags says where and how it is shown. */
export function optionsOf<T extends object>(flags: T): Omit<T, Everywhere> {
  const { workspace, json, lang, color, ...options } = flags as T & Record<string, unknown>;
  return options as Omit<T, Everywhere>;
}

type Everywhere = "workspace" | "json" | "lang" | "color";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs work with progress shown. The first Ctrl-C asks it to stop at a safe point, the second ends
 * the process. A Problem becomes its sentence and its exit code. Under `--json` the result and the
 * problem are events of the stream, too.
 */
export async function perform(
  context: Context,
  kind: JobName | "add-labels" | "answer-check" | "completion" | "init" | "list",
  work: (listening: Listening) => Promise<unknown>,
): Promise<void> {
  const renderer = chooseRenderer(context);
  const stop = new AbortController();
  const onStop = () => {
    if (stop.signal.aborted) process.exit(exitCodes.interrupted);
    stop.abort();
    renderer.close();
    process.stderr.write(`${context.say("cli/stopping")}\n`);
  };
  for (const signal of stopSignals) process.on(signal, onStop);
  try {
    const emit: Emit = (event) => {
      // What was stopped is not done, whatever its phase says of itself.
      if (stop.signal.aborted && event.type === "phase-end" && !context.json) renderer.close();
      else renderer.event(event);
    };
    const result = await work({ emit, signal: stop.signal });
    renderer.close();
    if (context.json) renderer.event({ type: "result", kind, value: result as Json });
  } catch (thrown) {
    renderer.close();
    process.exitCode = fail(context, thrown);
  } finally {
    for (const signal of stopSignals) process.off(signal, onStop);
  }
}

/** Says what went wrong on standard error, for programs in the stream too, and gives the exit code. */
export function fail(context: Context, thrown: unknown): number {
  const problem = asProblem(thrown);
  const { code, values, exit } = problem;
  const text = sentence(code, harmless(values), context.language);
  process.stderr.write(`${told(context, problem, text)}\n`);
  if (context.json) {
    const time = context.clock.now().toISOString();
    const event = { version: 1, time, type: "problem", code, values, exit, text };
    process.stdout.write(`${JSON.stringify(event)}\n`);
  }
  if (process.env.TANAFUDA_DEBUG || code === "internal/defect") {
    process.stderr.write(`${problem.stack}\n`);
  }
  return exit;
}

/** What was asked for is no error: it is told with the command that goes on. */
function told({ say, paintTold }: Context, { exit }: Problem, text: string): string {
  if (exit === exitCodes.interrupted) {
    const command = paintTold.command(typed("tanafuda", ...process.argv.slice(2)));
    return `${text}\n${say("cli/next", { command })}`;
  }
  const [before = "", after = ""] = say("cli/problem", { text: "\n" }).split("\n");
  return `${paintTold.bad(before)}${text}${after}`;
}

function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const problem = new Problem("internal/defect", { message: String(thrown) }, { cause: thrown });
  if (thrown instanceof Error && thrown.stack) problem.stack = thrown.stack;
  return problem;
}

function chooseRenderer({ json, language, clock, paintTold }: Context): Renderer {
  if (json) return jsonLines((line) => process.stdout.write(`${line}\n`), clock);
  const canRedraw = process.stderr.isTTY && process.env.TERM !== "dumb";
  if (canRedraw) return liveLine(process.stderr, clock, language, paintTold);
  return plainLines((line) => process.stderr.write(`${line}\n`), clock, language);
}
