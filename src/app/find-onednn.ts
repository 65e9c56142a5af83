/** Where a oneDNN is: the file that was named, the one installed for this user, the system's. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../base/index.ts";
import { cacheFolder } from "./cache-folder.ts";
import type { FoundLibrary } from "./machine.ts";

/** The release that `doctor --install onednn` fetches, and the interface it has. */
export const onednnRelease = {
  wheel: "onednn-cpu-gomp==2022.2.1",
  version: "2.6",
  file: "libdnnl.so.2",
} as const;

/** Whether that release was built for this machine. */
export function onednnInstallable(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}

export function installedOnednn(folder = cacheFolder()): string {
  return join(folder, "onednn", onednnRelease.version, onednnRelease.file);
}

const systemFolders = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/local/lib64",
  "/usr/local/lib",
  "/opt/homebrew/lib",
];
const systemNames = ["libdnnl.so.2", "libdnnl.so.3", "libdnnl.2.dylib", "libdnnl.3.dylib"];

interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cache: string;
  readonly folders: readonly string[];
}

/** Throws where there is none; a file that was named is used or refused, never passed by. */
export function findOnednn({
  environment = process.env,
  cache = cacheFolder(),
  folders = systemFolders,
}: Partial<Host> = {}): FoundLibrary {
  const { TANAFUDA_ONEDNN: named } = environment;
  if (named) {
    if (existsSync(named)) return { path: named, from: "TANAFUDA_ONEDNN" };
    throw new Problem("app/onednn-not-there", { path: named });
  }
  const installed = installedOnednn(cache);
  if (existsSync(installed)) return { path: installed, from: "tanafuda doctor --install onednn" };
  for (const name of systemNames) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (existsSync(path)) return { path, from: folder };
    }
  }
  const installable = onednnInstallable() ? "yes" : "no";
  throw new Problem("app/onednn-missing", { installable });
}
