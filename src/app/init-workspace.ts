/** Makes a workspace with a commented configuration. Never required. */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { type ConfigKey, configTemplate, writeConfig } from "../registry/index.ts";

export type { ConfigKey };

export function initWorkspace(
  dir: string,
  { cwd, explain, heading }: { cwd: string; explain: (key: ConfigKey) => string; heading: string },
): { readonly path: string } {
  const workspace = resolve(cwd, dir);
  mkdirSync(workspace, { recursive: true });
  return { path: writeConfig(workspace, configTemplate(explain, heading)) };
}
