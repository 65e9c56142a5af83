/** Where a oneDNN is: the file that was named, the one installed for this user, the system's. */
import { join } from "node:path";
import { Problem } from "../base/index.ts";
import { findOnednn as findLibrary } from "../engine/index.ts";
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

interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cache: string;
  readonly folders: readonly string[];
}

/** Throws where there is none; a file that was named is used or refused, never passed by. */
export function findOnednn({
  environment = process.env,
  cache = cacheFolder(),
  folders,
}: Partial<Host> = {}): FoundLibrary {
  const places = { environment, cache: join(cache, "onednn") };
  const found = findLibrary({ ...places, ...(folders && { systemFolders: folders }) });
  if (found) return { path: found.path, from: wordsFor[found.from] };
  const installable = onednnInstallable() ? "yes" : "no";
  throw new Problem("app/onednn-missing", { installable });
}

const wordsFor = {
  option: "option",
  environment: "TANAFUDA_ONEDNN",
  system: "system",
  cache: "tanafuda doctor --install onednn",
} as const;
