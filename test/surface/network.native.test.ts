/** Nothing goes over a network except by commands whose help says so: the pilot, watched. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sentence } from "../../src/words/index.ts";
import { writePictures } from "../app/picture-folder.ts";
import { buildCli } from "./built-cli.ts";
import { type Watcher, watcherMissing, watchNetwork } from "./watch-network.ts";

let root: string;
let main: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "network-"));
  main = buildCli(join(root, "package"));
  await writePictures(join(root, "photos"), { count: 24 });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const quick = ["--epochs", "1", "--batch", "8", "--size", "16", "--backbone", "res-2-16"];

// What JavaScript asks for is watched everywhere; system calls, native code's too, where they can be.
const missing = watcherMissing("strace");
const watcher: Watcher = missing === undefined ? "strace" : "hook";

describe(`watched by ${watcher}`, () => {
  it("the watcher sees a child that reaches out", () => {
    // An address that is reserved for documents (RFC 5737): nobody answers.
    const reach = "require('node:net').connect(9, '192.0.2.1').on('error', () => {}).unref()";
    const child = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(reach)}])`;
    expect(watchNetwork(watcher, ["-e", child], root).attempts).toHaveLength(1);
  });

  it("the pilot reaches nobody, its children included", () => {
    const words = [main, "pilot", "photos", ...quick];
    const { status, out, told, attempts } = watchNetwork(watcher, words, root);
    expect(attempts).toEqual([]);
    expect({ status, told }).toMatchObject({ status: 0 });
    expect(out).toContain("Report: ");
  });
});

it("no source file opens a connection by itself", () => {
  const source = resolve(import.meta.dirname, "../../src");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" });
  const reaching = files.filter((name) => {
    if (!name.endsWith(".ts")) return false;
    const text = readFileSync(join(source, name), "utf8");
    return /["'](node:)?(net|https?|http2|tls|dgram|dns)(\/promises)?["']|\b(fetch|WebSocket)\(/.test(
      text,
    );
  });
  expect(reaching).toEqual([]);
});

it("the one option that uses a network says so in its help", () => {
  expect(sentence("option/install", {}, "en")).toMatch(/network/);
  expect(sentence("option/install", {}, "ja")).toMatch(/ネットワーク/);
});
