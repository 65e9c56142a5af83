/**
 * A child process that answers one JSON line with one JSON line. A contestant lives in one, so that
 * its memory and its threads are its own.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Json } from "../../src/base/index.ts";
import { builtScript } from "./build.ts";
import { Stop } from "./stop.ts";

export interface Child extends AsyncDisposable {
  readonly name: string;
  /** Of the libraries that it uses, as it says itself. */
  readonly versions: Readonly<Record<string, string>>;
  /** Sends `{ do, ...options }` and reads the answer by its schema; kills a child that takes longer. */
  ask<Answer>(
    what: string,
    options: Asked,
    schema: z.ZodType<Answer>,
    limit?: { readonly seconds: number },
  ): Promise<Answer>;
  close(): Promise<void>;
}

export type Asked = Readonly<Record<string, Json | undefined>>;

export interface ChildOptions {
  /** How it is called in tables; several children may run one script. */
  readonly name?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A file that gets what it says besides its answers, for work that takes long. */
  readonly log?: string;
}

/** `bench/ours/SCRIPT.ts`, built as the package is built, in a Node process of its own. */
export async function startOurs(script: string, options: ChildOptions = {}): Promise<Child> {
  const path = await builtScript(`bench/ours/${script}.ts`);
  return await open([process.execPath, path], { name: script, ...options });
}

/** `bench/peers/SCRIPT.py` in the Python that has the peers' libraries. */
export async function startPeer(script: string, options: ChildOptions = {}): Promise<Child> {
  const path = join(import.meta.dirname, "..", "peers", `${script}.py`);
  return await open([peersPython(), path], { name: script, ...options });
}

/** Says at once what a peer lacks, before anything has been computed for it to be compared with. */
export async function requirePeer(script: string): Promise<void> {
  await (await startPeer(script)).close();
}

/** `TANAFUDA_PEERS_PYTHON`, then the active virtual environment's, then the system's. */
export function peersPython(): string {
  const { TANAFUDA_PEERS_PYTHON: named, VIRTUAL_ENV: active } = process.env;
  if (named) return named;
  const inside = active && join(active, "bin", "python");
  return inside && existsSync(inside) ? inside : "python3";
}

const greeting = z.union([
  z.object({ ready: z.record(z.string(), z.string()) }),
  z.object({ missing: z.array(z.string()) }),
]);
const answered = z.union([z.object({ ok: z.unknown() }), z.object({ error: z.string() })]);

async function open(
  [command, ...args]: readonly [string, ...string[]],
  { name = "child", environment = {}, log }: ChildOptions,
): Promise<Child> {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  const lines = createLines(child, { name, command, log });
  const hello = greeting.parse(await lines.next());
  if ("missing" in hello) {
    await lines.end();
    throw new Stop(
      "peer-missing",
      `The peer ${name} needs ${hello.missing.join(", ")}, which ${command} does not have. ` +
        `Install with: ${command} -m pip install ${hello.missing.join(" ")}`,
    );
  }
  let turn: Promise<unknown> = Promise.resolve();
  const close = () => lines.end();
  return {
    name,
    versions: hello.ready,
    ask(what, options, schema, limit) {
      const answer = turn.then(async () => {
        child.stdin.write(`${JSON.stringify({ do: what, ...options })}\n`);
        const found = answered.parse(await lines.next(limit?.seconds));
        if ("error" in found) {
          throw new Stop("child-died", `${name} could not do "${what}": ${found.error}`);
        }
        return schema.parse(found.ok);
      });
      turn = answer.catch(() => {});
      return answer;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Speaker {
  readonly name: string;
  readonly command: string;
  readonly log: string | undefined;
}

interface Lines {
  /** Kills a child that says nothing for so long. */
  next(seconds?: number): Promise<unknown>;
  /** Ends the child's input and waits until it has left. */
  end(): Promise<void>;
}

/** The child's answers in order; where it leaves instead, why, with the last of what it said. */
function createLines(child: ChildProcess, { name, command, log }: Speaker): Lines {
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error("a child without pipes");
  let said = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
    if (log !== undefined) appendFileSync(log, text);
  });
  stdin.on("error", () => {});
  const left = new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  // A bench that is stopped leaves nobody behind who goes on computing.
  const stop = () => child.kill();
  process.once("exit", stop);
  left.then(() => process.removeListener("exit", stop));
  const iterator = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    async next(seconds) {
      let givenUp = false;
      const giveUp = () => {
        givenUp = child.kill("SIGKILL");
      };
      const timer = seconds === undefined ? undefined : setTimeout(giveUp, 1000 * seconds);
      const line = await iterator.next().finally(() => clearTimeout(timer));
      if (!line.done) return JSON.parse(line.value);
      const why = await left;
      if (givenUp) throw new Stop("given-up", `${name} was given up after ${seconds} s.`);
      throw new Stop("child-died", `${name} (${command}) ended: ${why}. ${said.trim()}`);
    },
    async end() {
      stdin.end();
      await left;
    },
  };
}
