/** Takes out of the modules what the platform cannot run and what only debuggers read. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "./platforms.ts";

/** ONNX Runtime carries the libraries of every platform in one package. */
const runtime = "app/node_modules/onnxruntime-node/bin/napi-v6";

export function prune(folder: string, { os, cpu }: Platform): void {
  for (const system of readdirSync(join(folder, runtime))) {
    for (const processor of readdirSync(join(folder, runtime, system))) {
      if (system === os && processor === cpu) continue;
      rmSync(join(folder, runtime, system, processor), { recursive: true });
    }
    const left = readdirSync(join(folder, runtime, system));
    if (left.length === 0) rmSync(join(folder, runtime, system), { recursive: true });
  }
  const modules = join(folder, "app/node_modules");
  for (const path of readdirSync(modules, { recursive: true, encoding: "utf8" })) {
    if (/\.[cm]?js\.map$/.test(path)) rmSync(join(modules, path));
  }
}
