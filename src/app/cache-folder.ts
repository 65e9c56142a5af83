/** Where this user's machine keeps what belongs to no workspace: tuning, installed libraries. */
import { homedir } from "node:os";
import { join } from "node:path";

interface Host {
  readonly platform: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** By each system's own convention. */
export function cacheFolder({
  platform = process.platform,
  home = homedir(),
  environment = process.env,
}: Partial<Host> = {}): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  switch (platform) {
    case "win32":
      return join(LOCALAPPDATA || join(home, "AppData", "Local"), "tanafuda", "cache");
    case "darwin":
      return join(home, "Library", "Caches", "tanafuda");
    default:
      return join(XDG_CACHE_HOME || join(home, ".cache"), "tanafuda");
  }
}
