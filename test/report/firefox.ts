/** Firefox driven by its own protocol, Marionette: opens a page, runs scripts in it, takes pictures. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export interface Firefox extends AsyncDisposable {
  resize(width: number, height: number): Promise<void>;
  open(address: string): Promise<void>;
  /** The script's `return`; a promise is waited for. */
  run(script: string): Promise<unknown>;
  picture(): Promise<Buffer>;
}

/** Headless, with a profile of its own that goes when it is disposed. */
export async function openFirefox(executable: string): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), "tanafuda-firefox-"));
  const preferences = [
    `user_pref("marionette.port", 0);`,
    `user_pref("datareporting.policy.dataSubmissionEnabled", false);`,
    `user_pref("browser.shell.checkDefaultBrowser", false);`,
    `user_pref("network.captive-portal-service.enabled", false);`,
    `user_pref("network.connectivity-service.enabled", false);`,
  ];
  writeFileSync(join(profile, "user.js"), preferences.join("\n"));
  const words = ["--headless", "--marionette", "--no-remote", "--profile", profile];
  const browser = spawn(executable, words, { stdio: "ignore" });
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  const port = await activePort(join(profile, "MarionetteActivePort"));
  const socket = connect(port, "127.0.0.1");
  const ask = commands(socket);
  await ask("WebDriver:NewSession", {});
  await ask("WebDriver:SetTimeouts", { script: 60_000 });
  return {
    async resize(width, height) {
      await ask("WebDriver:SetWindowRect", { width, height });
    },
    async open(address) {
      await ask("WebDriver:Navigate", { url: address });
    },
    async run(script) {
      const answer = await ask("WebDriver:ExecuteScript", { script, args: [], sandbox: null });
      return returned(answer);
    },
    async picture() {
      const answer = await ask("WebDriver:TakeScreenshot", { full: false, hash: false });
      return Buffer.from(String(returned(answer)), "base64");
    },
    async [Symbol.asyncDispose]() {
      socket.destroy();
      browser.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function activePort(file: string): Promise<number> {
  for (let turn = 0; turn < 300; turn++) {
    const port = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    if (port > 0) return port;
    await wait(100);
  }
  throw new Error("Firefox did not open its port within 30 seconds");
}

type Ask = (name: string, parameters: object) => Promise<unknown>;

/** Messages are `length:json`; a command is [0, id, name, parameters], an answer [1, id, error, result]. */
function commands(socket: Socket): Ask {
  const waiting = new Map<number, (error: unknown, result: unknown) => void>();
  let unread = Buffer.alloc(0);
  let last = 0;
  socket.on("data", (bytes) => {
    unread = Buffer.concat([unread, bytes]);
    for (;;) {
      const colon = unread.indexOf(":");
      const length = colon < 0 ? Number.NaN : Number(unread.subarray(0, colon).toString());
      if (!(unread.length >= colon + 1 + length)) return;
      const message = JSON.parse(unread.subarray(colon + 1, colon + 1 + length).toString());
      unread = unread.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      waiting.get(id)?.(error, result);
      waiting.delete(id);
    }
  });
  return (name, parameters) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, (error, result) =>
        error === null ? resolve(result) : reject(new Error(`${name}: ${JSON.stringify(error)}`)),
      );
      const text = JSON.stringify([0, id, name, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}

function returned(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null && "value" in answer
    ? answer.value
    : undefined;
}
