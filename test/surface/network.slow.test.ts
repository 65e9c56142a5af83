/** Every command that needs no network, watched while it works. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writePictures } from "../app/picture-folder.ts";
import { buildCli } from "./built-cli.ts";
import { watcherMissing, watchNetwork } from "./watch-network.ts";

const quick = ["--epochs", "1", "--batch", "8", "--size", "16", "--backbone", "res-2-16"];
const commands = [
  ["init"],
  ["data", "add", "photos"],
  ["data", "check", "photos"],
  ["data", "list"],
  ["pretrain", "photos", ...quick],
  ["measure", "@last"],
  ["search", "@last", "photos/kind-0/0.png"],
  ["doctor"],
];

it.for(["hook", "strace"] as const)(
  "reach nobody, watched by %s",
  { timeout: 600_000 },
  async (watcher, context) => {
    const missing = watcherMissing(watcher);
    if (missing !== undefined) context.skip(missing);
    const root = mkdtempSync(join(tmpdir(), "network-"));
    try {
      const main = buildCli(join(root, "package"));
      await writePictures(join(root, "photos"), { count: 24 });
      for (const words of commands) {
        const { status, told, attempts } = watchNetwork(watcher, [main, ...words], root);
        expect({ words, status, attempts, told }).toEqual({ words, status: 0, attempts: [], told });
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
);
