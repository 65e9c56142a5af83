/** A workspace between folders that nothing may touch, and the built command line in it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli, runCli } from "../surface/built-cli.ts";
import { snapshot } from "./sentinel.ts";

export interface HostilePlace extends Disposable {
  readonly cwd: string;
  readonly photos: string;
  /** Runs a command; `peak` is the most memory any of its processes held, in bytes. */
  run(
    ...words: string[]
  ): Promise<{ code: number | null; out: string; told: string; peak: number }>;
  /** What changed outside the workspace, or was executed: must be empty. */
  touched(): string[];
}

/** Each process says at its end how much memory it held. */
const memoryHook = `process.on("exit", () => require("node:fs").writeFileSync(
  process.env.PEAK_FOLDER + "/" + process.pid, String(process.resourceUsage().maxRSS * 1024)));`;

export function openHostilePlace(): HostilePlace {
  const root = mkdtempSync(join(tmpdir(), "hostile place-"));
  const [outside, cwd, peaks] = ["outside", "place", "peaks"].map((name) => join(root, name));
  const photos = join(cwd, "photos");
  for (const folder of [outside, photos, peaks]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(outside, "precious.txt"), "nobody touches this");
  writeFileSync(join(outside, "precious.png"), "nor this");
  symlinkSync("../../outside/precious.png", join(photos, "link.png"));
  symlinkSync("../../outside", join(photos, "folder-link"));
  symlinkSync("/etc/passwd", join(photos, "passwd.png"));
  writeFileSync(join(root, "hook.cjs"), memoryHook);
  const main = buildCli(join(root, "package"));
  const before = snapshot(outside);
  const beside = new Set(readdirSync(root));
  return {
    cwd,
    photos,
    async run(...words) {
      const options = `--require "${join(root, "hook.cjs")}"`;
      const env = { NODE_OPTIONS: options, PEAK_FOLDER: peaks };
      const { code, out, told } = await runCli(main, words, { cwd, env });
      const held = readdirSync(peaks).map((name) =>
        Number(readFileSync(join(peaks, name), "utf8")),
      );
      return { code, out, told, peak: Math.max(0, ...held) };
    },
    touched() {
      const after = snapshot(outside);
      const names = new Set([...Object.keys(before), ...Object.keys(after)]);
      const changed = [...names].filter((name) => before[name] !== after[name]);
      const added = readdirSync(root).filter((name) => !beside.has(name));
      const executed = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((name) =>
        /(^|\/)executed/.test(name),
      );
      return [...changed, ...added, ...executed];
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
