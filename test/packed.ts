/** The package as it is published: built in a folder of its own, and packed. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const sources = [
  ...["src", "scripts", "packaging", "LICENSE", "README.md"],
  ...["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"],
];

export interface Packed {
  readonly file: string;
  /** Bytes packed and unpacked. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly paths: readonly string[];
}

export function buildForPublishing(folder: string): string {
  mkdirSync(folder);
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const built = spawnSync("npm", ["run", "build"], { cwd: folder, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
  return folder;
}

/** With `goal`, the archive is written there. */
export function pack(source: string, goal?: string): Packed {
  const where = goal === undefined ? ["--dry-run"] : ["--pack-destination", goal];
  const told = execFileSync("npm", ["pack", "--ignore-scripts", "--json", ...where], {
    cwd: source,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename, files, size, unpackedSize }] = JSON.parse(told);
  const paths: string[] = files.map(({ path }: { path: string }) => path);
  return { file: join(goal ?? source, filename), size, unpackedSize, paths: paths.sort() };
}
