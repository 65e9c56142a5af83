/** Runs a program and its children and says whom they tried to reach beyond this machine. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Watched {
  readonly status: number | null;
  readonly out: string;
  readonly told: string;
  /** Attempts to look up or reach another machine, in the watcher's words. */
  readonly attempts: readonly string[];
}

export type Watcher = "hook" | "strace";

/** Writes every address that JavaScript asks for, in this process and in all that it starts. */
const hook = `
const { appendFileSync } = require("node:fs");
const note = (what) => appendFileSync(process.env.WATCH_LOG + "." + process.pid, what + "\\n");
const net = require("node:net");
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...all) {
  const [first] = Array.isArray(all[0]) ? all[0] : all;
  const { host = "localhost", port, path } = typeof first === "object" ? first : { port: first, host: all[1] };
  if (path === undefined) note("connect " + host + ":" + port);
  return connect.apply(this, all);
};
const dgram = require("node:dgram");
const send = dgram.Socket.prototype.send;
dgram.Socket.prototype.send = function (...all) {
  note("send " + all.slice(1).filter((one) => typeof one !== "function").join(" "));
  return send.apply(this, all);
};
const dns = require("node:dns");
for (const name of ["lookup", "resolve", "resolve4", "resolve6", "reverse"]) {
  const asked = dns[name];
  dns[name] = function (host, ...rest) { note(name + " " + host); return asked.call(this, host, ...rest); };
  const promised = dns.promises[name];
  dns.promises[name] = function (host, ...rest) { note(name + " " + host); return promised.call(this, host, ...rest); };
}
const asked = globalThis.fetch;
globalThis.fetch = (to, ...rest) => {
  const address = String(to.url ?? to);
  if (!address.startsWith("data:")) note("fetch " + address);
  return asked(to, ...rest);
};
`;

/** Why a watcher cannot be used here; undefined where it can. */
export function watcherMissing(watcher: Watcher): string | undefined {
  if (watcher === "hook") return undefined;
  const tried = spawnSync("strace", [
    "-f",
    "-qq",
    "-e",
    "trace=network",
    "-o",
    "/dev/null",
    "true",
  ]);
  return tried.status === 0 ? undefined : "strace cannot be used here";
}

export function watchNetwork(watcher: Watcher, words: readonly string[], cwd: string): Watched {
  const folder = mkdtempSync(join(tmpdir(), "watch-"));
  const log = join(folder, "log");
  try {
    const env = { ...process.env, LC_ALL: "C", LANG: "C", WATCH_LOG: log };
    const run =
      watcher === "hook"
        ? hooked(words, { cwd, env, folder })
        : spawnSync(
            "strace",
            [
              "-f",
              "--seccomp-bpf",
              "-qq",
              "-e",
              "trace=network",
              "-o",
              log,
              process.execPath,
              ...words,
            ],
            { cwd, env, encoding: "utf8" },
          );
    const { status, stdout: out, stderr: told } = run;
    return { status, out, told, attempts: watcher === "hook" ? noted(folder) : traced(log) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
}

function hooked(words: readonly string[], { cwd, env, folder }: Place) {
  const file = join(folder, "hook.cjs");
  writeFileSync(file, hook);
  const options = `${env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(file)}`;
  return spawnSync(process.execPath, words, {
    cwd,
    env: { ...env, NODE_OPTIONS: options },
    encoding: "utf8",
  });
}

function noted(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.startsWith("log."));
  return files.flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"));
}

/** System calls that name an address of another machine. */
function traced(log: string): string[] {
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  return lines.filter((line) => {
    if (!/\b(connect|sendto|sendmsg|sendmmsg|bind)\(/.test(line)) return false;
    const addresses = [...line.matchAll(/inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/g)];
    return addresses.some(([, four, six]) => !/^(127\.|0\.0\.0\.0$|::1?$)/.test(four ?? six));
  });
}
